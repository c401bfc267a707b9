import { harmless } from '../../language/harmless.ts'
import type { Diagnostic } from '../diagnostic.ts'

/** `file:line:column`, as editors and terminals open it; undefined for a fault of no file. */
export function placeOf({ file, line, column }: Diagnostic): string | undefined {
  return file === '.' ? undefined : `${harmless(file)}:${line}:${column}`
}

/** The last line that holds some of the span: a YAML block ends at column 1 of the line after. */
export function lastLine({ line, endLine, endColumn }: Diagnostic): number {
  return endLine > line && endColumn === 1 ? endLine - 1 : endLine
}
