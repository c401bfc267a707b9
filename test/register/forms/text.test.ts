import * as fc from 'fast-check'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { plain } from '../../../src/check/forms/paint.ts'
import { formatText } from '../../../src/register/forms/text.ts'
import { logCommand, neverShown } from '../../check/forms/reports.ts'
import { display, hostileRegister } from './hostile.ts'
import { registerOf } from './registered.ts'
import { files, history } from './team.ts'

test('a report reads like this', () => {
  const register = registerOf(files, '2026-11-22', history)
  expect(formatText(register, display, plain)).toMatchInlineSnapshot(`
    "TLS policy overrides on 2026-11-22
    1 overdue (1 beyond grace), 2 due, 1 current, 1 inactive; 1 made in an emergency

    emergency, due: clinic.example
      Its review is due on 2026-11-24, in 2 days.

      policy    encrypt; partly weaker and partly stronger than what the servers do
                without it, or not comparable with it
      why       Clinic down.
      since     not committed yet, never extended
      owner     mail-team@EXAMPLE.org
      file      policies/clinic.yaml

      While it stands:
      - A recipient that offers STARTTLS and publishes no TLSA records; or one whose
        TLSA records match; or one whose TLSA records do not match or cannot be
        looked up: mail is encrypted, but to whoever answers, so that somebody who
        redirects the connection can read it.
      - A recipient that offers no STARTTLS; or one that offers STARTTLS but fails
        in the TLS handshake: mail is not delivered, but waits in the queue and
        returns to the sender after five days.
      If it is retired:
      - A recipient that offers no STARTTLS and publishes no TLSA records: mail was
        refused, will be delivered unencrypted, and anybody on the way can read it.
      - A recipient that offers STARTTLS but fails in the TLS handshake: mail was
        refused, will be delivered unencrypted after about five minutes, and anybody
        on the way can read it.
      - A recipient whose TLSA records do not match or cannot be looked up: mail was
        delivered encrypted to whoever answered, will wait in the queue and return
        to the sender after five days.
      - A recipient whose TLSA records match: mail was delivered encrypted to
        whoever answered, will be delivered encrypted to the proven server.

      Is the problem gone? Then retire it:
        tlspolicy retire clinic.example
      Is it still there? Then renew it, with a reason of today:
        tlspolicy renew clinic.example \\
          --until 2027-01-07 --because "…" --justification "…"

    overdue beyond grace: broken-dane.example
      Its review was due on 2026-11-03, 19 days ago; grace ended on 2026-11-17.

      policy    may protocols=>=TLSv1.2; weaker than what the servers do without it
      why       Their TLSA records name the certificate of last year.
      problem   tlsa-mismatch
      told      postmaster@broken-dane.example on 2026-10-18
      since     2026-10-01 (52 days) by Ann in #12, extended twice
      owner     mail-team@example.org
      ticket    https://tickets.example/MAIL-42
      file      policies/broken-dane.yaml

      While it stands:
      - A recipient that offers no STARTTLS: mail goes out unencrypted, and anybody
        on the way can read and change it.
      - A recipient that offers STARTTLS but fails in the TLS handshake: mail goes
        out unencrypted after about five minutes, and anybody on the way can read
        and change it.
      - A recipient that offers STARTTLS and publishes no TLSA records; or one whose
        TLSA records match; or one whose TLSA records do not match or cannot be
        looked up: mail is encrypted, but to whoever answers, so that somebody who
        redirects the connection can read it.
      If it is retired:
      - A recipient whose TLSA records do not match or cannot be looked up: mail was
        delivered encrypted to whoever answered, will wait in the queue and return
        to the sender after five days.
      - A recipient that publishes TLSA records but offers no STARTTLS: mail was
        delivered unencrypted, will wait in the queue and return to the sender after
        five days.
      - A recipient whose TLSA records match: mail was delivered encrypted to
        whoever answered, will be delivered encrypted to the proven server.

      Is the problem gone? Then retire it:
        tlspolicy retire broken-dane.example
      Is it still there? Then renew it, with a reason of today:
        tlspolicy renew broken-dane.example --until 2027-01-05 --because "…"

    due: .lab.example, [relay.lab.example]:587
      Its review is due on 2026-12-14, in 22 days.

      policy    none; weaker than what the servers do without it
      why       Our own test systems speak no TLS before the new ones come.
      renewed   on 2026-11-20 until 2026-12-14: The new systems come in December.
      since     not committed yet, extended once
      owner     @platform-team
      file      policies/lab.yaml

      While it stands:
      - Every recipient: mail goes out unencrypted, and anybody on the way can read
        and change it.
      If it is retired:
      - A recipient whose TLSA records do not match or cannot be looked up; or one
        that publishes TLSA records but offers no STARTTLS: mail was delivered
        unencrypted, will wait in the queue and return to the sender after five
        days.
      - A recipient that offers STARTTLS and publishes no TLSA records: mail was
        delivered unencrypted, will be delivered encrypted to whoever answers.
      - A recipient whose TLSA records match: mail was delivered unencrypted, will
        be delivered encrypted to the proven server.

      Is the problem gone? Then retire it:
        tlspolicy retire '.lab.example'
        tlspolicy retire '[relay.lab.example]:587'
      Is it still there? Then renew it, with a reason of today:
        tlspolicy renew '.lab.example' --until 2027-01-27 --because "…"

    current
      2027-06-15   205 d  stronger  partner.example  @hostmaster

    inactive, in no table
      encrypt  off.example  policies/off.yaml
    "
  `)
})

