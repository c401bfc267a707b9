import { createHash } from 'node:crypto'
import type { Day } from '../../language/day.ts'
import { addDays } from '../../language/day.ts'
import type { Override } from '../../language/override.ts'
import type { Register, RegisteredOverride } from '../register.ts'
import { calendarTextsUnder, calendarTitle } from './calendar-text.ts'
import { contentLine, textLine } from './content-line.ts'

/**
 * An iCalendar (RFC 5545) with an all-day event on the review date of each active override; `display`
 * makes of a path in the policies folder what a reader opens. Nothing in it depends on the day on which
 * it is made. It names no METHOD, because it invites nobody; an override that is retired is missing
 * from the next one, and a calendar that subscribes drops its event.
 */
export function formatCalendar(register: Register, display: (path: string) => string): string {
  const textOf = calendarTextsUnder(register.settings)
  const events = register.overrides
    .toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
    .map(one => eventOf(one, register, textOf(one, display(one.override.path))))
  return [
    contentLine('BEGIN', 'VCALENDAR'),
    contentLine('VERSION', '2.0'),
    contentLine('PRODID', '-//tlspolicy//Review dates//EN'),
    textLine('NAME', calendarName),
    textLine('X-WR-CALNAME', calendarName),
    ...events,
    contentLine('END', 'VCALENDAR'),
  ].join('')
}

const calendarName = 'TLS policy reviews'

/** The register's own order depends on the day, so that it is not the calendar's. */
function orderOf({ override }: RegisteredOverride): string {
  return `${override.reviewDate} ${override.path}`
}

function eventOf(one: RegisteredOverride, { settings }: Register, text: string): string {
  const { override, effect, past } = one
  const { reviewDate, emergency } = override
  const title = calendarTitle(override)
  return [
    contentLine('BEGIN', 'VEVENT'),
    contentLine('UID', uidOf(override)),
    contentLine('SEQUENCE', String(past.moves ?? 0)),
    contentLine('DTSTAMP', `${compact(revisedOn(one))}T000000Z`),
    contentLine('DTSTART;VALUE=DATE', compact(reviewDate)),
    contentLine('DTEND;VALUE=DATE', compact(addDays(reviewDate, 1))),
    textLine('SUMMARY', title),
    textLine('DESCRIPTION', text),
    textLine('CATEGORIES', 'TLS policy', effect, ...(emergency ? ['emergency'] : [])),
    contentLine('TRANSP', 'TRANSPARENT'),
    ...remindersOf(settings.review.remindDays).map(days => alarmOf(days, title)),
    contentLine('END', 'VEVENT'),
  ].join('')
}

/**
 * The event of the same override is the same in every calendar: its file may be renamed and its list
 * may grow, but no other active override has its first lookup key.
 */
function uidOf({ destinations, path }: Override): string {
  const key = destinations[0]?.keys[0] ?? path
  return `${createHash('sha256').update(key).digest('hex').slice(0, 32)}@tlspolicy.invalid`
}

/** The last day that is known on which the decision was made or renewed: DTSTAMP without a clock. */
function revisedOn({ override, past }: RegisteredOverride): Day {
  const known = [past.since, override.renewals.at(-1)?.date].filter(day => day != null)
  return known.toSorted().at(-1) ?? override.reviewDate
}

function remindersOf(days: readonly number[]): readonly number[] {
  return [...new Set(days)].toSorted((a, b) => b - a)
}

function alarmOf(days: number, title: string): string {
  return [
    contentLine('BEGIN', 'VALARM'),
    contentLine('ACTION', 'DISPLAY'),
    textLine('DESCRIPTION', title),
    contentLine('TRIGGER', `-P${days}D`),
    contentLine('END', 'VALARM'),
  ].join('')
}

function compact(day: Day): string {
  return day.replaceAll('-', '')
}
