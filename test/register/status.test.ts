import { expect, test } from 'vitest'
import { defaultSettings } from '../../src/language/settings.ts'
import { standingOf } from '../../src/register/status.ts'

const { review } = defaultSettings
const on = (reviewDate: `${number}-${number}-${number}`) =>
  standingOf(reviewDate, '2026-11-22', review)

test.each([
  ['2026-11-07', 'overdue', -15, true],
  ['2026-11-08', 'overdue', -14, false],
  ['2026-11-21', 'overdue', -1, false],
  ['2026-11-22', 'due', 0, false],
  ['2026-12-22', 'due', 30, false],
  ['2026-12-23', 'current', 31, false],
] as const)('a review on %s is %s', (date, status, daysLeft, beyondGrace) => {
  expect(on(date)).toEqual({ status, daysLeft, beyondGrace })
})

test('the largest of the reminders counts, in whatever order they stand', () => {
  const settings = { ...review, remindDays: [1, 60, 7] }
  expect(standingOf('2027-01-21', '2026-11-22', settings).status).toBe('due')
  expect(standingOf('2027-01-22', '2026-11-22', settings).status).toBe('current')
})

test('without reminders an override is due on the day itself', () => {
  const settings = { ...review, remindDays: [] }
  expect(standingOf('2026-11-22', '2026-11-22', settings).status).toBe('due')
  expect(standingOf('2026-11-23', '2026-11-22', settings).status).toBe('current')
})
