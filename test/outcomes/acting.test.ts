import { expect, test } from 'vitest'
import { kinds } from '../../src/language/kind.ts'
import type { Parameters } from '../../src/language/override.ts'
import type { Policy } from '../../src/language/policy.ts'
import { policies } from '../../src/language/policy.ts'
import type { Settings } from '../../src/language/settings.ts'
import { defaultSettings } from '../../src/language/settings.ts'
import { baselineOutcomes, outcomesOf } from '../../src/outcomes/acting.ts'
import { measuredOutcomes } from '../../src/outcomes/outcomes.ts'

function settingsWith(postfix: Partial<Settings['postfix']>): Settings {
  return { ...defaultSettings, postfix: { ...defaultSettings.postfix, ...postfix } }
}

function outcomes(policy: Policy, parameters: Parameters = {}, host = 'example.com') {
  return outcomesOf({ policy, parameters, host }, defaultSettings)
}

/** The three kinds that a `match` list decides. */
function named(match: readonly string[], host?: string): readonly string[] {
  const result = outcomes('secure', { match }, host)
  return [result['trusted-mx-name'], result['trusted-domain-name'], result['tlsa-match-trusted']]
}

const nothing = ['deferred', 'deferred', 'deferred']
const byMx = ['verified-mx', 'verified-mx', 'verified-mx']
const byDomain = ['deferred', 'verified', 'verified']
const byForeign = ['verified', 'deferred', 'deferred']
const byBoth = ['verified', 'verified', 'verified']

test.each(policies)('%s without parameters acts as measured', policy => {
  expect(outcomes(policy)).toEqual(measuredOutcomes(policy))
})

test.each(['disabled', 'enabled'] as const)('DNS support %s has no DANE', dnsSupportLevel => {
  const settings = settingsWith({ dnsSupportLevel })
  const at = (policy: Policy) => outcomesOf({ policy, parameters: {} }, settings)
  expect(at('dane')).toEqual(measuredOutcomes('may'))
  expect(new Set(Object.values(at('dane-only')))).toEqual(new Set(['deferred']))
  expect(at('secure')).toEqual(measuredOutcomes('secure'))
  expect(baselineOutcomes(settings)).toEqual(measuredOutcomes('may'))
})

test('the baseline is the default policy, and stands for no decision', () => {
  const settings = settingsWith({ defaultPolicy: 'encrypt' })
  expect(baselineOutcomes(settings)).toEqual(measuredOutcomes('encrypt'))
  expect(outcomesOf(null, settings)).toEqual(baselineOutcomes(settings))
  expect(Object.keys(baselineOutcomes(settings))).toEqual([...kinds])
})

test('a resolver of MTA-STS policies proves and refuses at the baseline, not under an override', () => {
  const settings = settingsWith({ dynamicPolicy: 'mta-sts' })
  const dane = measuredOutcomes('dane')
  expect(baselineOutcomes(settings)).toEqual({
    ...dane,
    'sts-valid': 'verified',
    'sts-broken': 'deferred',
  })
  expect(outcomesOf({ policy: 'dane', parameters: {} }, settings)).toEqual({
    ...dane,
    'sts-valid': 'encrypted',
    'sts-broken': 'encrypted',
  })
})

test('a name of match decides what verify and secure prove, and nothing else', () => {
  expect(outcomes('secure', { match: ['hostname'] })).toEqual(measuredOutcomes('verify'))
  const hosted = outcomes('verify', { match: ['mx.provider.example'] })
  expect(hosted).toEqual({
    ...measuredOutcomes('secure'),
    'trusted-mx-name': 'verified',
    'trusted-domain-name': 'deferred',
    'tlsa-match-trusted': 'deferred',
  })
  expect(outcomes('verify', { match: ['nexthop', 'dot-nexthop'] })).toEqual(
    measuredOutcomes('secure'),
  )
})

test.each([
  [['hostname'], byMx],
  [['HostName'], byMx],
  [['mx.provider.example:hostname'], byMx],
  [['nexthop', 'hostname'], byMx],
  [['nexthop'], byDomain],
  [['DOT-NEXTHOP'], byDomain],
  [['nexthop:dot-nexthop'], byDomain],
  [['example.com'], byDomain],
  [['.example.com'], byDomain],
  [['mail.Example.COM'], byDomain],
  [['*.example.com'], byDomain],
  [['mx.provider.example'], byForeign],
  [['.provider.example'], byForeign],
  [['notexample.com'], byForeign],
  [['nexthop', 'mx.provider.example'], byBoth],
  [['nexthop:dot-nexthop:mx.provider.example'], byBoth],
  [[''], nothing],
  [[':.'], nothing],
  [['dot-hostname'], nothing],
  [['relay'], byForeign],
  [['mx.provider.example.'], nothing],
  [['[mx.provider.example]'], nothing],
  [['mx.provider.example|example.com'], nothing],
  [['example..com'], nothing],
  [['-bad-.example.com'], nothing],
  [['mx.provider.example\u200b'], nothing],
  [['mx.provider.example.', 'nexthop'], byDomain],
])('match %j proves %j', (match, expected) => {
  expect(named(match)).toEqual(expected)
})

test('a name with a leading dot also covers the subdomain that is the destination', () => {
  expect(named(['.example.com'], 'sub.example.com')).toEqual(byBoth)
  expect(named(['example.com'], 'sub.example.com')).toEqual(byForeign)
})

test('names are compared as A-labels', () => {
  const host = 'xn--mnchen-3ya.example'
  expect(named(['mx.münchen.example'], host)).toEqual(byDomain)
  expect(named(['.münchen.example'], host)).toEqual(byDomain)
  expect(named(['*.münchen.example'], host)).toEqual(byDomain)
})

test('without a host every literal name lies elsewhere', () => {
  const decision = { policy: 'secure', parameters: { match: ['mx.example.com'] } } as const
  const result = outcomesOf(decision, defaultSettings)
  expect(result['trusted-mx-name']).toBe('verified')
  expect(result['trusted-domain-name']).toBe('deferred')
})

test.each(['192.0.2.1', '2001:db8::1'])(
  'secure never verifies the address %s by its default',
  host => {
    expect(Object.values(outcomes('secure', {}, host))).not.toContain('verified')
    expect(named(['nexthop'], host)).toEqual(byDomain)
    expect(named(['mail.example.com'], host)).toEqual(byForeign)
    expect(named(['hostname'], host)).toEqual(byMx)
  },
)

test('other parameters leave the outcomes as they are', () => {
  const parameters = { protocols: ['>=TLSv1.3'], ciphers: ['high'], exclude: ['aNULL'] }
  for (const policy of policies) {
    expect(outcomes(policy, parameters)).toEqual(measuredOutcomes(policy))
  }
})
