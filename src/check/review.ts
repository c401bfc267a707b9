import type { Day } from '../language/day.ts'
import { daysBetween, weekday } from '../language/day.ts'
import { pointer } from '../language/fault.ts'
import type { Override } from '../language/override.ts'
import { quote } from '../language/quote.ts'
import type { Effect, Settings } from '../language/settings.ts'
import { effectsUnder } from '../outcomes/override.ts'
import type { Check, Finding } from './rule.ts'

export type ReviewRule =
  | 'overdue'
  | 'too-far-ahead'
  | 'on-weekend'
  | 'crowded-day'
  | 'same-words'
  | 'renewal-date'

/** Dates that have passed, and dates that nobody can keep. */
export const checkReview: Check<ReviewRule> = function* ({ overrides, settings }, asOf) {
  const active = overrides.filter(override => override.active)
  const effectOf = effectsUnder(settings)
  for (const override of active) {
    const days = daysBetween(asOf, override.reviewDate)
    if (days < 0) yield overdue(override, -days)
    else yield* tooFarAhead(override, days, settings, effectOf)
    const day = weekday(override.reviewDate)
    if (day === 'Saturday' || day === 'Sunday')
      yield dateFault('on-weekend', override, `${override.reviewDate} is a ${day}`)
  }
  yield* crowdedDays(active)
  for (const override of overrides) yield* checkRenewals(override)
}

function overdue(override: Override, days: number): Finding<ReviewRule> {
  const since = days === 1 ? 'yesterday' : `${days} days ago`
  return {
    rule: 'overdue',
    path: override.path,
    message: `the review was due ${since}`,
    help: 'look whether the problem is gone: then delete the file; otherwise move the date, and add a renewal that says why',
    at: { pointer: '/review_date' },
  }
}

function* tooFarAhead(
  override: Override,
  days: number,
  settings: Settings,
  effectOf: (override: Override) => Effect,
): Iterable<Finding<ReviewRule>> {
  const shortest = Math.min(...Object.values(settings.review.longestDays))
  if (days <= shortest) return
  const effect = effectOf(override)
  const longest = settings.review.longestDays[effect]
  if (days <= longest) return
  yield dateFault(
    'too-far-ahead',
    override,
    `the review is ${days} days ahead, and ${longest} are agreed for an override that is ${words[effect]}`,
  )
}

const words = {
  weaker: 'weaker than the default',
  mixed: 'weaker for some recipients',
  other: 'another proof',
  stronger: 'stronger than the default',
  same: 'like the default',
} as const

/** More reviews than this on one day are not looked at, unless the folder is so large anyway. */
function crowdLimit(overrides: number): number {
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
      yield dateFault('crowded-day', last, `${crowd.length} overrides are to be reviewed on ${day}`)
  }
}

function* checkRenewals({ path, renewals, justification, reviewDate }: Override) {
  const said = new Map([[inWords(justification), 'the justification']])
  for (const [index, { because }] of renewals.entries()) {
    const earlier = said.get(inWords(because))
    if (earlier !== undefined || inWords(because) === '')
      yield {
        rule: 'same-words',
        path,
        message: earlier
          ? `${quote(because)} repeats ${earlier}`
          : `${quote(because)} says nothing`,
        help: 'say what has happened since, and why the override is still needed',
        at: { pointer: pointer('renewals', index, 'because') },
      } as const satisfies Finding<ReviewRule>
    said.set(inWords(because), `renewal ${index + 1}`)
  }
  const until = renewals.at(-1)?.until
  if (until !== undefined && until !== reviewDate)
    yield {
      rule: 'renewal-date',
      path,
      message: `the last renewal is until ${until}, and the review date is ${reviewDate}`,
      help: 'write the same day in both',
      at: { pointer: '/review_date' },
    } as const satisfies Finding<ReviewRule>
}

/** A text without case, signs and blanks. */
function inWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function dateFault(rule: ReviewRule, { path }: Override, message: string): Finding<ReviewRule> {
  return {
    rule,
    path,
    message,
    help: 'choose a nearer working day on which few other reviews fall',
    at: { pointer: '/review_date' },
  }
}
