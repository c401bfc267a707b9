import { expect, test } from 'vitest'
import type { Day } from '../../../src/language/day.ts'
import { addDays } from '../../../src/language/day.ts'
import { formatHtml } from '../../../src/register/forms/html/page.ts'
import { timelineOf } from '../../../src/register/forms/html/timeline.ts'
import { monthTicks, plot, scaleFor } from '../../../src/register/forms/html/timeline-scale.ts'
import { manyOverrides, overrideText, registerOf, team, today } from './registers.ts'

const drawn = (register: typeof team) => timelineOf(register).html
const count = (text: string, part: RegExp) => [...text.matchAll(part)].length

test('each of a few overrides has a line, with a shape that tells its status without colour', () => {
  const svg = drawn(team)
  expect(count(svg, /class="label/g)).toBe(7)
  expect(count(svg, /l6 -6l6 6l-6 6z/g)).toBe(2)
  expect(count(svg, /<circle[^>]* r="5"/g)).toBe(3)
  expect(count(svg, /class="open"/g)).toBe(2)
  expect(svg).toContain('33 days over')
  expect(svg).toContain('▲ hospital.example')
})

test('of many, the most urgent have a line, and the others are counted by weeks', () => {
  const svg = drawn(manyOverrides(300))
  expect(count(svg, /class="label/g)).toBe(40)
  expect(svg).toContain('… and 260 more, by the week of their review')
  const few = drawn(manyOverrides(41))
  expect(count(few, /class="label/g) + Number(/… and (\d+) more/.exec(few)?.[1])).toBe(41)
})

test('a line fades in where nobody knows since when the override stands', () => {
  expect(count(drawn(team), /fill="url\(#fade-due\)"/g)).toBe(1)
  expect(count(drawn(registerOf({ 'a.yaml': { text: overrideText({}) } })), /fill="url/g)).toBe(1)
})

test('a review in many years is at the edge and marked, and the others keep their room', () => {
  const far = { since: today, text: overrideText({ review_date: '2048-01-01' }) }
  const svg = drawn(registerOf({ 'far.yaml': far }))
  expect(count(svg, /class="edge"/g)).toBe(1)
  const places = [...svg.matchAll(/ cx="([\d.]+)"/g)].map(([, x]) => Number(x))
  expect(places).toEqual([plot.right])
})

test.each([30, 100, 400, 800])('the labels of months over %i days have room', days => {
  const ends: readonly Day[] = [addDays(today, -days / 2), addDays(today, days / 2)]
  const ticks = monthTicks(scaleFor(today, ends))
  const gaps = ticks.slice(1).map(({ x }, index) => x - (ticks[index]?.x ?? 0))
  expect(ticks.length).toBeGreaterThan(0)
  expect(Math.min(100, ...gaps)).toBeGreaterThan(50)
  expect(ticks[0]?.label).toMatch(/^[A-Z][a-z]{2} 20\d\d$/)
})

test('a second run gives the same bytes, and a thousand overrides are under five megabytes', () => {
  const write = () => formatHtml(manyOverrides(1000), path => path)
  const page = write()
  expect(page).toBe(write())
  expect(new TextEncoder().encode(page).length).toBeLessThan(5_000_000)
})

test('a page without overrides says so', () => {
  const page = formatHtml(registerOf({}), path => path)
  expect(page).toContain('No override is active')
  expect(page).not.toMatch(/<svg|<table|<article/)
})

test('where nobody knows what happened before, the page says why', () => {
  const outside = formatHtml(registerOf({ 'a.yaml': { text: overrideText({}) } }), path => path)
  expect(outside).toContain('unknown: the policies are not in Git')
  expect(formatHtml(team, path => path)).toContain('unknown: the file is not committed yet')
})
