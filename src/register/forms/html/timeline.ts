import type { Register, RegisteredOverride } from '../../register.ts'
import { reviewStatuses } from '../../status.ts'
import type { Html } from './markup.ts'
import { html } from './markup.ts'
import { lineOf } from './timeline-lines.ts'
import type { Scale } from './timeline-scale.ts'
import { monthTicks, plot, scaleFor } from './timeline-scale.ts'
import { weeksHeight, weeksOf } from './timeline-weeks.ts'
import { counted, statusShapes, statusWords } from './words.ts'

/** Up to so many overrides have a line each; of more, the most urgent ones. */
const mostLines = 40

/** Room for the months and the day of the report above the lines. */
const axis = 44

/** The review dates as a drawing: what is due when, and how long each override has stood. */
export function timelineOf({ overrides, asOf, counts }: Register): Html {
  const isCompact = overrides.length > mostLines
  const urgent = isCompact ? overrides.filter(isUrgent).slice(0, mostLines) : overrides
  const drawn = new Set(urgent)
  const rest = overrides.filter(one => !drawn.has(one))
  const scale = scaleFor(asOf, [
    ...overrides.map(({ override }) => override.reviewDate),
    ...urgent.flatMap(({ past }) => past.since ?? []),
  ])
  const below = axis + urgent.length * plot.row
  const height = below + (rest.length > 0 ? weeksHeight : 8)
  const told = `Of ${counted(overrides.length, 'override')} ${counts.overdue} overdue, ${counts.due} due, ${counts.current} current. The table below says the same in words.`
  return html`<div class="scroll" role="region" aria-label="Drawing of the review dates" tabindex="0">
<svg viewBox="0 0 ${plot.width} ${height}" role="img" aria-labelledby="drawn-title drawn-desc">
<title id="drawn-title">Overrides from the day they were written to their review dates, around ${asOf}</title>
<desc id="drawn-desc">${told}</desc>
<defs>${reviewStatuses.map(fadeOf)}</defs>
${gridOf(scale, height)}
${urgent.map((one, index) => lineOf(one, asOf, scale, axis + index * plot.row))}
${todayOf(scale.x(asOf), height)}
${rest.length > 0 ? weeksOf(rest, scale, below) : null}
</svg></div>
${legend}
`
}

function isUrgent({ override, status }: RegisteredOverride): boolean {
  return override.emergency || status !== 'current'
}

function fadeOf(status: string): Html {
  return html`<linearGradient id="fade-${status}"><stop class="${status}" offset="0" stop-opacity="0"/><stop class="${status}" offset="1"/></linearGradient>`
}

function gridOf(scale: Scale, height: number): Html {
  const ticks = monthTicks(scale).map(
    ({ x, label }) => html`<path d="M${x} 26V${height}"/><text x="${x + 4}" y="34">${label}</text>`,
  )
  return html`<g class="grid">${ticks}</g>`
}

function todayOf(x: number, height: number): Html {
  return html`<g class="today"><path d="M${x} 17v5M${x} 40V${height}"/><text x="${x}" y="12" text-anchor="middle">today</text></g>`
}

const legend = html`<ul class="legend">
${reviewStatuses.map(
  status =>
    html`<li class="${status}"><i aria-hidden="true">${statusShapes[status]}</i> ${statusWords[status]}</li>`,
)}
<li><i aria-hidden="true">━</i> from the day it was written to its review; fading: that day is unknown or further back</li>
<li><i aria-hidden="true">┄</i> past the review date</li>
</ul>`
