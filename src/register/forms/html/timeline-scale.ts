import type { Day } from '../../../language/day.ts'
import { addDays, daysBetween } from '../../../language/day.ts'

/** Where the days lie, in units of the drawing. */
export const plot = { width: 1072, left: 232, right: 958, row: 24 } as const

/** Further days are at the edge, so that one forgotten override does not squeeze all others. */
const farthest = 400

/** Days around what is drawn. */
const margin = 10

/** Labels of months need so much room. */
const labelWidth = 56

export interface Scale {
  readonly first: Day
  readonly last: Day
  /** The place of a day, at the edge where it lies beyond. */
  readonly x: (day: Day) => number
  readonly isBefore: (day: Day) => boolean
  readonly isAfter: (day: Day) => boolean
}

/** A scale on which all these days can be seen, up to a year and a month around the given one. */
export function scaleFor(asOf: Day, days: readonly Day[]): Scale {
  const offsets = days.map(day => daysBetween(asOf, day))
  const least = offsets.reduce((a, b) => Math.min(a, b), -20)
  const most = offsets.reduce((a, b) => Math.max(a, b), 20)
  const first = addDays(asOf, Math.max(-farthest, least) - margin)
  const last = addDays(asOf, Math.min(farthest, most) + margin)
  const unit = (plot.right - plot.left) / daysBetween(first, last)
  const x = (day: Day) => {
    const place = plot.left + daysBetween(first, day) * unit
    return Math.round(Math.min(plot.right, Math.max(plot.left, place)) * 10) / 10
  }
  return { first, last, x, isBefore: day => day < first, isAfter: day => day > last }
}

export interface Tick {
  readonly x: number
  readonly label: string
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The first days of months, as many as have room for a label; January carries its year. */
export function monthTicks({ first, last, x }: Scale): readonly Tick[] {
  const [year, month] = [Number(first.slice(0, 4)), Number(first.slice(5, 7))]
  const count = Math.ceil(daysBetween(first, last) / 28) + 1
  const all = Array.from({ length: count }, (_, index) => {
    const number = year * 12 + month + index
    const [inYear, inMonth] = [Math.floor(number / 12), number % 12]
    const day = `${inYear}-${String(inMonth + 1).padStart(2, '0')}-01` as Day
    return { day, inYear, inMonth }
  }).filter(({ day }) => day <= last)
  const room = ((plot.right - plot.left) / daysBetween(first, last)) * 30.4
  const step = [1, 2, 3, 6].find(step => room * step >= labelWidth) ?? 12
  return all
    .filter(({ inMonth }) => inMonth % step === 0)
    .map(({ day, inYear, inMonth }, index) => ({
      x: x(day),
      label: `${months[inMonth]}${index === 0 || inMonth === 0 ? ` ${inYear}` : ''}`,
    }))
}
