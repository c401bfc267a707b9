import { expect, test } from 'vitest'
import type { Override } from '../../src/language/override.ts'
import { collectPolicies } from '../../src/language/policies.ts'
import { readFile } from '../../src/language/read-file.ts'
import { createGatherer } from '../../src/log/gather.ts'
import { readLine } from '../../src/log/line.ts'
import { advise } from '../../src/log/suggest.ts'
import { draftComments, remarkLines } from '../../src/log/words.ts'

const deferred = (domain: string, reason: string, relay = `mx.${domain}[192.0.2.1]:25`) =>
  `4F1A2B3C4D: to=<a@${domain}>, relay=${relay}, delay=0.1, delays=0/0/0/0, dsn=4.7.5, status=deferred (${reason})`

const unproven = 'Server certificate not verified'

const cause = (domain: string, words: string) =>
  `server certificate verification failed for mx.${domain}[192.0.2.1]:25: ${words}`

const mismatch = 'num=65:no matching DANE TLSA records'

function gather(...messages: readonly string[]) {
  const { take, tell } = createGatherer()
  for (const message of messages) take(`Nov 22 03:10:01 mx postfix/smtp[123]: ${message}`)
  return tell().troubles
}

function policiesOf(files: Readonly<Record<string, string>>) {
  const sources = Object.entries(files).map(([path, text]) => ({
    path,
    bytes: new TextEncoder().encode(text),
  }))
  return collectPolicies(sources, readFile)
}

const asDane = policiesOf({})
const as = (policy: Override['policy']) =>
  policiesOf({ '_settings.yaml': `postfix: { default_policy: ${policy} }\n` })

const message = deferred('partner.example', unproven)

test.each<[string, string, string]>([
  ['syslog', `Nov  2 03:10:01 mx postfix/smtp[123]: ${message}`, 'Nov  2 03:10:01'],
  [
    'syslog with ISO times',
    `2026-11-22T03:12:01.123456+01:00 mx postfix/smtp[124]: ${message}`,
    '2026-11-22T03:12:01.123456+01:00',
  ],
  [
    'RFC 5424',
    `<22>1 2026-11-22T03:12:02Z mx postfix/smtp 77 - - ${message}`,
    '2026-11-22T03:12:02Z',
  ],
  [
    'a container',
    `postfix-mailcow-1  | Nov 22 04:10:01 abc postfix/smtp[9]: ${message}`,
    'Nov 22 04:10:01',
  ],
  [
    'another instance',
    `Nov 22 04:10:01 mx postfix-out/relay/smtp[9]: ${message}`,
    'Nov 22 04:10:01',
  ],
  ['journalctl -o cat', message, ''],
  ['a long queue id', message.replace('4F1A2B3C4D', '4ZvQxk3yKTz1xB'), ''],
  [
    'journalctl -o json',
    JSON.stringify({ MESSAGE: message, __REALTIME_TIMESTAMP: '1795320722000000' }),
    '2026-11-22T04:12:02.000Z',
  ],
])('a line of %s is read', (_, line, time) => {
  const { take, tell } = createGatherer()
  take(line)
  expect(readLine(line)?.time).toBe(time)
  expect(tell().troubles).toMatchObject([{ domain: 'partner.example', first: time, count: 1 }])
})

test.each([
  'Nov 22 03:10:01 mx postfix/smtp[1]: 4F1A2B3C4D: to=<a@b.example>, relay=x, dsn=2.0.0, status=sent (250 ok)',
  'Nov 22 03:10:01 mx postfix/qmgr[1]: 4F1A2B3C4D: from=<a@b.example>, size=1, nrcpt=1',
  'Nov 22 03:10:01 mx dovecot: status=deferred (Server certificate not verified)',
  '{"MESSAGE": 3, "x": " status=deferred ("}',
  '{ status=deferred (',
  '',
])('%j tells nothing', line => {
  const { take, tell } = createGatherer()
  take(line)
  expect(tell().troubles).toEqual([])
})

test('a fault has its count, its first and last time, its servers and the words before it', () => {
  const { take, tell } = createGatherer()
  for (const minute of ['10', '11', '12'])
    take(`Nov 22 03:${minute}:01 mx postfix/smtp[1]: ${message}`)
  take(`Nov 22 03:13:01 mx postfix/smtp[2]: ${cause('partner.example', mismatch)}`)
  take(`Nov 22 03:14:01 mx postfix/smtp[2]: ${message}`)
  expect(tell().troubles).toEqual([
    {
      ...{ domain: 'partner.example', fault: 'unproven', reason: unproven },
      ...{ count: 1, attempts: 4, waiting: 1, through: null, age: 0.1, acting: null },
      ...{ first: 'Nov 22 03:10:01', last: 'Nov 22 03:14:01' },
      ...{ servers: ['mx.partner.example'], cause: mismatch },
    },
  ])
})

