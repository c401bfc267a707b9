import type { Override } from '../language/override.ts'
import type { Field } from './fields.ts'
import { changedFields } from './fields.ts'
import type { Side } from './side.ts'
import { nameOf } from './side.ts'

/** What a change does to the decision in one file. */
export interface Touch {
  /** Whether the review date is new or moved, or stands for another decision than before. */
  readonly isDateNew: boolean
}

/** Fields that make a decision another one; the rest is for the people who keep it. */
const touching: readonly Field[] = [
  'policy',
  'parameters',
  'active',
  'emergency',
  'justification',
  'review_date',
]

/** Fields that decide how far ahead a review may be. */
const dating: readonly Field[] = ['policy', 'parameters', 'active', 'emergency', 'review_date']

/** The overrides that a change touches, by path; layout, line ends and moves do not count. */
export function findTouched(before: Side, after: Side): ReadonlyMap<string, Touch> {
  const findOld = indexOld(before, after)
  const touched = new Map<string, Touch>()
  for (const override of after.overrides) {
    const old = findOld(override)
    const fields = old && changedFields(old, override)
    const isElsewhere = !old || namesOf(old) !== namesOf(override)
    if (isElsewhere || fields?.some(field => touching.includes(field)))
      touched.set(override.path, {
        isDateNew: isElsewhere || fields?.some(field => dating.includes(field)) === true,
      })
  }
  return touched
}

/**
 * Finds what an override was: what its file said of one of its destinations, else the file which one of
 * them left, else whatever had the same name.
 */
function indexOld(before: Side, after: Side): (override: Override) => Override | undefined {
  const namesAfter = new Map(
    after.overrides.map(({ path, destinations }) => [path, new Set(destinations.map(nameOf))]),
  )
  const byPath = new Map(before.overrides.map(override => [override.path, override]))
  const left = new Map<string, Override>()
  for (const override of before.overrides)
    for (const name of override.destinations.map(nameOf))
      if (!namesAfter.get(override.path)?.has(name)) left.set(name, override)
  return ({ path, destinations }) => {
    const same = byPath.get(path)
    if (same?.destinations.some(to => namesAfter.get(path)?.has(nameOf(to)))) return same
    return destinations.map(to => left.get(nameOf(to))).find(found => found !== undefined) ?? same
  }
}

function namesOf({ destinations }: Override): string {
  return [...new Set(destinations.map(nameOf))].toSorted().join(' ')
}
