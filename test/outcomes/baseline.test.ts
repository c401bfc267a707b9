import { expect, test } from 'vitest'
import type { Parameters } from '../../src/language/override.ts'
import type { Policy } from '../../src/language/policy.ts'
import { defaultSettings } from '../../src/language/settings.ts'
import { compareDecisions } from '../../src/outcomes/compare.ts'

const cases: readonly (readonly [Policy, Parameters, string, string])[] = [
  // What main.cf says of protocols is unknown: asking for more does not make up for what is lost.
  ['may', { protocols: ['>=TLSv1.2'] }, 'weaker', 'stronger'],
  ['none', { protocols: ['>=TLSv1.3'] }, 'weaker', 'stronger'],
  ['secure', { protocols: ['>=TLSv1.2'], servername: ['mx.example'] }, 'stronger', 'weaker'],
  // Less than Postfix's own default is less, whatever main.cf says.
  ['secure', { protocols: ['>=SSLv3'] }, 'mixed', 'mixed'],
  // Where the outcomes are the same, the parameters are all there is to compare.
  ['dane', {}, 'same', 'same'],
  ['dane', { protocols: ['>=TLSv1.3'] }, 'stronger', 'weaker'],
  ['dane', { protocols: ['>=SSLv3'] }, 'weaker', 'stronger'],
]

test.each(cases)('%s %o against the default dane', (policy, parameters, added, removed) => {
  const decision = { policy, parameters }
  const verdict = (before: typeof decision | null, after: typeof decision | null) =>
    compareDecisions(before, after, defaultSettings, defaultSettings).verdict
  expect(verdict(null, decision)).toBe(added)
  expect(verdict(decision, null)).toBe(removed)
})
