import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Paint } from '../../../src/check/forms/paint.ts'
import { plain } from '../../../src/check/forms/paint.ts'
import type { Day } from '../../../src/language/day.ts'
import { wrap } from '../../../src/language/wrap.ts'
import { pastRows } from '../../../src/review/forms/past.ts'
import { formatReview } from '../../../src/review/forms/text.ts'
import type { Span } from '../../../src/review/history-spans.ts'
import type { Past } from '../../../src/review/past.ts'
import { logCommand, neverShown } from '../../check/forms/reports.ts'
import type { Files } from '../sides.ts'
import { hostileReview } from './hostile.ts'
import { brokenDane, context, files, past, reviewOf } from './reviews.ts'

test('a review reads like this', () => {
  expect(formatReview(reviewOf(...files), context, plain)).toMatchInlineSnapshot(`
    "5 changes (1 weaker, 1 stronger, 3 same)
    The working tree, compared with 0123456789ab (origin/main)

    weaker: new override for broken-dane.example
      Mail is protected less than before; some mail that was refused will be delivered.
      - A recipient that publishes TLSA records but offers no STARTTLS: mail was refused, will be
        delivered unencrypted, and anybody on the way can read it.
      - A recipient whose TLSA records match: mail was delivered encrypted to the proven server, will be
        delivered encrypted to whoever answers.
      - A recipient whose TLSA records do not match or cannot be looked up: mail was refused, will be
        delivered encrypted to whoever answers.

      file       policies/broken-dane.yaml
      before     dane, the servers' default
      after      may protocols=>=TLSv1.2
      why        Their TLSA records name the certificate of last year; postmaster told on 2026-11-18.
      problem    tlsa-mismatch
      review     2026-12-15
      owner      mail-team@example.org
      ticket     https://tickets.example/MAIL-42
      told       postmaster@broken-dane.example on 2026-11-18

    stronger: override for test.lab.example removed
      Mail is protected more than before; some mail that was delivered will not be delivered any more.
      - A recipient that offers no STARTTLS; or one that offers STARTTLS but fails in the TLS handshake:
        mail was delivered unencrypted, will wait in the queue and return to the sender after five days.
      - A recipient that offers STARTTLS and publishes no TLSA records; or one whose TLSA records match;
        or one whose TLSA records do not match or cannot be looked up: mail was delivered unencrypted,
        will be delivered encrypted to whoever answers.

      file       policies/test.yaml
      before     none
      after      encrypt, from the override for .lab.example
      why it was Their TLSA records name the certificate of last year; postmaster told on 2026-11-18.
      review     it was to be on 2026-12-15

    same: override for .lab.example, [relay.lab.example]:587 changed
      Mail is treated as before.
      A leading dot stands for every domain below that name, unless it has an override of its own.
      What changes in the file: review date, owner and list of renewals.

      file       policies/lab.yaml
      policy     encrypt, as before
      why        Our own test systems have self-signed certificates that change all the time.
      renewed    on 2026-11-20 until 2027-05-14: The new systems come in May.
      review     2027-05-14, 31 days later than before (2027-04-13)
      owner      none; before @platform-team

    same: override for moved.example moved to another file
      Mail is treated as before.

      file       policies/new.yaml, before policies/old.yaml
      policy     encrypt, as before
      why        Their TLSA records name the certificate of last year; postmaster told on 2026-11-18.
      review     2026-12-15

    Digest of the table: sha256:bba5d30ab35d514f61877fd6c485a0da409ec8d732f9f40c56dcc9438319b514
    "
  `)
})

test('a review without changes says so, and ends with the digest all the same', () => {
  expect(formatReview(reviewOf({}, {}), context, plain)).toMatchInlineSnapshot(`
    "no changes
    The working tree, compared with 0123456789ab (origin/main)

    Digest of the table: sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
    "
  `)
})

test('a change of the settings comes first, with what it does where there is no override', () => {
  const review = reviewOf({}, { '_settings.yaml': 'postfix: { default_policy: may }' })
  expect(formatReview(review, context, plain)).toMatchInlineSnapshot(`
    "the settings change, and no override
    The working tree, compared with 0123456789ab (origin/main)

    weaker: the settings change
      postfix.default_policy: dane → may

      Where there is no override: mail is protected less than before; some mail that was refused will be
      delivered.
      - A recipient that publishes TLSA records but offers no STARTTLS: mail was refused, will be
        delivered unencrypted, and anybody on the way can read it.
      - A recipient whose TLSA records match: mail was delivered encrypted to the proven server, will be
        delivered encrypted to whoever answers.
      - A recipient whose TLSA records do not match or cannot be looked up: mail was refused, will be
        delivered encrypted to whoever answers.

    Digest of the table: sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
    "
  `)
})

test('a setting that mail does not feel is told as one', () => {
  const review = reviewOf({}, { '_settings.yaml': 'review: { grace_days: 3 }\nrequire: [owner]' })
  expect(formatReview(review, context, plain)).toMatchInlineSnapshot(`
    "the settings change, and no override
    The working tree, compared with 0123456789ab (origin/main)

    same: the settings change
      review.grace_days: 14 → 3
      require: [] → [owner]

      Where there is no override: mail is treated as before.

    Digest of the table: sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
    "
  `)
})

