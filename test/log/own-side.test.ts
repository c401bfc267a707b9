import { expect, test } from 'vitest'
import { letterOf } from '../../src/log/letter.ts'
import { advise } from '../../src/log/suggest.ts'
import { draftComments } from '../../src/log/words.ts'
import { asDane, gatherLines, logged, said } from './sayings.ts'

const peer = 'mx.partner.example[192.0.2.1]'
const handshake = 'Cannot start TLS: handshake failure'
const refused = 'client TLS configuration problem'

test.each<[string, string]>([
  [`warning: ${peer}: Invalid TLS protocol list "TLSv1.0": aborting TLS session`, handshake],
  [`warning: ${peer}:25: invalid cipher grade: "strong"`, handshake],
  [`warning: ${peer}: invalid unary '!+-@' in cipher exclusion: !aNULL`, handshake],
  [`warning: ${peer}: error setting cipher grade: "medium"`, handshake],
  ['warning: TLS library problem: error:0A0000BF:SSL routines::no protocols available', handshake],
  ['warning: TLS library problem: error:0A0000B9:SSL routines::no cipher match', handshake],
  ['warning: connect to private/tlsproxy service: No such file or directory', handshake],
  [`warning: ${peer}: all fingerprints unusable`, 'Server certificate not verified'],
  [`warning: ${peer}: could not configure peer name checks`, 'Server certificate not verified'],
  [
    'warning: smtp_tls_policy_maps, next-hop destination "partner.example": invalid security level "required"',
    refused,
  ],
  ['warning: error opening trust anchor file: /nonexistent: No such file or directory', refused],
  [
    'warning: nexthop domain partner.example: configured at fingerprint security level, but with no fingerprints to match.',
    refused,
  ],
])('%j is our own fault, and is told', (words, reason) => {
  const relay = reason === refused ? 'none' : `${peer}:25`
  const troubles = gatherLines(logged(words), logged(said({ relay, reason })))
  const { suggestions, remarks, ownSide } = advise(asDane, troubles)
  expect(suggestions).toEqual([])
  expect(ownSide).toMatchObject([expect.stringContaining('own table')])
  expect(remarks[0]?.why).toContain(words.replace(/^warning: (?:\S+\[\S+\]\S*: )?/, ''))
})

test('what a process said of an earlier mail is not blamed for a later one', () => {
  const troubles = gatherLines(
    logged('warning: connect to private/tlsproxy service: No such file or directory'),
    logged(said({ to: 'a@first.example', reason: handshake })),
    logged(said({ to: 'a@second.example', reason: handshake })),
  )
  expect(troubles.map(({ domain, fault }) => [domain, fault])).toEqual([
    ['first.example', 'own-table'],
    ['second.example', 'handshake-failure'],
  ])
})

const lookup = (site: string) =>
  `Host or domain name not found. Name service error for name=${site} type=MX: Host not found, try again`

test.each<[string, (site: string) => string, string]>([
  ['TLSA lookups', site => `TLSA lookup error for mx.${site}:25`, 'resolver'],
  ['lookups of names', lookup, 'resolver'],
  ['handshakes', () => handshake, 'MTU'],
  [
    'large mails',
    site => `conversation with mx.${site}[192.0.2.1] timed out while sending message body`,
    'MTU',
  ],
  [
    'STARTTLS',
    site => `TLS is required, but was not offered by host mx.${site}[192.0.2.1]`,
    'firewall',
  ],
])(
  '%s that fail at unrelated recipients within a day are our own fault first',
  (_, reason, word) => {
    const fail = (site: string, i: number, day = 22) =>
      logged(said({ id: `AAAAA${i}`, to: `a@${site}`, reason: reason(site) }), { day, minute: i })
    const sites = ['one.example', 'two.test', 'three.co.uk', 'four.co.uk']
    const together = gatherLines(...sites.map((site, i) => fail(site, i)))
    expect(advise(asDane, together).ownSide).toMatchObject([expect.stringContaining(word)])
    const apart = gatherLines(...sites.map((site, i) => fail(site, i, 10 + 3 * i)))
    expect(advise(asDane, apart).ownSide).toEqual([])
  },
)

test('a draft that our own fault may explain says so, and no letter asks a stranger', () => {
  const troubles = gatherLines(
    ...['a', 'b', 'c', 'd'].map((name, i) =>
      logged(
        said({
          id: `AAAAA${i}`,
          to: `a@${name}-site.example`,
          relay: 'none',
          reason: `TLSA lookup error for mx.${name}-site.example:25`,
        }),
      ),
    ),
    logged(said({ id: 'AAAAA9' })),
  )
  const { suggestions } = advise(asDane, troubles)
  expect(suggestions).toHaveLength(5)
  const own = suggestions.filter(({ ownSide }) => ownSide !== undefined)
  expect(own.map(letterOf)).toEqual([undefined, undefined, undefined, undefined])
  expect(own.map(one => draftComments(one)[0])).toEqual(
    own.map(() => expect.stringContaining('# Look at your own side first: ')),
  )
  const rest = suggestions.filter(one => one.ownSide === undefined)
  expect(rest.map(letterOf)).toEqual([expect.stringContaining('postmaster@partner.example')])
})

test.each([
  ['names', (site: string) => lookup(site)],
  ['servers', (site: string) => `conversation with mx.${site} timed out while sending RCPT TO`],
  [
    'servers without TLS',
    (site: string) => `TLS is required, but was not offered by host mx.${site}[192.0.2.1]`,
  ],
])('%s that fail now and then are in the log of every day', (_, reason) => {
  const lines = ['one.example', 'two.test', 'three.co.uk', 'four.co.uk', 'five.test'].map(
    (site, i) =>
      logged(
        said({ id: `AAAAA${i}`, to: `a@${site}`, relay: 'none', reason: reason(site) }),
      ).replace(' 03:', ` ${10 + i * 2}:`),
  )
  expect(advise(asDane, gatherLines(...lines)).ownSide).toEqual([])
})
