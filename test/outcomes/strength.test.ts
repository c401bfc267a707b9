import { expect, test } from 'vitest'
import type { Parameters } from '../../src/language/override.ts'
import type { Policy } from '../../src/language/policy.ts'
import type { Effect } from '../../src/language/settings.ts'
import { defaultSettings } from '../../src/language/settings.ts'
import { compareDecisions } from '../../src/outcomes/compare.ts'
import { mirrored } from './arbitrary.ts'

function compare(
  [policy, parameters]: readonly [Policy, Parameters],
  [nextPolicy, nextParameters]: readonly [Policy, Parameters],
) {
  return compareDecisions(
    { policy, parameters, host: 'example.com' },
    { policy: nextPolicy, parameters: nextParameters, host: 'example.com' },
    defaultSettings,
    defaultSettings,
  )
}

const a = 'AA:BB:CC'
const b = 'dd:ee:ff'

type Case = readonly [Policy, Parameters, Parameters, Effect]

const cases: readonly Case[] = [
  ['encrypt', { protocols: ['>=TLSv1'] }, {}, 'same'],
  ['encrypt', {}, { protocols: ['>=TLSv1.2'] }, 'stronger'],
  ['encrypt', {}, { protocols: ['!SSLv3:!TLSv1'] }, 'stronger'],
  ['encrypt', { protocols: ['!SSLv3', '!TLSv1'] }, { protocols: ['>=TLSv1.1'] }, 'same'],
  ['encrypt', {}, { protocols: [''] }, 'weaker'],
  ['encrypt', { protocols: ['>=TLSv1.2'] }, {}, 'weaker'],
  ['encrypt', {}, { protocols: ['<=TLSv1.2'] }, 'weaker'],
  ['encrypt', {}, { protocols: ['>=TLSv1.1:<=TLSv1.2'] }, 'mixed'],
  ['encrypt', {}, { protocols: ['!SSLv3:!TLSv1.1'] }, 'weaker'],
  ['encrypt', { protocols: ['TLSv1:TLSv1.3'] }, { protocols: ['TLSv1'] }, 'same'],
  ['encrypt', { protocols: ['!TLSv1'] }, { protocols: [''] }, 'weaker'],
  ['encrypt', {}, { protocols: ['>=TLSv1.3:<=TLSv1.2'] }, 'mixed'],
  ['encrypt', {}, { ciphers: ['high'] }, 'stronger'],
  ['encrypt', {}, { ciphers: ['Medium'] }, 'same'],
  ['encrypt', {}, { ciphers: ['low'] }, 'weaker'],
  ['encrypt', { ciphers: ['high'] }, { ciphers: ['null'] }, 'weaker'],
  ['encrypt', {}, { ciphers: ['strong'] }, 'mixed'],
  ['encrypt', {}, { exclude: ['aNULL', 'RC4'] }, 'stronger'],
  ['encrypt', { exclude: ['aNULL', 'RC4'] }, { exclude: ['aNULL'] }, 'weaker'],
  ['encrypt', { exclude: ['aNULL', 'RC4'] }, { exclude: ['RC4:aNULL:RC4'] }, 'same'],
  ['encrypt', { exclude: ['aNULL'] }, { exclude: ['RC4'] }, 'mixed'],
  ['encrypt', {}, { exclude: [''] }, 'same'],
  ['encrypt', {}, { servername: ['hostname'] }, 'mixed'],
  ['encrypt', { servername: ['a.example'] }, { servername: ['b.example'] }, 'mixed'],
  ['encrypt', {}, { connection_reuse: ['yes'] }, 'other'],
  ['encrypt', {}, { connection_reuse: ['No'] }, 'same'],
  ['encrypt', {}, { enable_rpk: ['yes'] }, 'other'],
  ['encrypt', {}, { enable_rpk: ['no'] }, 'same'],
  ['encrypt', {}, { ciphers: ['high'], connection_reuse: ['yes'] }, 'stronger'],
  ['encrypt', {}, { ciphers: ['high'], protocols: ['<=TLSv1.2'] }, 'mixed'],
  ['fingerprint', { match: [a] }, { match: [a, b] }, 'weaker'],
  ['fingerprint', { match: [`${a}|${b}`] }, { match: [b] }, 'stronger'],
  ['fingerprint', { match: [a] }, { match: [b] }, 'mixed'],
  ['fingerprint', { match: [a, b] }, { match: [b, 'aabbcc', a] }, 'same'],
  ['fingerprint', {}, { match: [a] }, 'mixed'],
  ['fingerprint', { match: [a] }, {}, 'mixed'],
  ['secure', {}, { match: ['dot-nexthop', 'NEXTHOP', 'nexthop'] }, 'same'],
  ['secure', {}, { match: ['nexthop'] }, 'stronger'],
  ['secure', { match: ['nexthop'] }, {}, 'weaker'],
  ['secure', {}, { match: ['nexthop:dot-nexthop:mx.provider.example'] }, 'weaker'],
  ['secure', { match: ['a.provider.example'] }, { match: ['b.provider.example'] }, 'mixed'],
  ['secure', { match: ['nexthop'] }, { match: ['nexthop', 'dead.example.'] }, 'same'],
  ['secure', {}, { match: ['hostname'] }, 'weaker'],
  ['secure', { match: ['hostname', 'nexthop'] }, {}, 'stronger'],
  ['verify', {}, { match: ['hostname', 'mx.provider.example'] }, 'weaker'],
  ['secure', {}, { tafile: ['/a.pem'] }, 'mixed'],
  ['secure', { tafile: ['/a.pem'] }, { tafile: ['/b.pem'] }, 'mixed'],
  ['secure', { tafile: ['/a.pem'] }, { tafile: ['/b.pem', '/a.pem'] }, 'weaker'],
  ['secure', { tafile: ['/b.pem', '/a.pem'] }, { tafile: ['/a.pem'] }, 'stronger'],
  ['secure', { tafile: ['/b.pem', '/a.pem'] }, { tafile: ['/a.pem', '/b.pem'] }, 'same'],
  ['may', {}, { match: ['nexthop'], tafile: ['/a.pem'] }, 'same'],
  ['none', {}, { protocols: ['>=TLSv1.3'], ciphers: ['high'] }, 'same'],
  ['none', { servername: ['hostname'] }, {}, 'same'],
]

