import { expect, test } from 'vitest'
import { countBySeverity, sortBySeverity, summaryLine } from '../../../src/check/forms/summary.ts'
import { diagnostic } from './reports.ts'

const found = (['notice', 'warning', 'error', 'warning', 'error'] as const).map((severity, line) =>
  diagnostic({ severity, line: line + 1 }),
)

test('counts name every severity, also those that did not occur', () => {
  expect(countBySeverity(found)).toEqual({ error: 2, warning: 2, notice: 1 })
  expect(countBySeverity([])).toEqual({ error: 0, warning: 0, notice: 0 })
})

test('the worst come first and keep their order', () => {
  expect(sortBySeverity(found).map(({ line }) => line)).toEqual([3, 5, 2, 4, 1])
})

test.each([
  [found, 5, '2 errors, 2 warnings, 1 notice in 5 overrides'],
  [found.slice(1, 3), 1, '1 error, 1 warning in 1 override'],
  [found.slice(0, 1), 0, '1 notice in 0 overrides'],
  [[], 1, '1 override, no faults'],
  [[], 0, '0 overrides, no faults'],
])('the summary of %# counts in the singular and the plural', (diagnostics, overrides, line) => {
  expect(summaryLine({ diagnostics, overrides })).toBe(line)
})
