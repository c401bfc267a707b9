import type { Settings } from '../language/settings.ts'
import { baselineOutcomes } from '../outcomes/acting.ts'
import type { DecisionComparison } from '../outcomes/compare.ts'
import { compareDecisions } from '../outcomes/compare.ts'
import type { Outcomes } from '../outcomes/outcomes.ts'
import { changeSentences, parameterSentences } from '../outcomes/sentences.ts'

/** What changes in the settings, and with them for mail without an override. */
export interface BaselineChange {
  readonly settings: readonly SettingChange[]
  readonly comparison: DecisionComparison
  readonly before: Outcomes
  readonly after: Outcomes
  /** What happens to mail to every destination without an override; none where nothing does. */
  readonly sentences: readonly string[]
}

interface SettingChange {
  /** As in `_settings.yaml`, such as `postfix.default_policy`. */
  readonly key: string
  readonly before: string
  readonly after: string
}

/** Null where both sides have the same settings. */
export function findBaselineChange(before: Settings, after: Settings): BaselineChange | null {
  const [was, will] = [new Map(leavesOf(before)), new Map(leavesOf(after))]
  const settings = [...will].flatMap(([key, value]) => {
    const old = was.get(key) ?? ''
    return old === value ? [] : [{ key, before: old, after: value }]
  })
  if (settings.length === 0) return null
  const comparison = compareDecisions(null, null, before, after)
  const [from, to] = [baselineOutcomes(before), baselineOutcomes(after)]
  const sentences = [...changeSentences(from, to), ...parameterSentences(comparison.parameters, to)]
  return { settings, comparison, before: from, after: to, sentences }
}

/** Each value with its key as the file spells it; the order of a list does not count. */
function leavesOf(value: object, prefix = ''): readonly (readonly [string, string])[] {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    const key = `${prefix}${name.replace(/[A-Z]/g, capital => `_${capital.toLowerCase()}`)}`
    if (Array.isArray(inner)) return [[key, `[${inner.toSorted(inOrder).join(', ')}]`]]
    if (typeof inner === 'object' && inner !== null) return leavesOf(inner, `${key}.`)
    return [[key, String(inner)]]
  })
}

/** Numbers from the largest on, as the defaults have them; names by the alphabet. */
function inOrder(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return b - a
  return String(a) < String(b) ? -1 : 1
}