test.each(cases)('%s: from %j to %j is %s', (policy, before, after, effect) => {
  expect(compare([policy, before], [policy, after]).verdict).toBe(effect)
})

test.each(cases)('%s: back from %j to %j mirrors %s', (policy, before, after, effect) => {
  expect(compare([policy, after], [policy, before]).verdict).toBe(mirrored[effect])
})

test('the comparison names the parameters that move', () => {
  const comparison = compare(
    ['encrypt', { ciphers: ['high'] }],
    ['encrypt', { exclude: ['aNULL'], connection_reuse: ['yes'] }],
  )
  expect(comparison.parameters).toEqual({
    ciphers: 'weaker',
    exclude: 'stronger',
    connection_reuse: 'other',
  })
})

test('parameters count between different policies that use TLS', () => {
  expect(compare(['may', {}], ['encrypt', { ciphers: ['high'] }]).verdict).toBe('stronger')
  expect(compare(['may', { ciphers: ['high'] }], ['encrypt', {}]).verdict).toBe('mixed')
})

test('parameters do not count where one side uses no TLS', () => {
  expect(compare(['may', { ciphers: ['high'] }], ['none', {}]).verdict).toBe('weaker')
  expect(compare(['none', { ciphers: ['high'] }], ['may', {}]).verdict).toBe('stronger')
})

test('pins and names are not compared with each other', () => {
  const pinned = ['fingerprint', { match: [a] }] as const
  const named = ['secure', { match: ['nexthop'], tafile: ['/a.pem'] }] as const
  expect(compare(pinned, named).parameters).toEqual({})
})

test('a literal name instead of the default of secure is mixed: another proof, other recipients', () => {
  const comparison = compare(['secure', {}], ['secure', { match: ['mx.provider.example'] }])
  expect(comparison.verdict).toBe('mixed')
  expect(comparison.releases).toEqual(['trusted-mx-name'])
  expect(comparison.stops).toEqual(['trusted-domain-name', 'tlsa-match-trusted'])
})

test('the parameters of an override count against the baseline', () => {
  const dane = { policy: 'dane', parameters: { protocols: ['>=TLSv1.2'] } } as const
  expect(compareDecisions(null, dane, defaultSettings, defaultSettings).verdict).toBe('stronger')
})
