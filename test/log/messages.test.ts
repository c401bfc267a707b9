import { expect, test } from 'vitest'
import { createGatherer } from '../../src/log/gather.ts'
import { letterOf } from '../../src/log/letter.ts'
import { advise } from '../../src/log/suggest.ts'
import { asDane, gatherLines, logged, policiesOf, said } from './sayings.ts'

const sent = { status: 'sent', reason: '250 2.0.0 Ok: queued as 9' }
const handshake = 'Cannot start TLS: handshake failure'

test('messages are counted, not their attempts and not their recipients', () => {
  const lines = [10, 15, 25].flatMap(minute => [
    logged(said({ id: 'AAAAA1' }), { minute }),
    logged(said({ id: 'AAAAA1', to: 'b@partner.example' }), { minute }),
    logged(said({ id: 'AAAAA2' }), { minute }),
  ])
  expect(gatherLines(...lines)).toMatchObject([{ count: 2, attempts: 9, waiting: 2 }])
})

test('the trouble is as old as the oldest message that still waits', () => {
  const [trouble] = gatherLines(
    logged(said({ id: 'AAAAA1' }), { minute: 10 }),
    logged(said({ id: 'AAAAA1', ...sent }), { minute: 20 }),
    logged(said({ id: 'AAAAA2' }), { minute: 30 }),
    logged(said({ id: 'AAAAA3' }), { minute: 40 }),
  )
  expect(trouble).toMatchObject({ count: 3, waiting: 2, first: 'Nov 22 03:30:01', through: null })
})

test.each([
  ['the same message', 'AAAAA1'],
  ['a later one', 'AAAAA2'],
])('where %s was delivered after the last failure, no override is drafted', (_, id) => {
  const troubles = gatherLines(
    logged(said({ id: 'AAAAA1' })),
    logged(said({ id, ...sent }), { minute: 20 }),
  )
  const { suggestions, remarks } = advise(asDane, troubles)
  expect(suggestions).toEqual([])
  expect(remarks[0]?.why).toContain('was delivered later')
})

test('mail that failed again after a delivery needs an override still', () => {
  const troubles = gatherLines(
    logged(said({ id: 'AAAAA1' })),
    logged(said({ id: 'AAAAA2', ...sent }), { minute: 20 }),
    logged(said({ id: 'AAAAA3' }), { minute: 30 }),
  )
  expect(advise(asDane, troubles).suggestions).toHaveLength(1)
})

test('a handshake that fails and goes on unencrypted needs none; one that keeps failing has TLSA records', () => {
  const fails = (delay: string) => said({ reason: handshake, delay })
  const late = gatherLines(logged(fails('0.4')), logged(said(sent), { minute: 16 }))
  expect(advise(asDane, late).remarks[0]?.why).toContain('perhaps unencrypted')
  expect(advise(asDane, gatherLines(logged(fails('310')))).suggestions).toEqual([])
  const { suggestions } = advise(asDane, gatherLines(logged(fails('0.4')), logged(fails('4000'))))
  expect(suggestions).toMatchObject([{ problem: 'handshake-failure', policy: 'may' }])
})

test('a server on another port is its own destination, whomever the mail is for', () => {
  const relay = 'Smart.example[192.0.2.9]:587'
  const troubles = gatherLines(
    ...['a@one.example', 'b@two.example'].map((to, i) =>
      logged(said({ id: `AAAAA${i}`, to, relay })),
    ),
  )
  const { suggestions } = advise(asDane, troubles)
  expect(suggestions.map(({ destinations }) => destinations)).toEqual([['[smart.example]:587']])
  const standing = policiesOf({
    'smart.yaml':
      'destination: "[smart.example]:587"\npolicy: encrypt\njustification: x\nreview_date: 2030-01-01\n',
  })
  expect(advise(standing, troubles).remarks[0]?.why).toContain('smart.yaml')
})

test('the next-hop that a policy was looked up for is the destination, for later mails, too', () => {
  const reason = 'TLSA lookup error for relay2.hosting.example:25'
  const troubles = gatherLines(
    logged(
      `warning: TLS policy lookup for [relay2.hosting.example]:25/relay2.hosting.example: ${reason}`,
    ),
    logged(said({ id: 'AAAAA1', relay: 'none', reason })),
    logged(
      said({ id: 'AAAAA2', relay: 'none', reason: `delivery temporarily suspended: ${reason}` }),
      { pid: 8 },
    ),
  )
  expect(troubles).toMatchObject([
    { domain: '[relay2.hosting.example]:25', count: 2, servers: ['relay2.hosting.example'] },
  ])
})

test('an override for the relayhost is named, where the log shows its name alone', () => {
  const standing = policiesOf({
    'smart.yaml':
      'destination: "[smart.example]"\npolicy: encrypt\njustification: x\nreview_date: 2030-01-01\n',
  })
  const troubles = gatherLines(logged(said({ relay: 'smart.example[192.0.2.9]:25' })))
  const { suggestions, remarks } = advise(standing, troubles)
  expect(suggestions).toEqual([])
  expect(remarks[0]?.why).toContain('[smart.example] (smart.yaml)')
})

test('destinations that share any of their servers make one draft', () => {
  const at = (domain: string, host: string, id: string) =>
    logged(said({ id, to: `a@${domain}`, relay: `${host}.hosting.example[192.0.2.9]:25` }))
  const troubles = gatherLines(
    at('a.example', 'mx1', 'AAAAA1'),
    at('b.example', 'mx2', 'AAAAA2'),
    at('c.example', 'mx1', 'AAAAA3'),
    at('c.example', 'mx2', 'AAAAA4'),
  )
  const { suggestions } = advise(asDane, troubles)
  expect(suggestions.map(({ destinations }) => destinations.toSorted())).toEqual([
    ['a.example', 'b.example', 'c.example'],
  ])
})

