import { addDays } from '../../../language/day.ts'
import type { Counts, Register } from '../../register.ts'
import { firstReminder } from '../../status.ts'
import type { Html } from './markup.ts'
import { html } from './markup.ts'
import { counted, longDay, numeral } from './words.ts'

/** The totals, in the order of their urgency. */
const totals = {
  emergency: 'Emergency',
  removable: 'No longer needed',
  beyondGrace: 'Beyond grace',
  overdue: 'Overdue',
  due: 'Due',
  current: 'Current',
  inactive: 'Inactive',
} as const satisfies Record<Exclude<keyof Counts, 'unread'>, string>

/** The head of the page: the day, what it comes to, and the totals. */
export function headOf(register: Register): Html {
  const { asOf, counts } = register
  // Without evidence of rechecks, nobody knows of any.
  const shown = (Object.keys(totals) as (keyof typeof totals)[]).filter(
    name => name !== 'removable' || counts.removable > 0,
  )
  const tiles = shown.map(
    name =>
      html`<div class="${name}${counts[name] === 0 ? ' zero' : ''}"><dt>${totals[name]}</dt><dd>${numeral(counts[name])}</dd></div>`,
  )
  return html`<header>
<p class="over">Review status on <time datetime="${asOf}">${longDay(asOf)}</time> (UTC)</p>
<h1>TLS policy overrides</h1>
<p class="lead">${leadOf(register)}</p>
<dl class="totals">${tiles}</dl>
</header>
`
}

function leadOf({ asOf, overrides, settings, counts }: Register): string {
  const { review } = settings
  const unread = counts.unread === 0 ? '' : ` ${missingWords(counts.unread)}`
  if (overrides.length === 0)
    return unread === ''
      ? 'No override is active: all mail goes by the servers’ default.'
      : missingWords(counts.unread)
  const grace = `for longer than the ${counted(review.graceDays, 'day')} of grace`
  const beyond = counts.beyondGrace > 0 ? `, ${numeral(counts.beyondGrace)} of them ${grace}` : ''
  const all = counted(overrides.length, 'override is', 'overrides are')
  const late =
    counts.overdue === 0
      ? `${all} active, and none is past its review date.`
      : `${all} active; ${numeral(counts.overdue)} past the review date${beyond}.`
  const last = addDays(asOf, firstReminder(review))
  const soon =
    counts.due === 0 ? `None is due by ${last}.` : `${numeral(counts.due)} due by ${last}.`
  return `${late} ${soon}${unread}`
}

/** A file that is left out may be overdue, too. */
function missingWords(unread: number): string {
  return `${counted(unread, 'file')} cannot be read and ${unread === 1 ? 'is' : 'are'} missing here: tlspolicy check says why.`
}
