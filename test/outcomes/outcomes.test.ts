import { expect, test } from 'vitest'
import { kinds } from '../../src/language/kind.ts'
import { policies } from '../../src/language/policy.ts'
import { kindsIn, measuredOutcomes, outcomeOf, withStsKinds } from '../../src/outcomes/outcomes.ts'
import { readMeasured } from './measured.ts'

test('the measurement covers every kind and every policy', () => {
  const measured = readMeasured()
  expect([...measured.keys()]).toEqual([...kinds])
  for (const row of measured.values()) {
    expect([...row.keys()].toSorted()).toEqual([...policies].toSorted())
  }
})

test.each(policies)('%s does what was measured on a real Postfix', policy => {
  const column = [...readMeasured()].map(([kind, row]) => [kind, row.get(policy)])
  expect(measuredOutcomes(policy)).toEqual(Object.fromEntries(column))
})

test('under our policies an MTA-STS recipient is treated by its certificate', () => {
  const outcomes = withStsKinds(measuredOutcomes('verify'))
  expect(outcomes['sts-valid']).toBe('verified-mx')
  expect(outcomes['sts-broken']).toBe('deferred')
  expect(kindsIn(outcomes)).toEqual([...kinds, 'sts-valid', 'sts-broken'])
})

test('a side that does not tell MTA-STS apart still has an outcome for it', () => {
  const outcomes = measuredOutcomes('secure')
  expect(kindsIn(outcomes)).toEqual([...kinds])
  expect(kindsIn(outcomes, withStsKinds(outcomes))).toContain('sts-broken')
  expect(outcomeOf(measuredOutcomes('fingerprint'), 'sts-broken')).toBe('verified')
  expect(outcomeOf(measuredOutcomes('verify'), 'sts-valid')).toBe('verified-mx')
})
