import { expect, test } from 'vitest'
import type { Policy } from '../../src/language/policy.ts'
import { advise } from '../../src/log/suggest.ts'
import { gatherLines, logged, mismatch, policiesOf, said, unproven } from './sayings.ts'

const handshake = 'Cannot start TLS: handshake failure'
const notOffered = 'TLS is required, but was not offered by host mx.partner.example[192.0.2.1]'

interface Servers {
  readonly policy: Policy
  readonly dns?: string
  readonly resolver?: string
}

/** `problem policy` of each draft, with the settings of the servers. */
function drafted({ policy, dns = 'dnssec', resolver = 'none' }: Servers, ...lines: string[]) {
  const settings = `postfix: { default_policy: ${policy}, dns_support_level: ${dns}, dynamic_policy: ${resolver} }\n`
  const { suggestions } = advise(policiesOf({ '_settings.yaml': settings }), gatherLines(...lines))
  return suggestions.map(one => `${one.problem} ${one.policy}`)
}

const failed = (words: string, host = 'mx.partner.example') => [
  logged(`server certificate verification failed for ${host}[192.0.2.1]:25: ${words}`),
  logged(said({ relay: `${host}[192.0.2.1]:25` })),
]

test.each<[Policy, string, string, string]>([
  ['dane-only', 'dnssec', notOffered, 'tlsa-no-starttls may'],
  ['verify', 'enabled', notOffered, 'no-starttls may'],
  ['secure', 'enabled', handshake, 'handshake-failure may'],
  ['encrypt', 'enabled', notOffered, 'no-starttls may'],
  ['verify', 'dnssec', notOffered, 'no-starttls dane'],
])('at %s with DNS %s, %j never leads to "none"', (policy, dns, reason, expected) => {
  expect(drafted({ policy, dns }, logged(said({ reason })))).toEqual([expected])
})

test('at dane-only a handshake begins with TLSA records alone, so dane would keep mail, too', () => {
  const lines = logged(said({ reason: handshake }))
  expect(drafted({ policy: 'dane-only' }, lines)).toEqual(['handshake-failure may'])
})

test.each([
  ['mx.hosting.example', 'trusted-mx-name verify'],
  ['mx.partner.example', 'untrusted-certificate encrypt'],
])('a certificate for another name at %s is %s', (host, expected) => {
  const lines = failed('num=62:hostname mismatch', host)
  expect(drafted({ policy: 'secure' }, ...lines)).toEqual([expected])
})

test('where one server has no STARTTLS and another no proof, the draft delivers to both', () => {
  const lines = [
    logged(said({ id: 'AAAAA1', reason: unproven })),
    logged(said({ id: 'AAAAA2', reason: notOffered })),
  ]
  expect(drafted({ policy: 'verify' }, ...lines)).toEqual(['untrusted-certificate dane'])
  expect(drafted({ policy: 'dane' }, ...lines)).toEqual(['tlsa-no-starttls may'])
})

test.each<Policy>(['may', 'encrypt', 'dane', 'verify', 'secure'])(
  'where a resolver of MTA-STS policies stands behind %s, its broken policy needs encrypt alone',
  policy => {
    for (const dns of ['dnssec', 'enabled'])
      expect(
        drafted({ policy, dns, resolver: 'mta-sts' }, ...failed('certificate has expired')),
      ).toEqual(['sts-broken encrypt'])
  },
)

test('such a resolver answers for TLSA records, too, whatever the default is', () => {
  const servers = { policy: 'may', resolver: 'mta-sts' } as const
  const because = (reason: string) => drafted(servers, logged(said({ reason, relay: 'none' })))
  expect(drafted(servers, ...failed(mismatch))).toEqual(['tlsa-mismatch encrypt'])
  expect(because('TLSA lookup error for mx.partner.example:25')).toEqual([
    'tlsa-lookup-failure encrypt',
  ])
  expect(because('no TLSA records found')).toEqual(['other encrypt'])
  expect(because(notOffered)).toEqual(['no-starttls dane'])
})