test('a file that cannot be read is told, and there is no table', () => {
  const broken = { 'lab.yaml': 'destination: [' }
  expect(formatReview(reviewOf(files[0], { ...files[0], ...broken }), context, plain)).toContain(
    'warning: policies/lab.yaml cannot be read as it is after the change',
  )
  const text = formatReview(reviewOf(broken, {}), context, plain)
  expect(text).toContain('warning: policies/lab.yaml cannot be read as it is before the change')
  expect(text).toMatch(/\nDigest of the table: sha256:[\da-f]{64}\n$/)
  expect(formatReview(reviewOf({}, broken), context, plain)).toMatch(
    /\nNo table can be made of this: tlspolicy check finds errors\.\n$/,
  )
})

test('a file that cannot be read on either side is nothing that changes', () => {
  const files = { 'lab.yaml': 'destination: [' }
  expect(reviewOf(files, { ...files, 'b.yaml': brokenDane }).unread).toEqual([])
})

test('two commits are named by what was asked for, and by their hashes', () => {
  const head = { commit: 'abcdef0123456789abcdef0123456789abcdef01', name: 'topic' }
  const compared = { base: { commit: context.compared.base.commit }, head }
  const [, line] = formatReview(reviewOf({}, {}), { ...context, compared }, plain).split('\n')
  expect(line).toBe('Commit abcdef012345 (topic), compared with 0123456789ab')
  const asked = { base: { commit: compared.base.commit, name: '01234567' }, head }
  expect(formatReview(reviewOf({}, {}), { ...context, compared: asked }, plain)).toContain(
    'compared with 0123456789ab\n',
  )
})

const historyOf = (past: Past | null, after: Files) =>
  formatReview(reviewOf({}, after), { ...context, past: () => past }, plain)
    .split('\n')
    .filter(line => line.startsWith('  history'))

test('what Git knows of an override and its destination is told', () => {
  expect(historyOf(past, { 'a.yaml': brokenDane })).toEqual([
    '  history    written on 2025-03-04 by Ann',
    '  history    last changed on 2026-08-07 by Bob, in #12, reviewed by Cy, Di',
    '  history    the review date was moved to a later day twice before',
    '  history    the destination has been overridden since 2025-01-31',
    '  history    the destination was overridden once before, from 2024-01-02 until 2025-03-04',
  ])
  expect(
    historyOf({ override: null, overriddenSince: null, earlier: [] }, { 'a.yaml': brokenDane }),
  ).toEqual([])
})

test('of many earlier overrides the last three are told', () => {
  const [span] = past.earlier
  const day = (day: Day) => span && { ...span.from, day }
  const earlier = (['2021-01-01', '2022-01-01', '2023-01-01', '2024-01-01'] as const).flatMap(
    (from): Span[] => {
      const origin = day(from)
      return span && origin ? [{ ...span, from: origin, until: origin }] : []
    },
  )
  expect(pastRows({ override: null, overriddenSince: null, earlier })).toEqual([
    [
      'history',
      [
        'the destination was overridden 4 times before, the last times from 2022-01-01 until 2022-01-01, from 2023-01-01 until 2023-01-01, from 2024-01-01 until 2024-01-01',
      ],
    ],
  ])
})

test('in a shallow clone the history is unknown, and it is said how to get it', () => {
  expect(historyOf(null, { 'a.yaml': brokenDane })[0]).toMatch(/^ {2}history {4}unknown: /)
})

test('colour changes nothing but the colour', () => {
  const paint: Paint = (style, text) => `<${style}>${text}</${style}>`
  const painted = formatReview(reviewOf(...files), context, paint)
  expect(painted).toContain('<error>weaker</error><bold>: new override for broken-dane.example')
  expect(painted.replace(/<\/?[a-z]+>/g, '')).toBe(formatReview(reviewOf(...files), context, plain))
})

test('lines are at most a hundred characters long, and none begins with a command', () => {
  const words = 'word '.repeat(60).trim()
  for (const line of wrap('  why        ', words)) expect(line.length).toBeLessThanOrEqual(100)
  expect(wrap('  why        ', words).join(' ').replace(/\s+/g, ' ')).toBe(` why ${words}`)
  for (const blank of ['', ' ', '  ', '\u00a0', '\u3000', '\u00a0 '])
    for (let length = 80; length < 100; length += 1)
      for (const line of wrap('  why ', `${'x'.repeat(length)} x x ${blank}::error::x`))
        expect(line.trim()).not.toMatch(/^::/)
})

const ours = [
  /^(?:\d+ changes? \(|no changes$|the settings change)/,
  /^(?:The working tree|Commit )/,
  /^(?:weaker|mixed|other|stronger|same): /,
  /^warning: /,
  /^ {2}(?:Mail is |Where there is no override|A leading dot |What changes in |- (?:A|Every|The) )/,
  /^ {2}(?:postfix|review|require)\b/,
  /^ {2}(?:file|policy|before|after|why|why before|why it was|renewed|problem|review|owner|ticket|told|history) +/,
  // What does not fit into a line goes on below its beginning.
  /^ {2,13}\S/,
  /^ {9,}/,
  /^(?:Digest of the table: |No table can )/,
  /^$/,
]

test('whatever the files hold, every line begins with words of ours or blanks and is harmless', () => {
  fc.assert(
    fc.property(hostileReview, ({ review, context }) => {
      const text = formatReview(review, context, plain)
      expect(text).not.toMatch(neverShown)
      expect(text).not.toMatch(logCommand)
      for (const line of text.split('\n')) {
        expect(line.trimStart()).not.toMatch(/^::/)
        expect(
          ours.some(form => form.test(line)),
          line,
        ).toBe(true)
      }
    }),
  )
})
