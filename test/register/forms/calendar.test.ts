import fc from 'fast-check'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { visible } from '../../../src/language/quote.ts'
import { formatCalendar } from '../../../src/register/forms/calendar.ts'
import { harmlessLines, textLine } from '../../../src/register/forms/content-line.ts'
import type { Files } from '../../review/sides.ts'
import { hostileTexts, registerOf } from './registered.ts'

const display = (path: string) => `policies/${path}`
const calendarOf = (files: Files, ...more: [asOf?: `2026-${number}-${number}`]) =>
  formatCalendar(registerOf(files, ...more), display)
const read = (text: string) => new ICAL.Component(ICAL.parse(text))
const eventsOf = (text: string) => read(text).getAllSubcomponents('vevent')
const eventOf = (files: Files) => {
  const [event, ...others] = eventsOf(calendarOf(files))
  if (!event || others.length > 0) throw new Error(`one event, not ${others.length + 1}`)
  return event
}
const textOf = (event: ICAL.Component, name: string) => String(event.getFirstPropertyValue(name))
const linesOf = (text: string) => text.split('\r\n')

const broken = 'destination: broken-dane.example\npolicy: may\n'

test('an override has an all-day event on its review date', () => {
  const event = eventOf({ 'a.yaml': `${broken}owner: mail-team@example.org\n` })
  expect(textOf(event, 'dtstart')).toBe('2026-12-15')
  expect(textOf(event, 'dtend')).toBe('2026-12-16')
  expect(textOf(event, 'summary')).toBe('Review TLS policy of broken-dane.example (may)')
  expect(textOf(event, 'transp')).toBe('TRANSPARENT')
  expect(event.getFirstProperty('categories')?.getValues()).toEqual(['TLS policy', 'weaker'])
  const text = textOf(event, 'description')
  expect(text).toMatch(/^Their TLSA records name the certificate of last year;/)
  expect(text).toContain('The override is weaker than what the servers do without it.')
  expect(text).toContain('Owner: mail-team@example.org\nFile: policies/a.yaml')
  expect(text).toMatch(/\ntlspolicy retire broken-dane\.example\n/)
  expect(text).toMatch(/\ntlspolicy renew broken-dane\.example --until 2027-01-28 --because "…"$/)
})

test('each reminder is an alarm, once, the earliest first', () => {
  const settings = 'review: { remind_days: [7, 30, 7, 0] }\n'
  const event = eventOf({ 'a.yaml': broken, '_settings.yaml': settings })
  const alarms = event.getAllSubcomponents('valarm')
  expect(alarms.map(alarm => textOf(alarm, 'trigger'))).toEqual(['-P30D', '-P7D', 'PT0S'])
  for (const alarm of alarms) {
    expect(textOf(alarm, 'action')).toBe('DISPLAY')
    expect(textOf(alarm, 'description')).toBe(textOf(event, 'summary'))
  }
})

test('the calendar is the same on every day', () => {
  const later = `${broken.replace('broken', 'later')}review_date: 2026-11-30\n`
  const files = { 'a.yaml': broken, 'b.yaml': later }
  expect(calendarOf(files, '2026-12-31')).toBe(calendarOf(files, '2026-11-22'))
  expect(eventsOf(calendarOf(files)).map(event => textOf(event, 'dtstart'))).toEqual([
    '2026-11-30',
    '2026-12-15',
  ])
})

test('an event stays the same when its file is renamed, its list grows or its date moves', () => {
  const uid = textOf(eventOf({ 'a.yaml': broken }), 'uid')
  expect(uid).toMatch(/^[\da-f]{32}@tlspolicy\.invalid$/)
  const moved = `destination: [Broken-DANE.example, a.example]\npolicy: encrypt\nreview_date: 2027-01-15\n`
  expect(textOf(eventOf({ 'team/b.yaml': moved }), 'uid')).toBe(uid)
  const other = broken.replace('broken', 'other')
  expect(textOf(eventOf({ 'a.yaml': other }), 'uid')).not.toBe(uid)
})

