import type { Day } from '../../../language/day.ts'
import { addDays, daysBetween } from '../../../language/day.ts'
import type { RegisteredOverride } from '../../register.ts'
import type { ReviewStatus } from '../../status.ts'
import { reviewStatuses } from '../../status.ts'
import type { Html } from './markup.ts'
import { html } from './markup.ts'
import type { Scale } from './timeline-scale.ts'
import { counted, numeral } from './words.ts'

/** The height of the highest column. */
const height = 96

/** Room for the heading above the columns. */
const heading = 40

export const weeksHeight = heading + height + 10

type Counts = Record<ReviewStatus, number>

/** Overrides that have no line of their own, as columns: how many reviews are in which week. */
export function weeksOf(overrides: readonly RegisteredOverride[], scale: Scale, top: number): Html {
  const weeks = new Map<Day, Counts>()
  for (const { override, status } of overrides) {
    const week = weekOf(override.reviewDate, scale)
    const counts = weeks.get(week) ?? { overdue: 0, due: 0, current: 0 }
    counts[status] += 1
    weeks.set(week, counts)
  }
  const most = [...weeks.values()].reduce((most, counts) => Math.max(most, sum(counts)), 1)
  const bottom = top + heading + height
  const columns = [...weeks].map(([week, counts]) => columnOf(week, counts, most, scale, bottom))
  return html`<g class="weeks"><text class="heading" x="0" y="${top + 26}">${headingOf(overrides, most)}</text><path class="rule" d="M${scale.x(scale.first)} ${bottom}H${scale.x(scale.last)}"/>${columns}</g>
`
}

/** The Monday of the week; a day beyond the edge counts in the week at the edge. */
function weekOf(day: Day, { first, last }: Scale): Day {
  const seen = day < first ? first : day > last ? last : day
  // 2001-01-01 was a Monday.
  const days = daysBetween('2001-01-01', seen)
  return addDays(seen, -(((days % 7) + 7) % 7))
}

function columnOf(week: Day, counts: Counts, most: number, scale: Scale, bottom: number): Html {
  const [x1, x2] = [scale.x(week), scale.x(addDays(week, 7))]
  const width = Math.max(1, round(x2 - x1 - 1.5))
  let y = bottom
  const parts = reviewStatuses.map(status => {
    const size = round((counts[status] / most) * (height - 14))
    y = round(y - size)
    return size === 0
      ? null
      : html`<rect class="${status}" x="${x1}" y="${y}" width="${width}" height="${size}"/>`
  })
  const label =
    x2 - x1 >= 15
      ? html`<text class="count" x="${round(x1 + width / 2)}" y="${y - 4}" text-anchor="middle">${numeral(sum(counts))}</text>`
      : null
  return html`${parts}${label}`
}

function headingOf(overrides: readonly RegisteredOverride[], most: number): string {
  const ages = overrides.flatMap(({ past }) => past.age ?? []).toSorted((a, b) => a - b)
  const median = ages[Math.floor(ages.length / 2)]
  const stood =
    median === undefined ? '' : `; half of them have stood for ${counted(median, 'day')} or more`
  return `… and ${numeral(overrides.length)} more, by the week of their review (up to ${numeral(most)} a week)${stood}`
}

function sum({ overdue, due, current }: Counts): number {
  return overdue + due + current
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
