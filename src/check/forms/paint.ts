import type { Severity } from '../diagnostic.ts'

/** Dresses a piece of one line for the place where it is shown; the text stays the same. */
export type Paint = (style: Severity | 'bold' | 'dim' | 'help', text: string) => string

/** For files, pipes and logs. */
export const plain: Paint = (_style, text) => text