test('the sequence counts how often the date moved, and DTSTAMP is the last day that is known', () => {
  const renewals = '{ date: 2026-11-20, until: 2026-12-15, because: A new certificate is ordered. }'
  const history = {
    written: { day: '2026-10-01', author: 'Ann', commit: 'a'.repeat(40), reviewers: [] },
    reviewDates: ['2026-11-01', '2026-12-01', '2026-11-28', '2026-12-15'],
    extensions: 2,
  } as const
  const stamps = (text: string, past: Parameters<typeof registerOf>[2]) => {
    const register = registerOf({ 'a.yaml': text }, '2026-11-22', past)
    const [event] = eventsOf(formatCalendar(register, display))
    return event && [textOf(event, 'sequence'), textOf(event, 'dtstamp')]
  }
  const overrides = new Map([['a.yaml', { ...history, changed: history.written }]])
  const git = { overrides, destinations: new Map() }
  expect(stamps(broken, git)).toEqual(['3', '2026-10-01T00:00:00Z'])
  expect(stamps(`${broken}renewals: [${renewals}]\n`, git)).toEqual(['3', '2026-11-20T00:00:00Z'])
  expect(stamps(broken, 'none')).toEqual(['0', '2026-12-15T00:00:00Z'])
  expect(stamps(`${broken}renewals: [${renewals}]\n`, 'none')).toEqual([
    '0',
    '2026-11-20T00:00:00Z',
  ])
})

test('an emergency says so, and what is inactive has no event', () => {
  const event = eventOf({
    'a.yaml': `${broken}emergency: true\n`,
    'b.yaml': 'destination: off.example\npolicy: may\nactive: false\n',
  })
  expect(textOf(event, 'summary')).toMatch(/^Emergency: Review TLS policy of broken-dane\.example/)
  expect(event.getFirstProperty('categories')?.getValues()).toContain('emergency')
})

test('without overrides there is a calendar without events', () => {
  expect(eventsOf(calendarOf({}))).toEqual([])
  expect(calendarOf({})).toMatch(
    /^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\nPRODID:.*\r\nEND:VCALENDAR\r\n$/s,
  )
})

test('a long list is told by its first destinations, and by how many follow', () => {
  const names = Array.from({ length: 300 }, (_, index) => `r${index}.example`)
  const event = eventOf({ 'a.yaml': `${stringify({ destination: names })}policy: may\n` })
  expect(textOf(event, 'summary')).toBe('Review TLS policy of r0.example and 299 more (may)')
  expect(textOf(event, 'description')).toContain('r9.example and 290 more')
  expect(textOf(event, 'description')).not.toContain('r10.example')
})

test.each(hostileTexts)('%j is read back as it was written', reason => {
  const text = stringify({ justification: reason, owner: '@ops/mail', ticket: reason.slice(0, 59) })
  const calendar = calendarOf({ 'a.yaml': `${broken}${text}` })
  expect(eventsOf(calendar)).toHaveLength(1)
  const [event] = eventsOf(calendar)
  expect(event && textOf(event, 'description').startsWith(harmlessLines(reason))).toBe(true)
  expect(event && textOf(event, 'description')).toContain(
    `Ticket: ${visible(reason.slice(0, 59))}\n`,
  )
})

/** Any character, and often those that mean something to iCalendar or take several octets. */
const texts = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '\\',
      ';',
      ',',
      '\n',
      '\r',
      ':',
      '"',
      ' ',
      '\t',
      'n',
      'N',
      'ä',
      '漢',
      '👩‍👧',
      '\0',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 400,
  size: 'max',
})

test('whatever somebody writes is one property, read back as it is, on lines of at most 75 octets', () => {
  fc.assert(
    fc.property(texts, written => {
      const text = harmlessLines(written)
      const folded = textLine('DESCRIPTION', text)
      expect(folded.endsWith('\r\n')).toBe(true)
      for (const line of linesOf(folded)) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
        expect(line).not.toMatch(/[\r\n]/)
        expect(Buffer.from(line).toString()).toBe(line)
      }
      const component = read(`BEGIN:VEVENT\r\n${folded}END:VEVENT\r\n`)
      expect(component.getAllProperties()).toHaveLength(1)
      expect(component.getFirstPropertyValue('description')).toBe(text)
    }),
  )
})

test('every line of a calendar keeps to 75 octets and ends with CRLF', () => {
  const reason = hostileTexts.join('\n\n')
  const calendar = calendarOf({
    [`${'ä'.repeat(90)}.yaml`]: `${broken}${stringify({ justification: reason })}`,
  })
  expect(Math.max(...linesOf(calendar).map(line => Buffer.byteLength(line)))).toBeLessThanOrEqual(
    75,
  )
  expect(calendar.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
})
