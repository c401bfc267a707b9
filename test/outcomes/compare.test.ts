import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { kinds } from '../../src/language/kind.ts'
import { policies } from '../../src/language/policy.ts'
import type { Settings } from '../../src/language/settings.ts'
import { defaultSettings } from '../../src/language/settings.ts'
import { baselineOutcomes, outcomesOf } from '../../src/outcomes/acting.ts'
import { compareDecisions, compareOutcomes } from '../../src/outcomes/compare.ts'
import { measuredOutcomes } from '../../src/outcomes/outcomes.ts'
import { anyOutcomes, mirrored } from './arbitrary.ts'
import { readMeasured } from './measured.ts'

const pairs = policies.flatMap(before => policies.map(after => [before, after] as const))

/** The verdict as the definition says it, from the measurement alone. */
function verdictByHand(before: string, after: string): string {
  const steps = ['plaintext', 'encrypted', 'verified-mx', 'verified']
  const height = (outcome = '') => (outcome === 'deferred' ? 3 : steps.indexOf(outcome))
  const cells = [...readMeasured().values()].map(row => [row.get(before), row.get(after)])
  const falls = cells.some(([was, will]) => height(will) < height(was))
  const rises = cells.some(([was, will]) => height(will) > height(was))
  if (falls && rises) return 'mixed'
  if (falls) return 'weaker'
  if (rises) return 'stronger'
  return cells.some(([was, will]) => was !== will) ? 'other' : 'same'
}

test('the measurement knows all five verdicts', () => {
  const verdicts = new Set(pairs.map(([before, after]) => verdictByHand(before, after)))
  expect([...verdicts].toSorted()).toEqual(['mixed', 'other', 'same', 'stronger', 'weaker'])
})

test.each(pairs)('%s to %s has the verdict that the measurement gives', (before, after) => {
  const outcomes = compareOutcomes(measuredOutcomes(before), measuredOutcomes(after))
  expect(outcomes.verdict).toBe(verdictByHand(before, after))
  const decisions = compareDecisions(
    { policy: before, parameters: {} },
    { policy: after, parameters: {} },
    defaultSettings,
    defaultSettings,
  )
  expect(decisions.verdict).toBe(outcomes.verdict)
})

test('dane to may at broken TLSA records is weaker and lets the mail out', () => {
  const may = { policy: 'may', parameters: {} } as const
  const comparison = compareDecisions(null, may, defaultSettings, defaultSettings)
  expect(comparison).toEqual({
    verdict: 'weaker',
    exposes: [
      'tlsa-match',
      'tlsa-match-trusted',
      'tlsa-mismatch',
      'tlsa-lookup-failure',
      'tlsa-no-starttls',
    ],
    raises: [],
    stops: [],
    releases: ['tlsa-mismatch', 'tlsa-lookup-failure', 'tlsa-no-starttls'],
    lowest: 'plaintext',
    parameters: {},
  })
})

test('removing that override is stronger and stops the mail', () => {
  const may = { policy: 'may', parameters: {} } as const
  const comparison = compareDecisions(may, null, defaultSettings, defaultSettings)
  expect(comparison.verdict).toBe('stronger')
  expect(comparison.stops).toEqual(['tlsa-mismatch', 'tlsa-lookup-failure', 'tlsa-no-starttls'])
  expect(comparison.exposes).toEqual([])
  expect(comparison.lowest).toBeNull()
})

test('verified to deferred protects alike, and is told as other', () => {
  const before = measuredOutcomes('dane')
  const comparison = compareOutcomes(before, { ...before, 'tlsa-match': 'deferred' })
  expect(comparison.verdict).toBe('other')
  expect(comparison.stops).toEqual(['tlsa-match'])
  expect(comparison.exposes).toEqual([])
  expect(comparison.raises).toEqual([])
})

test('the lowest outcome is that of a kind that falls, not of one that was low before', () => {
  const encrypt = { policy: 'encrypt', parameters: {} } as const
  const comparison = compareDecisions(null, encrypt, defaultSettings, defaultSettings)
  expect(comparison.lowest).toBe('encrypted')
})

test('each side is judged by its own settings', () => {
  const dane = { policy: 'dane', parameters: {} } as const
  const blind: Settings = {
    ...defaultSettings,
    postfix: { ...defaultSettings.postfix, dnsSupportLevel: 'enabled' },
  }
  expect(compareDecisions(dane, dane, defaultSettings, blind).verdict).toBe('weaker')
  expect(compareDecisions(dane, dane, blind, defaultSettings).verdict).toBe('stronger')
  expect(compareDecisions(null, null, blind, blind).verdict).toBe('same')
})

test('a resolver of MTA-STS policies that comes or goes moves the MTA-STS kinds alone', () => {
  const sts: Settings = {
    ...defaultSettings,
    postfix: { ...defaultSettings.postfix, dynamicPolicy: 'mta-sts' },
  }
  const comes = compareOutcomes(baselineOutcomes(defaultSettings), baselineOutcomes(sts))
  expect(comes).toMatchObject({ verdict: 'stronger', raises: ['sts-valid', 'sts-broken'] })
  expect(comes.stops).toEqual(['sts-broken'])
  const dane = { policy: 'dane', parameters: {} } as const
  const off = compareOutcomes(baselineOutcomes(sts), outcomesOf(dane, sts))
  expect(off).toMatchObject({ verdict: 'weaker', releases: ['sts-broken'] })
})

test('a side compared with itself is the same', () => {
  fc.assert(
    fc.property(anyOutcomes, outcomes => {
      expect(compareOutcomes(outcomes, outcomes)).toMatchObject({
        verdict: 'same',
        exposes: [],
        raises: [],
        stops: [],
        releases: [],
      })
    }),
  )
})

test('the way back mirrors the way there', () => {
  fc.assert(
    fc.property(anyOutcomes, anyOutcomes, (a, b) => {
      const there = compareOutcomes(a, b)
      const back = compareOutcomes(b, a)
      expect(back.verdict).toBe(mirrored[there.verdict])
      expect(back.exposes).toEqual(there.raises)
      expect(back.stops).toEqual(there.releases)
    }),
  )
})

test('every kind that differs is exposed, raised, stopped or released', () => {
  fc.assert(
    fc.property(anyOutcomes, anyOutcomes, (a, b) => {
      const { exposes, raises, stops, releases } = compareOutcomes(a, b)
      const told = new Set<string>([...exposes, ...raises, ...stops, ...releases])
      expect(kinds.filter(kind => a[kind] !== b[kind])).toEqual(
        kinds.filter(kind => told.has(kind)),
      )
    }),
  )
})
