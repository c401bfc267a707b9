import type { Day } from '../../../language/day.ts'
import { weekday } from '../../../language/day.ts'
import type { Past } from '../../past.ts'
import type { RegisteredOverride } from '../../register.ts'
import type { ReviewStatus } from '../../status.ts'

/** A status on its own. */
export const statusWords = {
  overdue: 'Overdue',
  due: 'Due',
  current: 'Current',
} as const satisfies Record<ReviewStatus, string>

/** A shape for each status, so that it is never told by colour alone. */
export const statusShapes = {
  overdue: '◆',
  due: '●',
  current: '○',
} as const satisfies Record<ReviewStatus, string>

/** Why nobody can tell what happened before. */
export const unknownWords = {
  git: 'unknown',
  shallow:
    'unknown: this clone holds only the latest commits (git fetch --unshallow gets the others)',
  none: 'unknown: the policies are not in Git',
  uncommitted: 'unknown: the file is not committed yet',
} as const satisfies Record<Past['known'], string>

/** `1 day`, `2,000 days`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${numeral(count)} ${count === 1 ? one : many}`
}

export function numeral(count: number): string {
  return count.toLocaleString('en')
}

/** `never`, `once`, `twice`, `3 times`. */
export function timesWords(count: number): string {
  return ['never', 'once', 'twice'][count] ?? counted(count, 'time')
}

/** With a capital, to begin a sentence. */
export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

/** `Sunday, 2026-11-22`. */
export function longDay(day: Day): string {
  return `${weekday(day)}, ${day}`
}

/** Where it stands, for the end of a line: `in 5 days`, `today`, `12 days over`. */
export function shortStanding({ daysLeft }: Pick<RegisteredOverride, 'daysLeft'>): string {
  if (daysLeft === 0) return 'today'
  return daysLeft < 0 ? `${counted(-daysLeft, 'day')} over` : `in ${counted(daysLeft, 'day')}`
}

/** Where it stands, as a sentence. */
export function standingSentence(one: RegisteredOverride, graceDays: number): string {
  const { override, daysLeft, beyondGrace, status } = one
  const day = longDay(override.reviewDate)
  if (daysLeft === 0) return `Its review is due today, ${day}.`
  if (daysLeft > 0) {
    const words = status === 'due' ? 'Its review is due' : 'It stands until its review'
    return `${words} in ${counted(daysLeft, 'day')}, on ${day}.`
  }
  const grace = counted(graceDays, 'day')
  const beyond = beyondGrace ? `, more than the ${grace} of grace` : ''
  return `Its review was due on ${day}: it is overdue for ${counted(-daysLeft, 'day')}${beyond}.`
}
