import { foldCase } from '../language/hostname.ts'
import { quote } from '../language/quote.ts'
import type { Check } from './rule.ts'

export type PathRule = 'path-collision'

/** Paths that a case-insensitive or normalising file system would merge; folders count as well. */
export const checkPaths: Check<PathRule> = function* ({ paths }) {
  const seen = new Map<string, string>()
  for (const path of paths) {
    const steps = path.split('/')
    for (const [index] of steps.entries()) {
      const part = steps.slice(0, index + 1).join('/')
      const merged = foldCase(part.normalize('NFC')).normalize('NFC')
      const first = seen.get(merged)
      if (first === undefined) seen.set(merged, part)
      else if (first !== part) {
        yield {
          rule: 'path-collision',
          path,
          message: `${quote(part)} and ${quote(first)} ${difference(part, first)}, and are one name on macOS and Windows`,
          help: 'rename one of them',
          at: { start: 0, end: 0 },
        }
        break
      }
    }
  }
}

function difference(one: string, other: string): string {
  return one.normalize('NFC') === other.normalize('NFC')
    ? 'differ in the form of their accents alone'
    : 'differ in case alone'
}
