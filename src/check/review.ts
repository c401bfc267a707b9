import type { Day } from '../language/day.ts'
import { addDays, daysBetween, weekday } from '../language/day.ts'
import type { Override } from '../language/override.ts'
import type { Effect, Settings } from '../language/settings.ts'
import { effectsUnder } from '../outcomes/override.ts'
import type { Check, Finding } from './rule.ts'

export type ReviewRule = 'overdue' | 'too-far-ahead' | 'on-weekend' | 'crowded-day'

/** Days within which somebody takes a second look at a decision made in an emergency. */
export const emergencyDays = 3

/** Dates that have passed, and dates that nobody can keep. */
export const checkReview: Check<ReviewRule> = function* ({ overrides, settings }, asOf) {
  const active = overrides.filter(override => override.active)
  const effectOf = effectsUnder(settings)
  for (const override of active) {
    const days = daysBetween(asOf, override.reviewDate)
    if (days < 0) {
      yield overdue(override, -days)
      continue
    }
    yield* tooFarAhead(override, days, asOf, settings, effectOf)
    if (!override.emergency) yield* onWeekend(override, asOf)
  }
  yield* crowdedDays(active.filter(({ reviewDate }) => reviewDate >= asOf))
}

function overdue(override: Override, days: number): Finding<ReviewRule> {
  const since = days === 1 ? 'a day ago' : `${days} days ago`
  return {
    rule: 'overdue',
    path: override.path,
    message: `the review was due on ${override.reviewDate}, ${since}`,
    help: 'look whether the problem is gone: then remove it with tlspolicy retire; otherwise tlspolicy renew moves the date and asks why',
    at: { pointer: '/review_date' },
  }
}

function* tooFarAhead(
  override: Override,
  days: number,
  asOf: Day,
  settings: Settings,
  effectOf: (override: Override) => Effect,
): Iterable<Finding<ReviewRule>> {
  if (override.emergency) {
    if (days > emergencyDays) yield tooLongAnEmergency(override, days, asOf)
    return
  }
  const shortest = Math.min(...Object.values(settings.review.longestDays))
  if (days <= shortest) return
  const effect = effectOf(override)
  const longest = settings.review.longestDays[effect]
  if (days <= longest) return
  yield dateFault(
    'too-far-ahead',
    override,
    `the review is ${days} days ahead, and ${longest} are agreed for an override that ${words[effect]}`,
    `choose a working day up to ${addDays(asOf, longest)}`,
  )
}

function tooLongAnEmergency(override: Override, days: number, asOf: Day): Finding<ReviewRule> {
  return dateFault(
    'too-far-ahead',
    override,
    `the review is ${days} days ahead, and an emergency is looked at again within ${emergencyDays}`,
    `write ${addDays(asOf, emergencyDays)}, or take out "emergency" and say the reason in full`,
  )
}

const words = {
  weaker: 'is weaker than the default',
  mixed: 'is weaker for some recipients',
  other: 'asks for another proof',
  stronger: 'is stronger than the default',
  same: 'equals the default',
} as const

function* onWeekend(override: Override, asOf: Day): Iterable<Finding<ReviewRule>> {
  const day = weekday(override.reviewDate)
  if (day !== 'Saturday' && day !== 'Sunday') return
  const friday = addDays(override.reviewDate, day === 'Saturday' ? -1 : -2)
  yield dateFault(
    'on-weekend',
    override,
    `${override.reviewDate} is a ${day}`,
    friday < asOf
      ? `write ${addDays(friday, 3)}, the Monday after`
      : `write ${friday}, the Friday before`,
  )
}

/** More reviews than this on one day are not looked at, unless the folder is so large anyway. */
export function crowdLimit(overrides: number): number {
  return Math.max(5, Math.ceil(overrides / 20))
}

function* crowdedDays(overrides: readonly Override[]): Iterable<Finding<ReviewRule>> {
  const days = new Map<Day, Override[]>()
  for (const override of overrides) {
    const sameDay = days.get(override.reviewDate)
    if (sameDay) sameDay.push(override)
    else days.set(override.reviewDate, [override])
  }
  for (const [day, crowd] of days) {
    const last = crowd.at(-1)
    if (last && crowd.length > crowdLimit(overrides.length))
      yield dateFault(
        'crowded-day',
        last,
        `${crowd.length} overrides are to be reviewed on ${day}`,
        'spread them over several working days',
      )
  }
}

function dateFault(
  rule: ReviewRule,
  { path }: Override,
  message: string,
  help: string,
): Finding<ReviewRule> {
  return { rule, path, message, help, at: { pointer: '/review_date' } }
}