test('Postfix 3.11 tells which policy acted, and that counts more than the settings', () => {
  const untrusted =
    'certificate verification failed for mx.partner.example[192.0.2.1]:25: self-signed certificate'
  const { suggestions } = advise(
    asDane,
    gatherLines(logged(untrusted), logged(said({ tls: 'secure' }))),
  )
  expect(suggestions).toMatchObject([{ problem: 'untrusted-certificate' }])
})

test('where a resolver of MTA-STS policies answers, a certificate without a word of TLSA is its matter', () => {
  const policies = policiesOf({ '_settings.yaml': 'postfix: { dynamic_policy: mta-sts }\n' })
  const failed = (words: string) =>
    logged(`server certificate verification failed for mx.partner.example[192.0.2.1]:25: ${words}`)
  const problem = (words: string) =>
    advise(policies, gatherLines(failed(words), logged(said()))).suggestions.map(one => one.problem)
  expect(problem('num=62:hostname mismatch')).toEqual(['sts-broken'])
  expect(problem('num=65:no matching DANE TLSA records')).toEqual(['tlsa-mismatch'])
  const pattern =
    "warning: MX name 'mx.partner.example' does not match STS MX pattern for 'partner.example'"
  const reason = 'server unavailable or unable to receive mail'
  const troubles = gatherLines(logged(pattern), logged(said({ relay: 'none', reason })))
  expect(advise(policies, troubles).suggestions.map(one => one.problem)).toEqual(['sts-broken'])
})

test('a refusal that the settings do not explain is told as that', () => {
  const policies = policiesOf({ '_settings.yaml': 'postfix: { default_policy: may }\n' })
  const { suggestions, remarks } = advise(policies, gatherLines(logged(said())))
  expect(suggestions).toEqual([])
  expect(remarks[0]?.why).toContain('default_policy')
})

test.each([
  ['self-signed certificate', 'untrusted-certificate', 'cannot be verified'],
  ['untrusted issuer /CN=x', 'untrusted-certificate', 'cannot be verified'],
  ['certificate has expired', 'tlsa-mismatch', 'cannot be verified'],
  ['num=65:no matching DANE TLSA records', 'tlsa-mismatch', 'do not match the certificate'],
])('where the servers act as dane, %j is %s, and the letter says so', (words, problem, subject) => {
  const [suggestion, ...others] = advise(
    asDane,
    gatherLines(
      logged(`certificate verification failed for mx.partner.example[192.0.2.1]:25: ${words}`),
      logged(said()),
    ),
  ).suggestions
  expect(others).toEqual([])
  expect(suggestion).toMatchObject({ problem, policy: 'encrypt' })
  expect(suggestion && letterOf(suggestion)).toMatch(new RegExp(`^Subject: .*${subject}$`, 'm'))
})

test('a delivery counts as later by its time, not by its place in the log', () => {
  const [trouble] = gatherLines(
    logged(said({ id: 'AAAAA2' }), { minute: 30 }),
    logged(said({ id: 'AAAAA1', ...sent }), { minute: 20 }),
    logged(said({ id: 'AAAAA3' }), { minute: 25 }),
  )
  expect(trouble).toMatchObject({
    ...{ waiting: 2, first: 'Nov 22 03:25:01', last: 'Nov 22 03:30:01', through: null },
  })
})

test('January comes after December', () => {
  const inMonth = (month: string, message: string) => logged(message).replace('Nov', month)
  const [trouble] = gatherLines(
    inMonth('Dec', said({ id: 'AAAAA1' })),
    inMonth('Jan', said({ id: 'AAAAA1', ...sent })),
  )
  expect(trouble).toMatchObject({ waiting: 0, through: 'Jan 22 03:10:01' })
})

test('ordinary failures take no room from those of TLS', () => {
  const reason = 'host mx.slow.example[192.0.2.1] said: 450 later'
  const ordinary = Array.from({ length: 20 }, (_, i) =>
    logged(said({ id: `A${i + 100_000}`, to: 'a@slow.example', reason })),
  )
  const { take, tell } = createGatherer({ troubles: 9, ordinary: 9, messages: 9 })
  for (const line of [...ordinary, logged(said()), logged(said())]) take(line)
  const { troubles } = tell()
  expect(troubles.find(({ domain }) => domain === 'partner.example')).toMatchObject({
    ...{ count: 1, attempts: 2, waiting: 1 },
  })
})

test('a destination with two faults gets one draft, which delivers in spite of both', () => {
  const reason = 'TLS is required, but was not offered by host mx2.partner.example[192.0.2.2]'
  const lines = [logged(said({ id: 'AAAAA1' })), logged(said({ id: 'AAAAA2', reason }))]
  for (const order of [lines, lines.toReversed()]) {
    const { suggestions } = advise(asDane, gatherLines(...order))
    expect(suggestions).toMatchObject([
      { destinations: ['partner.example'], policy: 'may', problem: 'tlsa-no-starttls' },
    ])
    expect(suggestions[0]?.troubles).toHaveLength(2)
  }
})

test('the two spellings of an internationalised name get one draft', () => {
  const troubles = gatherLines(
    logged(said({ id: 'AAAAA1', to: 'a@münchen.example' })),
    logged(said({ id: 'AAAAA2', to: 'a@xn--mnchen-3ya.example' })),
  )
  expect(troubles).toHaveLength(2)
  expect(advise(asDane, troubles).suggestions.map(one => one.destinations.length)).toEqual([1])
})
