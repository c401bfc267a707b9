import type { Day } from '../language/day.ts'
import { daysBetween } from '../language/day.ts'
import type { Override } from '../language/override.ts'
import type { DecisionComparison } from '../outcomes/compare.ts'
import { compareDecisions } from '../outcomes/compare.ts'
import { byExposure } from '../outcomes/order.ts'
import { changeSentences, parameterSentences } from '../outcomes/sentences.ts'
import type { Field } from './fields.ts'
import { changedFields } from './fields.ts'
import type { IndexedSide, Named, Side, Treatment } from './side.ts'
import { indexSide, treatmentOf } from './side.ts'

/** What a change does to one destination; the two spellings of a name are one destination. */
export interface Change {
  readonly change: 'added' | 'removed' | 'changed' | 'moved'
  /** As it is written, after the change if it is still there. */
  readonly destination: string
  /** One name for all spellings, by which changes are sorted. */
  readonly key: string
  /** The override in force, or switched off; null where the side has none for this destination. */
  readonly old: Override | null
  readonly new: Override | null
  /** What really applies on each side. */
  readonly before: Treatment
  readonly after: Treatment
  readonly comparison: DecisionComparison
  /** Fields that differ where both sides have an override, also one that is switched off. */
  readonly fields: readonly Field[]
  readonly reviewDate: { readonly before: Day | null; readonly after: Day | null }
  /** By how many days the review date moves later; 0 where it does not. */
  readonly extendedDays: number
  /** What happens to mail, the worst first; none where mail is treated as before. */
  readonly sentences: readonly string[]
}

/** The changes between two complete sides, each judged by its own settings, in the order of every list. */
export function findChanges(before: Side, after: Side): readonly Change[] {
  const [from, to] = [indexSide(before), indexSide(after)]
  // By these alone mail is judged; the same override differs only where they do.
  const isSameJudge =
    JSON.stringify(before.settings.postfix) === JSON.stringify(after.settings.postfix)
  const keys = new Set([...from.active.keys(), ...to.active.keys()])
  const changes: Change[] = []
  for (const key of keys) {
    const [was, will] = [from.active.get(key), to.active.get(key)]
    if (isSameJudge && was?.override === will?.override) continue
    const change = findChange(key, from, to)
    if (change) changes.push(change)
  }
  return changes.toSorted(byExposure)
}

function findChange(key: string, from: IndexedSide, to: IndexedSide): Change | undefined {
  const [was, will] = [from.active.get(key), to.active.get(key)]
  const named = will ?? was
  if (!named) return undefined
  const { destination } = named
  const [before, after] = [treatmentOf(destination, from), treatmentOf(destination, to)]
  const comparison = compareDecisions(before.decision, after.decision, from.settings, to.settings)
  const old = was?.override ?? findSwitched(key, from, to)
  const next = will?.override ?? findSwitched(key, to, from)
  const fields = old && next ? changedFields(old, next) : []
  const change = kindOf(was, will, fields.length > 0 || comparison.verdict !== 'same')
  if (!change) return undefined
  const dates = { before: old?.reviewDate ?? null, after: next?.reviewDate ?? null }
  return {
    change,
    destination: destination.text,
    key,
    old,
    new: next,
    before,
    after,
    comparison,
    fields,
    reviewDate: dates,
    extendedDays:
      dates.before && dates.after ? Math.max(0, daysBetween(dates.before, dates.after)) : 0,
    sentences: [
      ...changeSentences(before.outcomes, after.outcomes),
      ...parameterSentences(comparison.parameters, after.outcomes),
    ],
  }
}

/** The override that is switched off on one side, and on the other is not. */
function findSwitched(key: string, here: IndexedSide, there: IndexedSide): Override | null {
  const override = here.inactive.get(key)?.override
  const same = there.inactive.get(key)?.override
  return override && override.path !== same?.path ? override : null
}

function kindOf(
  was: Named | undefined,
  will: Named | undefined,
  differs: boolean,
): Change['change'] | undefined {
  if (!was) return 'added'
  if (!will) return 'removed'
  if (differs) return 'changed'
  return was.override.path === will.override.path ? undefined : 'moved'
}
