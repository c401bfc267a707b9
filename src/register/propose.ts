import { crowdLimit } from '../check/review.ts'
import type { Day } from '../language/day.ts'
import { addDays, daysBetween, weekday } from '../language/day.ts'
import type { Policies } from '../language/policies.ts'
import type { Effect, Settings } from '../language/settings.ts'
import { firstReminder } from './status.ts'

/**
 * What exposes mail is looked at after six weeks or so, though more may be agreed: half of it is over
 * by then. Before the first reminder there are two weeks, or it would be due as soon as it is written.
 */
function soonest(review: Settings['review']): number {
  return Math.max(30, firstReminder(review) + 14)
}

/**
 * A review date for an override with this effect, decided on this day: as late as is agreed, sooner for
 * what exposes mail, and neither on a weekend nor on a day with many reviews. A renewal names the
 * review date so far: the time begins with it, and the new date is a later one where that is agreed.
 */
export function proposeReviewDate(
  policies: Pick<Policies, 'overrides' | 'settings'>,
  asOf: Day,
  effect: Effect,
  soFar?: Day,
): Day {
  return planReviews(policies, asOf)(effect, soFar)
}

/** The same for one override after another; a date that was proposed counts as taken. */
export function planReviews(
  { overrides, settings }: Pick<Policies, 'overrides' | 'settings'>,
  asOf: Day,
): (effect: Effect, soFar?: Day) => Day {
  const taken = new Map<Day, number>()
  for (const { active, reviewDate } of overrides)
    if (active) taken.set(reviewDate, (taken.get(reviewDate) ?? 0) + 1)
  const limit = crowdLimit(overrides.length)
  const working = new Map<number, readonly Day[]>()
  return (effect, soFar = asOf) => {
    const agreed = settings.review.longestDays[effect]
    const soon = Math.max(0, daysBetween(asOf, soFar)) + soonest(settings.review)
    const longest = effect === 'weaker' || effect === 'mixed' ? Math.min(agreed, soon) : agreed
    const days = working.get(longest) ?? workingDays(asOf, longest)
    working.set(longest, days)
    const free = days.find(day => day > soFar && (taken.get(day) ?? 0) < limit)
    const day = free ?? days[0] ?? addDays(asOf, Math.max(1, longest))
    taken.set(day, (taken.get(day) ?? 0) + 1)
    return day
  }
}

/** So many days ahead and less, the latest first. */
function workingDays(asOf: Day, longest: number): readonly Day[] {
  return Array.from({ length: longest }, (_, index) => addDays(asOf, longest - index)).filter(
    isWorkingDay,
  )
}

function isWorkingDay(day: Day): boolean {
  return !['Saturday', 'Sunday'].includes(weekday(day))
}
