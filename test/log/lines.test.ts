import { expect, test } from 'vitest'
import { advise } from '../../src/log/suggest.ts'
import { asDane, gatherLines, logged, mismatch, said } from './sayings.ts'

const message = said()
const stamp = '1795320722000000'
const moment = '2026-11-22T04:12:02.000Z'

test.each<[string, readonly string[], string]>([
  [
    'journalctl -o export',
    [
      `__CURSOR=s=1;i=2`,
      `__REALTIME_TIMESTAMP=${stamp}`,
      'SYSLOG_IDENTIFIER=postfix/smtp',
      `MESSAGE=${message}`,
    ],
    moment,
  ],
  [
    'journalctl -o json with its other fields',
    [
      JSON.stringify({
        ...{ SYSLOG_IDENTIFIER: 'postfix-out/smtp', SYSLOG_PID: '5', _COMM: 'smtp' },
        ...{ MESSAGE: message, __REALTIME_TIMESTAMP: stamp },
      }),
    ],
    moment,
  ],
  [
    'a JSON file of Docker',
    [
      JSON.stringify({
        ...{ log: `Nov 22 03:10:01 mx postfix/smtp[9]: ${message}\n`, stream: 'stdout' },
        time: '2026-11-22T03:10:01.5Z',
      }),
    ],
    '2026-11-22T03:10:01.5Z',
  ],
  [
    'a forwarder',
    [
      JSON.stringify({
        ...{ '@timestamp': '2026-11-22T03:10:01Z', program: 'postfix/smtp', pid: 5 },
        message,
      }),
    ],
    '2026-11-22T03:10:01Z',
  ],
  [
    'Kubernetes',
    [`2026-11-22T03:10:01.5Z stdout F Nov 22 03:10:01 mx postfix/smtp[9]: ${message}`],
    '2026-11-22T03:10:01.5Z',
  ],
  [
    'RFC 5424 with structured data and a mark of byte order',
    [`<22>1 2026-11-22T03:12:02Z mx postfix/smtp 77 ID1 [a b="c\\]d"][e f="g"] \ufeff${message}`],
    '2026-11-22T03:12:02Z',
  ],
  [
    'RFC 5424 as rsyslog makes it of an older form',
    [`<22>1 2026-11-22T03:12:02.5+01:00 mx postfix/smtp 77 - -  ${message}`],
    '2026-11-22T03:12:02.5+01:00',
  ],
  [
    'RFC 5424 without a priority',
    [`1 2026-11-22T03:12:02Z mx postfix/smtp 77 - - ${message}`],
    '2026-11-22T03:12:02Z',
  ],
  [
    'RFC 5424 without a version',
    [`2026-11-22T03:12:02Z mx postfix/smtp 77 - - ${message}`],
    '2026-11-22T03:12:02Z',
  ],
  [
    'a container in colours',
    [`\u001b[36mpostfix-mailcow-1  | \u001b[0m${logged(message)}`],
    'Nov 22 03:10:01',
  ],
  [
    'a forwarder that keeps the blank before a message',
    [JSON.stringify({ program: 'postfix/smtp', msg: ` ${message}`, timestamp: moment })],
    moment,
  ],
  ['a relay', [logged(message).replace('postfix/smtp', 'postfix-out/relay/smtp')], ''],
  ['a name of its own', [logged(message).replace('postfix/smtp', 'outbound/smtp')], ''],
  ['CR LF', [`${logged(message)}\r`], ''],
  ['Postfix 3.11', [logged(said({ tls: 'dane' }))], ''],
  [
    'a kept connection and a forwarded recipient',
    [
      logged(
        message
          .replace(' relay=', ' orig_to=<"x y"@c.example>, relay=')
          .replace('delay=', 'conn_use=2, delay='),
      ),
    ],
    '',
  ],
  [
    'a quoted recipient',
    [logged(said({ to: '"a b>, relay=x"@partner.example', relay: 'none' }))],
    '',
  ],
])('a line of %s is read', (_, lines, time) => {
  expect(gatherLines(...lines)).toMatchObject([
    { domain: 'partner.example', fault: 'unproven', count: 1, ...(time !== '' && { first: time }) },
  ])
  expect(gatherLines(...lines)[0]?.reason).toBe('Server certificate not verified')
})

const fake = said({ to: 'a@victim.example' })

test('what lmtp says is no matter of this table', () => {
  expect(gatherLines(logged(message).replace('postfix/smtp', 'postfix/lmtp'))).toEqual([])
})

test.each([
  [
    'a program that repeats a user name',
    `Nov 22 03:10:01 mx sshd[1]: Invalid user postfix/smtp[1]: ${fake}`,
  ],
  [
    'the same in RFC 5424',
    `<22>1 2026-11-22T03:12:02Z mx sshd 1 - - user postfix/smtp 1 - - ${fake}`,
  ],
  ['a client’s words', logged(`connect from postfix/smtp[1]: ${fake}`)],
  [
    'the reply of a server',
    logged(
      said({
        reason: `host mx[192.0.2.1] said: 450 >, relay=x, dsn=4.7.5, status=deferred (TLSA lookup error for mx:25`,
      }),
    ),
  ],
  [
    'the reply of a server that names ours',
    logged(said({ reason: 'host mx[192.0.2.1] said: 450 client TLS configuration problem' })),
  ],
  [
    'the journal of another program',
    JSON.stringify({ SYSLOG_IDENTIFIER: 'sshd', MESSAGE: fake, __REALTIME_TIMESTAMP: stamp }),
  ],
  ['JSON within JSON', JSON.stringify({ MESSAGE: JSON.stringify({ MESSAGE: fake }) })],
])('%s is not believed', (_, line) => {
  expect(advise(asDane, gatherLines(line)).suggestions).toEqual([])
  expect(gatherLines(line).filter(({ fault }) => fault !== 'transient')).toEqual([])
})

