import { spawnSync } from 'node:child_process'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { composeMail } from '../../../src/register/forms/mail.ts'
import { composeMessage, formatMbox } from '../../../src/register/forms/mail-message.ts'
import type { Register } from '../../../src/register/register.ts'
import { neverShown } from '../../check/forms/reports.ts'
import { display, hostileRegister } from './hostile.ts'
import { registerOf } from './registered.ts'
import { files, history } from './team.ts'

/** Reads an mbox with Python's own mailbox and email, and prints what it finds as JSON. */
const reader = `
import sys, json, mailbox, email, email.policy, tempfile
with tempfile.NamedTemporaryFile() as f:
    f.write(sys.stdin.buffer.read()); f.flush()
    make = lambda f: email.message_from_binary_file(f, policy=email.policy.default)
    out = []
    for m in mailbox.mbox(f.name, factory=make):
        out.append({'heads': [[k, str(v)] for k, v in m.items()], 'body': m.get_content(),
            'to': [a.addr_spec for a in m['To'].addresses],
            'defects': [str(d) for d in m.defects] + [str(d) for v in m.values() for d in v.defects]})
    print(json.dumps(out))
`

interface Read {
  readonly heads: readonly (readonly [string, string])[]
  readonly to: readonly string[]
  readonly body: string
  readonly defects: readonly string[]
}

