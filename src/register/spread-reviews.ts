import type { Day } from '../language/day.ts'
import { addDays, weekday } from '../language/day.ts'
import type { Policies } from '../language/policies.ts'
import type { Effect } from '../language/settings.ts'

/** Days until the first review: nobody begins on the day after. */
const first = 7

/** Days within which all are looked at, where so many are agreed. */
const within = 84

/**
 * Review dates for decisions that nobody has looked at yet, one after another: on the working days of
 * the coming weeks, always on one of those with the fewest reviews, and never later than is agreed.
 */
export function spreadReviews(
  { overrides, settings }: Pick<Policies, 'overrides' | 'settings'>,
  asOf: Day,
): (effect: Effect) => Day {
  const taken = new Map<Day, number>()
  for (const { active, reviewDate } of overrides)
    if (active) taken.set(reviewDate, (taken.get(reviewDate) ?? 0) + 1)
  const days = new Map<number, readonly Day[]>()
  return effect => {
    const longest = Math.min(settings.review.longestDays[effect], within)
    const possible = days.get(longest) ?? workingDays(asOf, longest)
    days.set(longest, possible)
    const reviewsOn = (day: Day) => taken.get(day) ?? 0
    const fewest = Math.min(...possible.map(reviewsOn))
    const day = possible.find(day => reviewsOn(day) === fewest) ?? addDays(asOf, longest)
    taken.set(day, reviewsOn(day) + 1)
    return day
  }
}

/** Working days of the coming weeks; sooner ones only where nothing else is agreed. */
function workingDays(asOf: Day, longest: number): readonly Day[] {
  const all = Array.from({ length: longest }, (_, index) => addDays(asOf, index + 1))
  const working = all.filter(day => !['Saturday', 'Sunday'].includes(weekday(day)))
  const later = working.filter(day => day >= addDays(asOf, first))
  return later.length > 0 ? later : working
}
