import type { Day } from '../../language/day.ts'
import { addDays } from '../../language/day.ts'
import type { State } from '../../probe/judge.ts'
import { capital, counted } from '../../review/forms/words.ts'
import type { Counts, Register, RegisteredOverride } from '../register.ts'

/** `2 overdue (1 beyond grace), 1 due, 5 current, 1 inactive; 1 made in an emergency`. */
export function countSentence(counts: Counts): string {
  const { overdue, due, current, beyondGrace, inactive, emergency, removable, unread } = counts
  const parts = [
    ...(overdue > 0
      ? [`${overdue} overdue${beyondGrace > 0 ? ` (${beyondGrace} beyond grace)` : ''}`]
      : []),
    ...(due > 0 ? [`${due} due`] : []),
    ...(current > 0 ? [`${current} current`] : []),
    ...(inactive > 0 ? [`${inactive} inactive`] : []),
    ...(unread > 0 ? [`${unread} unread and missing here (see tlspolicy check)`] : []),
  ]
  if (parts.length === 0) return 'no overrides'
  const mark = [
    ...(emergency > 0 ? [`; ${emergency} made in an emergency`] : []),
    ...(removable > 0 ? [`; ${removable} no longer needed`] : []),
  ].join('')
  return `${overdue + due + unread === 0 ? 'nothing is due: ' : ''}${parts.join(', ')}${mark}`
}

/** Whether it is told in full: there is something to do, or it was made in an emergency. */
export function isPressing({ status, override, trial }: RegisteredOverride): boolean {
  return status !== 'current' || override.emergency || trial?.removable === true
}

/** `emergency, overdue beyond grace`. */
export function statusWords({ status, beyondGrace, override, trial }: RegisteredOverride): string {
  const marks = `${override.emergency ? 'emergency, ' : ''}${trial?.removable ? 'no longer needed, ' : ''}`
  return `${marks}${status}${beyondGrace ? ' beyond grace' : ''}`
}

/** What the recipients said when they were asked, for "recheck:". */
export const stateWords = {
  fixed: 'without the override mail would be delivered',
  broken: 'without the override mail would still be refused',
  unknown: 'nobody can tell whether the override is still needed',
} as const satisfies Record<State, string>

/** How the day of the report stands to the review date, as a sentence. */
export function timingSentence(
  { override, daysLeft, beyondGrace, status }: RegisteredOverride,
  { settings }: Register,
): string {
  const { reviewDate } = override
  if (status !== 'overdue')
    return daysLeft === 0
      ? `Its review is due today, ${reviewDate}.`
      : `Its review is due on ${reviewDate}, in ${counted(daysLeft, 'day')}.`
  const was = `Its review was due on ${reviewDate}, ${counted(-daysLeft, 'day')} ago`
  const end: Day = addDays(reviewDate, settings.review.graceDays)
  return beyondGrace ? `${was}; grace ended on ${end}.` : `${was}; grace ends on ${end}.`
}

/** The same without a word that another day would change. */
export function steadyTimingSentence(
  { override, beyondGrace, status }: RegisteredOverride,
  { settings }: Register,
): string {
  const { reviewDate } = override
  if (status !== 'overdue') return `Its review is due on ${reviewDate}.`
  const end = addDays(reviewDate, settings.review.graceDays)
  return `Its review was due on ${reviewDate}; grace ${beyondGrace ? 'ended' : 'ends'} on ${end}.`
}

/** How often the review date was moved to a later day. */
export function extensionWords(extensions: number): string {
  if (extensions === 0) return 'never extended'
  const times = extensions === 1 ? 'once' : extensions === 2 ? 'twice' : `${extensions} times`
  return `extended ${times}`
}

/** `Emergency, overdue`, to begin a headline. */
export function titleOf(one: RegisteredOverride): string {
  return capital(statusWords(one))
}