test('paint changes no text', () => {
  const register = registerOf(files, '2026-11-22', history)
  const painted = formatText(register, display, (style, text) => `<${style}>${text}</>`)
  expect(painted).toContain('<error>overdue beyond grace:</> <bold>broken-dane.example</>')
  expect(painted.replace(/<[a-z/]*>/g, '')).toBe(formatText(register, display, plain))
})

test('a young clone says so once, and gives no date', () => {
  const text = formatText(registerOf(files, '2026-11-22', 'shallow'), display, plain)
  expect(text.match(/git fetch\s+--unshallow/g)).toHaveLength(1)
  expect(text).not.toMatch(/^ {2}since/m)
})

test('a folder without overrides, and one with nothing to do, say so', () => {
  expect(formatText(registerOf({}), display, plain)).toContain('\nno overrides\n')
  const quiet = registerOf(files, '2026-09-01')
  const one = { ...quiet, counts: { ...quiet.counts, due: 0, overdue: 0, emergency: 0 } }
  expect(formatText(one, display, plain)).toContain('\nnothing is due: 4 current, 1 inactive\n')
})

test('a long list of destinations gets a few commands and a count', () => {
  const names = Array.from({ length: 9 }, (_, index) => `r${index}.example`)
  const text = `destination: [${names.join(', ')}]\npolicy: may`
  const shown = formatText(registerOf({ 'a.yaml': text }, '2026-12-01'), display, plain)
  expect(shown).toContain('r4.example and 4 more\n')
  expect(shown.match(/tlspolicy retire/g)).toHaveLength(5)
  expect(shown).toContain('(and 4 more destinations, likewise)')
})

const isCommand = (line: string) => /^ {4}tlspolicy (?:retire|renew) /.test(line)

test('whatever the files hold, a line has 80 columns, and is harmless', () => {
  fc.assert(
    fc.property(hostileRegister, register => {
      const text = formatText(register, display, plain)
      expect(text).not.toMatch(neverShown)
      expect(text).not.toMatch(logCommand)
      for (const line of text.split('\n').filter(line => !isCommand(line))) {
        expect(line).not.toMatch(/^\s*::/)
        expect(stringWidth(line), line).toBeLessThanOrEqual(80)
      }
    }),
  )
})
