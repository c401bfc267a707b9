import { crowdLimit } from '../check/review.ts'
import type { Day } from '../language/day.ts'
import { addDays, weekday } from '../language/day.ts'
import type { Policies } from '../language/policies.ts'
import type { Effect } from '../language/settings.ts'

/** What exposes mail is looked at after a month, though more may be agreed: half of it is over then. */
const soon = 30

/**
 * A review date for an override with this effect, decided on this day: as late as is agreed, a month
 * for what exposes mail, and neither on a weekend nor on a day with many reviews.
 */
export function proposeReviewDate(
  { overrides, settings }: Pick<Policies, 'overrides' | 'settings'>,
  asOf: Day,
  effect: Effect,
): Day {
  const agreed = settings.review.longestDays[effect]
  const longest = effect === 'weaker' || effect === 'mixed' ? Math.min(agreed, soon) : agreed
  const taken = new Map<Day, number>()
  for (const { active, reviewDate } of overrides)
    if (active) taken.set(reviewDate, (taken.get(reviewDate) ?? 0) + 1)
  const isFree = (day: Day) => (taken.get(day) ?? 0) < crowdLimit(overrides.length)
  const days = Array.from({ length: longest }, (_, index) => addDays(asOf, longest - index))
  const working = days.filter(isWorkingDay)
  return working.find(isFree) ?? working[0] ?? addDays(asOf, Math.max(1, longest))
}

function isWorkingDay(day: Day): boolean {
  return !['Saturday', 'Sunday'].includes(weekday(day))
}
