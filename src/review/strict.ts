import type { Diagnostic } from '../check/diagnostic.ts'
import type { Rule } from '../check/rule.ts'
import { rules } from '../check/rules.ts'
import type { Touch } from './touched.ts'

/**
 * Diagnostics as they are judged for a change: what it touches has to be right, and a date that
 * nobody moves is no longer worth a word. `touched` is by the files that the diagnostics name.
 */
export function judgeChange(
  diagnostics: readonly Diagnostic[],
  touched: ReadonlyMap<string, Touch>,
): readonly Diagnostic[] {
  return diagnostics.flatMap(found => {
    const touch = touched.get(found.file)
    if (found.rule === 'too-far-ahead' && !touch?.isDateNew) return []
    const { strict }: Rule = rules[found.rule]
    return strict && touch ? [{ ...found, severity: 'error' as const }] : [found]
  })
}