test.each<[string, string, string]>([
  [unproven, 'tlsa-mismatch', 'encrypt'],
  [`delivery temporarily suspended: ${unproven}`, 'tlsa-mismatch', 'encrypt'],
  ['TLSA lookup error for mx.partner.example:25', 'tlsa-lookup-failure', 'encrypt'],
  [
    'TLS is required, but was not offered by host mx.partner.example[192.0.2.1]',
    'tlsa-no-starttls',
    'may',
  ],
])('where the servers act as dane, %j is %s, and %s exposes least', (reason, problem, policy) => {
  const { suggestions, remarks } = advise(asDane, gather(deferred('partner.example', reason)))
  expect(remarks).toEqual([])
  expect(suggestions).toMatchObject([{ destinations: ['partner.example'], problem, policy }])
})

test.each<[Override['policy'], string, string, string | undefined]>([
  [
    'encrypt',
    'TLS is required, but was not offered by host mx.x[192.0.2.1]',
    'no-starttls',
    'dane',
  ],
  ['encrypt', 'Cannot start TLS: handshake failure', 'handshake-failure', 'dane'],
  ['secure', unproven, 'untrusted-certificate', 'encrypt'],
  ['verify', unproven, 'untrusted-certificate', 'encrypt'],
  ['dane-only', 'no TLSA records found', 'other', 'encrypt'],
])('where the servers act as %s, %j is %s, and %s helps', (servers, reason, problem, policy) => {
  const { suggestions } = advise(as(servers), gather(deferred('partner.example', reason)))
  expect(suggestions.map(one => [one.problem, one.policy])).toEqual([[problem, policy]])
})

test.each([
  'connect to mx.partner.example[192.0.2.1]:25: Connection timed out',
  'host mx.partner.example[192.0.2.1] refused to talk to me: 421 too many connections',
  'Host or domain name not found. Name service error for name=partner.example type=MX: Host not found, try again',
  'host mx.partner.example[192.0.2.1] said: 450 greylisted (in reply to RCPT TO command)',
  'client TLS configuration problem',
  'Cannot start TLS: handshake failure',
])('%j is no reason for an override where the servers act as dane', reason => {
  const { suggestions, remarks } = advise(asDane, gather(deferred('partner.example', reason)))
  expect(suggestions).toEqual([])
  expect(remarks).toHaveLength(1)
})

test('destinations with one broken server make one draft', () => {
  const relay = 'mx.hosting.example[192.0.2.9]:25'
  const domains = ['a.example', 'b.example']
  const troubles = gather(
    ...domains.map(domain => deferred(domain, unproven, relay)),
    deferred('c.example', unproven),
  )
  const { suggestions } = advise(asDane, troubles)
  expect(suggestions.map(({ destinations }) => destinations)).toEqual([domains, ['c.example']])
})

test('a destination with an override gets no second one', () => {
  const policies = policiesOf({
    'partner.yaml':
      'destination: partner.example\npolicy: may\njustification: x\nreview_date: 2030-01-01\n',
  })
  const { suggestions, remarks } = advise(policies, gather(message))
  expect(suggestions).toEqual([])
  expect(remarks[0]?.why).toContain('partner.yaml')
})

test('unrelated recipients that fail alike look like a fault on this side', () => {
  const fails = (count: number) =>
    gather(
      ...Array.from({ length: count }, (_, i) =>
        deferred(`p${i}.example`, `TLSA lookup error for mx${i}.hosting.example:25`, 'none'),
      ),
    )
  const sites = fails(4).map((one, i) => ({ ...one, servers: [`mx.site${i}.example`] }))
  expect(advise(asDane, sites).ownSide).toHaveLength(1)
  expect(advise(asDane, sites.slice(1)).ownSide).toEqual([])
  expect(advise(asDane, fails(8)).ownSide, 'one site').toEqual([])
})

test('what a hostile log says is harmless in a draft', () => {
  const evil = `TLSA lookup error for mx:25 \u001b[31m\u2028::error::x ##[add-mask]y`
  const troubles = gather(deferred('partner.example', evil), deferred('"evil\n".example', evil))
  const { suggestions, remarks } = advise(asDane, troubles)
  const shown = [...suggestions.flatMap(draftComments), ...remarks.flatMap(remarkLines)].join('|')
  expect(shown).toContain('mx:25')
  expect(shown).not.toMatch(/[\u001b\n\u2028]|##\[/)
  expect(suggestions.map(({ destinations }) => destinations)).toEqual([['partner.example']])
})

test('a log of endless domains needs no endless memory', () => {
  const { take, tell } = createGatherer()
  for (let i = 0; i < 20_010; i += 1) take(deferred(`p${i}.example`, unproven))
  expect(tell().troubles).toHaveLength(20_000)
  expect(tell().leftOut).toBe(10)
})