test('bytes that no text has, controls and very long lines tell no more than the rest', () => {
  const reason = `TLSA lookup error for mx.partner.example:25 \u0000\ufffd\u001b[2J${'x'.repeat(60_000)}`
  const [trouble] = gatherLines(logged(said({ reason, relay: 'none' })))
  expect(trouble).toMatchObject({ fault: 'tlsa-lookup-failure', servers: ['mx.partner.example'] })
  expect(trouble?.reason.length).toBe(300)
})

test('the words before a mail are told with it, whichever process or server they name', () => {
  const troubles = gatherLines(
    logged(
      `server certificate verification failed for mx.partner.example[192.0.2.1]:25: ${mismatch}`,
      { pid: 8 },
    ),
    logged('SSL_connect error to mx.other.example[192.0.2.2]:25: -1', { pid: 9 }),
    logged('warning: TLS library problem: error:0A00010B:SSL routines::wrong version number', {
      pid: 9,
    }),
    logged(said(), { pid: 7 }),
    logged(
      said({
        to: 'a@other.example',
        relay: 'mx.other.example[192.0.2.2]:25',
        reason: 'Cannot start TLS: handshake failure',
      }),
      { pid: 9 },
    ),
  )
  expect(troubles.map(({ domain, cause }) => [domain, cause])).toEqual([
    [
      'other.example',
      'SSL_connect error to mx.other.example[192.0.2.2]:25: -1; TLS library problem: error:0A00010B:SSL routines::wrong version number',
    ],
    ['partner.example', mismatch],
  ])
})

test('where one server after another fails, all are named with their words', () => {
  const at = (host: string, words: string) =>
    logged(`server certificate verification failed for ${host}[192.0.2.1]:25: ${words}`)
  const [trouble] = gatherLines(
    at('mx.stranger.test', 'certificate has expired'),
    at('mx1.partner.example', mismatch),
    logged('4F1A2B3C4D: Server certificate not verified'),
    at('mx2.partner.example', mismatch),
    logged(said({ relay: 'mx2.partner.example[192.0.2.1]:25' })),
  )
  expect(trouble).toMatchObject({
    servers: ['mx1.partner.example', 'mx2.partner.example'],
    cause: mismatch,
  })
})

test.each([
  [
    `server certificate verification failed for mx1.partner.example[192.0.2.1]:25: ${mismatch}`,
    'unproven',
  ],
  ['SSL_connect error to mx1.partner.example[192.0.2.1]:25: lost connection', 'handshake-failure'],
  [
    'server certificate verification failed for mx.stranger.test[192.0.2.1]:25: num=65:x',
    'transient',
  ],
])('where the last server was not reached, %j of one before makes it %s', (words, fault) => {
  const reason = 'connect to mx2.partner.example[192.0.2.2]:25: Connection timed out'
  const [trouble] = gatherLines(logged(words), logged(said({ relay: 'none', reason })))
  expect(trouble?.fault).toBe(fault)
})

/** Seconds where a pattern looks back; milliseconds where none does. */
test('endless names keep nobody busy', () => {
  const long = ['[', 'a[', 'a/', '"\\\\'].map(piece => piece.repeat(60_000 / piece.length))
  const lines = long.flatMap(text => [
    logged(`warning: ${text}`),
    logged(`warning: TLS policy lookup for ${text}`),
    logged(`certificate verification failed for ${text}`),
    logged(said({ to: `${text}@x.example` })),
    logged(said({ relay: `${text}:1` })),
  ])
  const found = gatherLines(...lines, ...lines, ...lines).map(({ domain }) => domain)
  expect(found.toSorted()).toEqual(['partner.example', 'x.example'])
}, 10_000)

test('a line that ends with CR LF has its cause without', () => {
  const words = `server certificate verification failed for mx.partner.example[192.0.2.1]:25: ${mismatch}`
  expect(gatherLines(`${logged(words)}\r`, `${logged(message)}\r`)[0]?.cause).toBe(mismatch)
})

test('in a log without processes, what the library says of strangers is not told of a recipient', () => {
  const of = (reason: string) =>
    `warning: TLS library problem: error:0A000102:SSL routines::${reason}`
  const handshake = said({ reason: 'Cannot start TLS: handshake failure' })
  const peer = 'SSL_connect error to mx.partner.example[192.0.2.1]:25: -1'
  expect(gatherLines(of('unsupported protocol'), message)[0]?.cause).toBeNull()
  const [trouble] = gatherLines(of('unsupported protocol'), peer, of('wrong version'), handshake)
  expect(trouble?.cause).toContain('wrong version')
  expect(trouble?.cause).not.toContain('unsupported')
})

test('the words of a mismatch at an authority of the chain are a cause, too', () => {
  const words = `CA certificate verification failed for mx.partner.example[192.0.2.1]:25: ${mismatch}`
  for (const form of [logged, (text: string) => text])
    expect(gatherLines(form(words), form(message))[0]?.cause).toBe(mismatch)
})
