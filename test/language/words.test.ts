import { expect, test } from 'vitest'
import { addDays, daysBetween, isDay, weekday } from '../../src/language/day.ts'
import { nearest } from '../../src/language/nearest.ts'
import { oneOf, quote, visible } from '../../src/language/quote.ts'
import { hasRelease, isVersion } from '../../src/language/version.ts'

test.each(['2026-12-15', '2024-02-29', '0001-01-01', '9999-12-31'])('%s is a day', text => {
  expect(isDay(text)).toBe(true)
})

test.each(['2026-02-30', '2025-02-29', '2026-13-01', '2026-1-1', '2026-12-15T00:00', ''])(
  '%j is none',
  text => {
    expect(isDay(text)).toBe(false)
  },
)

test('days are counted in UTC, across changes of the clock and of the year', () => {
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2)
  expect(daysBetween('2026-12-31', '2026-12-01')).toBe(-30)
  expect(addDays('2027-12-31', 60)).toBe('2028-02-29')
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
  expect(weekday('2026-12-15')).toBe('Tuesday')
})

test('a version is two numbers, and 3.10 is later than 3.9', () => {
  expect(['3.7', '3.10', '3', '3.7.11', '3.x', ''].map(isVersion)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ])
  expect(hasRelease('3.10', '3.9')).toBe(true)
  expect(hasRelease('3.9', '3.10')).toBe(false)
  expect(hasRelease('4.0', '3.11')).toBe(true)
  expect(hasRelease('3.7', '3.7')).toBe(true)
})

test.each([
  ['protocol', 'protocols'],
  ['CIPHER', 'ciphers'],
  ['exlcude', 'exclude'],
  ['servername', 'servername'],
  ['ttl', undefined],
  ['mandatory_protocols', undefined],
])('the nearest word to %s is %s', (written, word) => {
  expect(nearest(written, ['ciphers', 'exclude', 'protocols', 'servername'])).toBe(word)
})

test('of a very long word only the start is compared', () => {
  expect(nearest('x'.repeat(1_000_000), ['x'.repeat(64)])).toBe('x'.repeat(64))
  expect(nearest('x'.repeat(64), ['x'.repeat(100)])).toBeUndefined()
})

test('what cannot be seen is written out', () => {
  expect(visible('a\n\r\tb\0\u001b[31m\u200b\u202e\u00ad\u3164\u{e0001}')).toBe(
    'a\\n\\r\\tb\\u0000\\u001b[31m\\u200b\\u202e\\u00ad\\u3164\\u{e0001}',
  )
  expect(visible('\ud800 ü 日本 🙂')).toBe('\\ud800 ü 日本 🙂')
})

test('a value is quoted, and cut where it is long', () => {
  expect(quote('a\nb')).toBe('"a\\nb"')
  expect(quote(3.1)).toBe('"3.1"')
  expect(quote('🙂'.repeat(100), 3)).toBe('"🙂🙂🙂…"')
  expect(quote('abcde', 3)).toBe('"abc…"')
  expect(quote('🙂🙂🙂', 3)).toBe('"🙂🙂🙂"')
  expect(quote(undefined)).toBe('"undefined"')
})

test('choices are listed as in a sentence', () => {
  expect(oneOf(['a'])).toBe('"a"')
  expect(oneOf(['a', 'b', 'c'])).toBe('"a", "b" or "c"')
  expect(oneOf([])).toBe('')
})
