import type { Day } from '../../../language/day.ts'
import { addDays } from '../../../language/day.ts'
import type { RegisteredOverride } from '../../register.ts'
import type { ReviewStatus } from '../../status.ts'
import type { Html } from './markup.ts'
import { html } from './markup.ts'
import type { Scale } from './timeline-scale.ts'
import { plot } from './timeline-scale.ts'
import { shortStanding } from './words.ts'

/** Where nobody knows since when an override stands, its line fades in over so many days. */
const fading = 21

/** A shape for each status around a point, the same as in the marks of the page. */
const shapes = {
  overdue: (x, y) => html`<path d="M${x - 6} ${y}l6 -6l6 6l-6 6z"/>`,
  due: (x, y) => html`<circle cx="${x}" cy="${y}" r="5"/>`,
  current: (x, y) => html`<circle cx="${x}" cy="${y}" r="4.5" class="open"/>`,
} as const satisfies Record<ReviewStatus, (x: number, y: number) => Html>

/** One override: its line from the day it was written to its review date, and on to today if that has passed. */
export function lineOf(one: RegisteredOverride, asOf: Day, scale: Scale, top: number): Html {
  const { override, status, past } = one
  const y = top + plot.row / 2
  const known = past.since
  const end = override.reviewDate
  const start = known ?? addDays(end < asOf ? end : asOf, -fading)
  const [x1, x2, today] = [scale.x(start < end ? start : end), scale.x(end), scale.x(asOf)]
  const fades = known === null || scale.isBefore(start)
  const bar = html`<rect x="${x1}" y="${y - 3}" width="${Math.max(1, round(x2 - x1))}" height="6" rx="3"${fades ? html` fill="url(#fade-${status})"` : null}/>`
  const over = x2 < today ? html`<path class="over" d="M${x2} ${y}H${today}"/>` : null
  const beyond = scale.isAfter(end)
    ? html`<path class="edge" d="M${x2 + 8} ${y - 5}l5 5l-5 5"/>`
    : null
  return html`<g class="${status}${fades ? ' fades' : ''}">${bar}${over}${shapes[status](x2, y)}${beyond}<text class="${override.emergency ? 'label emergency' : 'label'}" x="0" y="${y + 4}">${labelOf(one)}</text><text class="ends" x="${plot.width}" y="${y + 4}" text-anchor="end">${shortStanding(one)}</text></g>
`
}

/** Characters of a label; what is wider is cut by the drawing. */
const longest = 30

function labelOf({ override }: RegisteredOverride): string {
  const [first, ...others] = override.destinations
  const rest = others.length > 0 ? ` +${others.length}` : ''
  const mark = override.emergency ? '▲ ' : ''
  const chars = [...(first?.text ?? '')]
  const room = longest - rest.length - mark.length
  const name = chars.length > room ? `${chars.slice(0, room - 1).join('')}…` : chars.join('')
  return `${mark}${name}${rest}`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