function readBack(mbox: string): readonly Read[] {
  const { stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', reader], {
    input: mbox,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

async function mboxOf(register: Register): Promise<string> {
  return formatMbox((await composeMail(register, display)).messages, register.asOf)
}

test('an owner gets one message with all that is due', async () => {
  const register = registerOf(files, '2026-11-22', history)
  const { messages, leftOut } = await composeMail(register, display)
  expect(leftOut).toBe(1)
  const [mail, ...others] = readBack(formatMbox(messages, register.asOf))
  expect(others).toEqual([])
  expect(mail?.defects).toEqual([])
  expect(mail?.to).toEqual(['mail-team@example.org'])
  expect(Object.fromEntries(mail?.heads ?? [])).toMatchObject({
    Subject: 'TLS policy overrides: 1 overdue and 1 due',
    'Auto-Submitted': 'auto-generated',
    Date: 'Sun, 22 Nov 2026 00:00:00 +0000',
    'MIME-Version': '1.0',
  })
  expect(mail?.body).toMatchInlineSnapshot(`
    "TLS policy overrides that you keep, on 2026-11-22: 1 overdue and 1 due
    for review. An override is meant to be temporary: please look whether
    each is still needed, then retire or renew it.


    EMERGENCY, DUE: clinic.example
      Its review is due on 2026-11-24, in 2 days.

      policy    encrypt; partly weaker and partly stronger than what the
                servers do without it, or not comparable with it
      why       Clinic down.
      since     not committed yet, never extended
      owner     mail-team@EXAMPLE.org
      file      policies/clinic.yaml

      While it stands:
      - A recipient that offers STARTTLS and publishes no TLSA records; or
        one whose TLSA records match; or one whose TLSA records do not match
        or cannot be looked up: mail is encrypted, but to whoever answers,
        so that somebody who redirects the connection can read it.
      - A recipient that offers no STARTTLS; or one that offers STARTTLS but
        fails in the TLS handshake: mail is not delivered, but waits in the
        queue and returns to the sender after five days.
      If it is retired:
      - A recipient that offers no STARTTLS and publishes no TLSA records:
        mail was refused, will be delivered unencrypted, and anybody on the
        way can read it.
      - A recipient that offers STARTTLS but fails in the TLS handshake:
        mail was refused, will be delivered unencrypted after about five
        minutes, and anybody on the way can read it.
      - A recipient whose TLSA records do not match or cannot be looked up:
        mail was delivered encrypted to whoever answered, will wait in the
        queue and return to the sender after five days.
      - A recipient whose TLSA records match: mail was delivered encrypted
        to whoever answered, will be delivered encrypted to the proven
        server.

      Is the problem gone? Then retire it:
        tlspolicy retire clinic.example
      Is it still there? Then renew it, with a reason of today:
        tlspolicy renew clinic.example \\
          --until 2027-01-07 --because "…" --justification "…"


    OVERDUE BEYOND GRACE: broken-dane.example
      Its review was due on 2026-11-03, 19 days ago; grace ended on
      2026-11-17.

      policy    may protocols=>=TLSv1.2; weaker than what the servers do
                without it
      why       Their TLSA records name the certificate of last year.
      problem   tlsa-mismatch
      told      postmaster@broken-dane.example on 2026-10-18
      since     2026-10-01 (52 days) by Ann in #12, extended twice
      owner     mail-team@example.org
      ticket    https://tickets.example/MAIL-42
      file      policies/broken-dane.yaml

      While it stands:
      - A recipient that offers no STARTTLS: mail goes out unencrypted, and
        anybody on the way can read and change it.
      - A recipient that offers STARTTLS but fails in the TLS handshake:
        mail goes out unencrypted after about five minutes, and anybody on
        the way can read and change it.
      - A recipient that offers STARTTLS and publishes no TLSA records; or
        one whose TLSA records match; or one whose TLSA records do not match
        or cannot be looked up: mail is encrypted, but to whoever answers,
        so that somebody who redirects the connection can read it.
      If it is retired:
      - A recipient whose TLSA records do not match or cannot be looked up:
        mail was delivered encrypted to whoever answered, will wait in the
        queue and return to the sender after five days.
      - A recipient that publishes TLSA records but offers no STARTTLS: mail
        was delivered unencrypted, will wait in the queue and return to the
        sender after five days.
      - A recipient whose TLSA records match: mail was delivered encrypted
        to whoever answered, will be delivered encrypted to the proven
        server.

      Is the problem gone? Then retire it:
        tlspolicy retire broken-dane.example
      Is it still there? Then renew it, with a reason of today:
        tlspolicy renew broken-dane.example --until 2027-01-05 --because "…"
    "
  `)
})

test('nothing due, no message', async () => {
  const { 'clinic.yaml': _, ...others } = files
  expect(await mboxOf(registerOf(others, '2026-09-01'))).toBe('')
})

test('a second run gives the same bytes, and another day another message', async () => {
  const mbox = await mboxOf(registerOf(files))
  expect(await mboxOf(registerOf(files))).toBe(mbox)
  const [id, other] = [mbox, await mboxOf(registerOf(files, '2026-11-23'))].map(
    text => /^Message-ID: .*$/m.exec(text)?.[0],
  )
  expect(id).toMatch(/^Message-ID: <[\da-f]{32}@tlspolicy\.invalid>$/)
  expect(other).not.toBe(id)
})

test('owners who cannot be written to are counted', async () => {
  const owners = [
    '@login',
    'no address',
    'a@b@c.example',
    'a@b.example\nBcc: x@evil.example',
    'x@evil.example, y@evil.example',
    '<x@evil.example>',
    'a\u0000@b.example',
    'a@b.example\u2028',
    `${'a'.repeat(330)}@b.example`,
  ]
  const [one] = registerOf(files).overrides
  if (!one) throw new Error('there is an override')
  const overrides = owners.map(owner => ({ ...one, override: { ...one.override, owner } }))
  const mail = await composeMail({ ...registerOf(files), overrides }, display)
  expect(mail).toEqual({ messages: [], leftOut: owners.length })
})

test('a long list is told in full only at first', async () => {
  const text = 'destination: a.example\npolicy: may\nowner: mail-team@example.org'
  const many = Array.from({ length: 70 }, (_, n) => [`${n}.yaml`, text.replace('a.', `d${n}.`)])
  const [mail] = readBack(await mboxOf(registerOf(Object.fromEntries(many))))
  expect(mail?.body.match(/^DUE: /gm)).toHaveLength(50)
  expect(mail?.body).toContain('Beside these, 20 due: tlspolicy report shows them.')
})

test('a line that would begin another message of the mbox stays in its own', async () => {
  const text = `a\nFrom b\n${'x'.repeat(75)}From c\n`
  const message = await composeMessage('a@b.example', '2026-11-22', { subject: 's', text })
  const [first, second, ...others] = readBack(formatMbox([message, message], '2026-11-22'))
  expect(others).toEqual([])
  for (const mail of [first, second]) expect(mail?.body.trimEnd()).toBe(text.trimEnd())
})

test('addresses beyond ASCII arrive as they are', async () => {
  const owners = ['post@exämple.example', 'pöst@example.org', "o'neil+tls=1@example.org"]
  const texts = owners.map(owner => `destination: a.example\npolicy: may\nowner: "${owner}"`)
  const register = registerOf(Object.fromEntries(texts.map((text, n) => [`${n}.yaml`, text])))
  const { messages, leftOut } = await composeMail(register, display)
  expect(leftOut).toBe(0)
  expect(messages.map(({ source }) => /^To: (.*)$/m.exec(source)?.[1])).toEqual([
    'post@xn--exmple-cua.example',
    'pöst@example.org',
    "o'neil+tls=1@example.org",
  ])
})

const known = [
  'auto-submitted',
  'to',
  'subject',
  'message-id',
  'date',
  'content-transfer-encoding',
  'mime-version',
  'content-type',
]

test('whatever the files hold, no header, recipient or message is added', async () => {
  const withAddresses = fc.tuple(
    hostileRegister,
    fc.array(fc.constantFrom('a@b.example', 'ä@ö.example', '-t@b.example', '`x`@$y.example', '@l')),
  )
  const mboxes = await Promise.all(
    fc.sample(withAddresses, { numRuns: 40, seed: 42 }).map(async ([register, owners]) => {
      const overrides = register.overrides.map((one, index) => {
        const owner = owners[index]
        return owner === undefined ? one : { ...one, override: { ...one.override, owner } }
      })
      return composeMail({ ...register, overrides }, display)
    }),
  )
  const messages = mboxes.flatMap(mail => mail.messages)
  const mails = readBack(formatMbox(messages, '2026-11-22'))
  expect(mails.length).toBeGreaterThan(10)
  expect(mails).toHaveLength(messages.length)
  for (const { heads, to, body } of mails) {
    expect(heads.map(([name]) => name.toLowerCase()).toSorted()).toEqual(known.toSorted())
    expect(to).toHaveLength(1)
    expect(body).not.toMatch(neverShown)
  }
  for (const { source } of messages)
    for (const line of source.split('\n')) expect(Buffer.byteLength(line)).toBeLessThan(998)
})
