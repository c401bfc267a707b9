import { expect, test } from 'vitest'
import { readDestination } from '../../src/language/destination.ts'
import type { Override, Parameters } from '../../src/language/override.ts'
import type { Policy } from '../../src/language/policy.ts'
import { defaultSettings } from '../../src/language/settings.ts'
import { effectsUnder } from '../../src/outcomes/override.ts'

function override(policy: Policy, parameters: Parameters, ...texts: readonly string[]): Override {
  const destinations = texts.flatMap(text => {
    const destination = readDestination(text, '/destination')
    return 'rule' in destination ? [] : [destination]
  })
  return {
    path: 'one.yaml',
    destinations,
    policy,
    parameters,
    active: true,
    emergency: false,
    justification: '',
    reviewDate: '2026-12-15',
    contacted: [],
    renewals: [],
  }
}

test('the effect of an override takes in all its destinations', () => {
  const effectOf = effectsUnder({
    ...defaultSettings,
    postfix: { ...defaultSettings.postfix, defaultPolicy: 'secure' },
  })
  expect(effectOf(override('secure', {}, 'example.com'))).toBe('same')
  expect(effectOf(override('may', {}, 'example.com', 'example.net'))).toBe('weaker')
  expect(effectOf(override('secure', { match: ['nexthop'] }, 'example.com'))).toBe('stronger')
})

test('a domain and an address with the same decision are judged each by itself', () => {
  const effectOf = effectsUnder({
    ...defaultSettings,
    postfix: { ...defaultSettings.postfix, defaultPolicy: 'secure' },
  })
  const low = { ciphers: ['low'] }
  expect(effectOf(override('secure', low, 'example.com'))).toBe('weaker')
  // At an address secure never verifies, here and at the baseline: nothing is left to protect.
  expect(effectOf(override('secure', low, '[192.0.2.1]'))).toBe('same')
  expect(effectOf(override('secure', low, '[192.0.2.1]', 'example.com'))).toBe('weaker')
})
