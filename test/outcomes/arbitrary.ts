import * as fc from 'fast-check'
import { kinds } from '../../src/language/kind.ts'
import type { Parameters } from '../../src/language/override.ts'
import { policies } from '../../src/language/policy.ts'
import type { Effect } from '../../src/language/settings.ts'
import type { Decision } from '../../src/outcomes/acting.ts'
import type { Outcome, Outcomes } from '../../src/outcomes/outcomes.ts'
import { outcomesBy } from '../../src/outcomes/outcomes.ts'

export const allOutcomes = [
  'plaintext',
  'encrypted',
  'verified-mx',
  'verified',
  'deferred',
] as const satisfies readonly Outcome[]

/** Each verdict as the way back gives it. */
export const mirrored = {
  weaker: 'stronger',
  stronger: 'weaker',
  mixed: 'mixed',
  other: 'other',
  same: 'same',
} as const satisfies Record<Effect, Effect>

/** Any outcome for any kind, also where no policy gives it. */
export const anyOutcomes: fc.Arbitrary<Outcomes> = fc
  .array(fc.constantFrom(...allOutcomes), { minLength: kinds.length, maxLength: kinds.length })
  .map(row => outcomesBy(kind => row[kinds.indexOf(kind)] ?? 'deferred'))

const names = ['hostname', 'nexthop', 'dot-nexthop', 'mx.example.com', 'mx.other.example', 'a|b']

const lists = {
  match: fc.subarray(names, { minLength: 1 }),
  tafile: fc.subarray(['/a.pem', '/b.pem'], { minLength: 1 }),
  protocols: fc.subarray(['>=TLSv1', '>=TLSv1.2', '<=TLSv1.2', '!TLSv1.1', 'TLSv1.3']),
  ciphers: fc.subarray(['medium', 'high', 'null'], { minLength: 1, maxLength: 1 }),
  exclude: fc.subarray(['aNULL', 'RC4', 'MD5']),
  servername: fc.subarray(['hostname', 'mx.example.com'], { minLength: 1, maxLength: 1 }),
  connection_reuse: fc.constantFrom(['yes'], ['no']),
  enable_rpk: fc.constantFrom(['yes'], ['no']),
} satisfies { [Name in keyof Parameters]-?: fc.Arbitrary<readonly string[]> }

/** Any policy with any parameters, also where Postfix would refuse them. */
export const anyDecision: fc.Arbitrary<Decision> = fc.record({
  policy: fc.constantFrom(...policies),
  parameters: fc.record(lists, { requiredKeys: [] }),
  host: fc.constant('example.com'),
})
