import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findFaults } from '../../src/check/check.ts'
import type { Day } from '../../src/language/day.ts'
import { addDays } from '../../src/language/day.ts'
import { collectPolicies } from '../../src/language/policies.ts'
import { readFile } from '../../src/language/read-file.ts'
import { effectsUnder } from '../../src/outcomes/override.ts'
import { proposeReviewDate } from '../../src/register/propose.ts'
import { standingOf } from '../../src/register/status.ts'

const override = (index: number, policy: string, day: Day) => `destination: r${index}.example
policy: ${policy}
justification: Their TLSA record names the certificate of last year; postmaster ${index} was told.
review_date: ${day}
`

function read(files: readonly string[]) {
  const bytes = files.map((text, index) => ({
    path: `${index}.yaml`,
    bytes: new TextEncoder().encode(text),
  }))
  return collectPolicies(bytes, readFile)
}

test('what exposes mail is looked at after six weeks, on a working day', () => {
  expect(proposeReviewDate(read([]), '2026-11-22', 'weaker')).toBe('2027-01-05')
  expect(proposeReviewDate(read([]), '2026-11-20', 'weaker')).toBe('2027-01-01')
  expect(proposeReviewDate(read([]), '2026-11-22', 'stronger')).toBe('2027-11-23')
})

test('a crowded day is left alone', () => {
  const crowd = Array.from({ length: 5 }, (_, index) => override(index, 'may', '2027-01-05'))
  expect(proposeReviewDate(read(crowd), '2026-11-22', 'weaker')).toBe('2027-01-04')
})

test('what was just written is not due yet', () => {
  const { settings } = read([])
  const review = { ...settings.review, remindDays: [60, 7] }
  const day = proposeReviewDate(
    { overrides: [], settings: { ...settings, review } },
    '2026-11-22',
    'weaker',
  )
  expect(standingOf(day, '2026-11-22', review)).toMatchObject({ status: 'current', daysLeft: 74 })
})

test('no date that is proposed is a fault of its own', () => {
  const days = fc.integer({ min: 1, max: 40 }).map(count => addDays('2026-11-22', count))
  const policies = fc.constantFrom('may', 'encrypt', 'secure', 'dane-only')
  fc.assert(
    fc.property(fc.array(days, { maxLength: 60 }), policies, (taken, policy) => {
      const files = taken.map((day, index) => override(index, 'may', day))
      const effectOf = effectsUnder(read([]).settings)
      const [draft] = read([override(999, policy, '2026-12-15')]).overrides
      if (!draft) throw new Error('the draft is an override')
      const day = proposeReviewDate(read(files), '2026-11-22', effectOf(draft))
      const rules = (texts: readonly string[]) =>
        findFaults(read(texts), '2026-11-22').map(({ rule, message }) => `${rule} ${message}`)
      const before = new Set(rules(files))
      expect(rules([...files, override(999, policy, day)]).filter(one => !before.has(one))).toEqual(
        [],
      )
    }),
    { numRuns: 60 },
  )
})
