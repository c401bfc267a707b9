import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Change } from '../../../src/review/changes.ts'
import { formatMarkdown } from '../../../src/review/forms/markdown.ts'
import { asMarkdown, foreign } from '../../../src/review/forms/pieces.ts'
import { logCommand, neverShown } from '../../check/forms/reports.ts'
import type { Files } from '../sides.ts'
import { complete } from '../sides.ts'
import { hostileReview, traps } from './hostile.ts'
import { brokenDane, context, files, past, reviewOf } from './reviews.ts'

test('a review reads like this', () => {
  expect(formatMarkdown(reviewOf(...files), context)).toMatchInlineSnapshot(`
    "### TLS policy overrides: 5 changes (1 weaker, 1 stronger, 3 same)

    The working tree, compared with \`0123456789ab\` (\`origin/main\`). What happens to mail if this is merged:

    #### Weaker: new override for \`broken-dane.example\`

    Mail is protected less than before; some mail that was refused will be delivered.

    - A recipient that publishes TLSA records but offers no STARTTLS: mail was refused, will be delivered unencrypted, and anybody on the way can read it.
    - A recipient whose TLSA records match: mail was delivered encrypted to the proven server, will be delivered encrypted to whoever answers.
    - A recipient whose TLSA records do not match or cannot be looked up: mail was refused, will be delivered encrypted to whoever answers.

    \`dane\`, the servers' default → \`may protocols=>=TLSv1.2\`

    > Why: \`Their TLSA records name the certificate of last year; postmaster told on 2026-11-18.\`

    - Problem: \`tlsa-mismatch\`
    - Review: 2026-12-15
    - Owner: \`mail-team@example.org\`
    - Ticket: \`https://tickets.example/MAIL-42\`
    - Told: \`postmaster@broken-dane.example\` on 2026-11-18
    - File: \`policies/broken-dane.yaml\`

    #### Stronger: override for \`test.lab.example\` removed

    Mail is protected more than before; some mail that was delivered will not be delivered any more.

    - A recipient that offers no STARTTLS; or one that offers STARTTLS but fails in the TLS handshake: mail was delivered unencrypted, will wait in the queue and return to the sender after five days.
    - A recipient that offers STARTTLS and publishes no TLSA records; or one whose TLSA records match; or one whose TLSA records do not match or cannot be looked up: mail was delivered unencrypted, will be delivered encrypted to whoever answers.

    \`none\` → \`encrypt\`, from the override for \`.lab.example\`

    > Why it was: \`Their TLSA records name the certificate of last year; postmaster told on 2026-11-18.\`

    - Review: it was to be on 2026-12-15
    - File: \`policies/test.yaml\`

    #### Same: override for \`.lab.example\`, \`[relay.lab.example]:587\` changed

    Mail is treated as before.

    A leading dot stands for every domain below that name, unless it has an override of its own.

    What changes in the file: review date, owner and list of renewals.

    \`encrypt\`, as before

    > Why: \`Our own test systems have self-signed certificates that change all the time.\`

    - Renewed: on 2026-11-20 until 2027-05-14: \`The new systems come in May.\`
    - Review: 2027-05-14, 31 days later than before (2027-04-13)
    - Owner: none; before \`@platform-team\`
    - File: \`policies/lab.yaml\`

    #### Same: override for \`moved.example\` moved to another file

    Mail is treated as before.

    \`encrypt\`, as before

    > Why: \`Their TLSA records name the certificate of last year; postmaster told on 2026-11-18.\`

    - Review: 2026-12-15
    - File: \`policies/new.yaml\`, before \`policies/old.yaml\`

    Digest of the table: \`sha256:bba5d30ab35d514f61877fd6c485a0da409ec8d732f9f40c56dcc9438319b514\`
    "
  `)
})

test('a review without changes says so, and ends with the digest all the same', () => {
  expect(formatMarkdown(reviewOf({}, {}), context)).toMatchInlineSnapshot(`
    "### TLS policy overrides: no changes

    The working tree, compared with \`0123456789ab\` (\`origin/main\`).

    Digest of the table: \`sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\`
    "
  `)
})

test('a change of the settings is told before everything else', () => {
  const [before, after] = files
  const settings = { '_settings.yaml': 'postfix: { default_policy: may }' }
  const text = formatMarkdown(reviewOf(before, { ...after, ...settings }), context)
  const headings = text.split('\n').filter(line => line.startsWith('###'))
  expect(headings.slice(0, 2)).toMatchInlineSnapshot(`
    [
      "### TLS policy overrides: 5 changes (1 weaker, 1 stronger, 3 same), and the settings change",
      "#### Weaker: the settings change",
    ]
  `)
  expect(text).toContain('- `postfix.default_policy`: `dane` → `may`\n')
  expect(text).toContain('Where there is no override: mail is protected less than before')
})

test('a file that cannot be read is told; of many only the first', () => {
  const broken = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map(n => [`${n}.yaml`, 'policy: [']))
  const text = formatMarkdown(reviewOf({}, broken), context)
  expect(text).toContain('**Warning:** `policies/1.yaml` cannot be read as it is after the change')
  expect(text).toContain('**Warning:** 2 more files cannot be read.')
  expect(text).toContain('No table can be made of this')
})

/** The line with every code span gone, as CommonMark finds them. */
function withoutCode(line: string): string {
  let rest = line
  let outside = ''
  for (;;) {
    const opening = /`+/.exec(rest)
    if (!opening) return outside + rest
    const [fence] = opening
    const from = opening.index + fence.length
    const runs = [...rest.slice(from).matchAll(/`+/g)]
    const closing = runs.find(([run]) => run.length === fence.length)
    expect(closing, `a code span that is not closed: ${line}`).toBeDefined()
    outside += rest.slice(0, opening.index)
    rest = rest.slice(from + (closing?.index ?? 0) + fence.length)
  }
}

/** What a reader would see of a code span, as CommonMark 6.1 says. */
function codeOf(span: string): string {
  const [, , inner = ''] = /^(`+)([\s\S]*)\1$/.exec(span) ?? []
  return /^ .* $/.test(inner) && inner.trim() !== '' ? inner.slice(1, -1) : inner
}

test.each(traps.map(trap => [JSON.stringify(trap), trap]))('%s stays what it is', (_name, trap) => {
  for (const text of [trap, `a${trap}b`, `\`${trap}`, `${trap}\``, `a ${trap} \`\`b`]) {
    const span = asMarkdown([foreign(text)])
    expect(withoutCode(span)).toBe('')
    expect(span).not.toMatch(/[\n\r]/)
    if (/^[ -~中文👩🚀]*$/u.test(text) && !/##\w*\[/.test(text)) expect(codeOf(span)).toBe(text)
  }
})

test('an empty text is a span all the same', () => {
  expect(asMarkdown([foreign('')])).toBe('`  `')
})

test('a long text is cut, and says by how much', () => {
  const span = asMarkdown([foreign('👩'.repeat(5000))])
  expect(span).toMatch(/^`👩{1200}… \(7600 more characters in the file\)`$/u)
  expect(asMarkdown([foreign('x'.repeat(1200))])).toBe(`\`${'x'.repeat(1200)}\``)
})

/** All that stands outside of code: words of ours, counts and dates, and the little Markdown we use. */
const ours = /^(?:#{3,4} |- |> |\*\*)?[\p{L}\d ,;:.()'*…→_-]*$/u

test('whatever the files hold, all of it is in code, and the rest is ours', () => {
  fc.assert(
    fc.property(hostileReview, fc.constantFrom(65_000, 9000), ({ review, context }, limit) => {
      const text = formatMarkdown(review, context, { limit })
      expect(text).not.toMatch(neverShown)
      expect(text).not.toMatch(logCommand)
      for (const line of text.split('\n')) {
        const outside = withoutCode(line)
        expect(outside).toMatch(ours)
        expect(outside).not.toMatch(/x{9}|evil|mention|alert|^\s*::/)
      }
    }),
  )
})

const sections = (text: string) => text.split('\n').filter(line => line.startsWith('#### '))

function manyFiles(count: number, make: (index: number) => string): Files {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`${n}.yaml`, make(n)]))
}

test('what does not fit is cut by whole changes, the least harmful first, and counted', () => {
  const policyOf = (n: number) => (n < 3 ? 'none' : n % 2 ? 'encrypt' : 'dane')
  const after = manyFiles(300, n => `destination: d${n}.example\npolicy: ${policyOf(n)}`)
  const review = reviewOf({}, after)
  const whole = formatMarkdown(review, context, { limit: Number.POSITIVE_INFINITY })
  expect(sections(whole)).toHaveLength(300)
  for (const limit of [3000, 20_000, 65_000]) {
    const text = formatMarkdown(review, context, { limit })
    expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(limit)
    const shown = sections(text)
    expect(shown).toEqual(sections(whole).slice(0, shown.length))
    expect(shown.length).toBeGreaterThan(0)
    expect(whole).toContain(text.slice(text.indexOf('#### '), text.indexOf('\n\n**')))
    expect(text).toContain(`**${300 - shown.length} more changes do not fit here**: `)
    expect(text.slice(text.indexOf('do not fit here'))).toMatch(/\d+ mixed, \d+ same\./)
    expect(text).toMatch(/Digest of the table: `sha256:[\da-f]{64}`\n$/)
  }
})

test('at any limit the review fits, and what is shown is its beginning', () => {
  const after = manyFiles(30, n =>
    complete(
      `destination: d${n}.example\npolicy: may\njustification: ${'A long reason. '.repeat(n % 3 ? 1 : 60)}`,
    ),
  )
  const review = reviewOf({}, after)
  const whole = sections(formatMarkdown(review, context))
  expect(whole).toHaveLength(30)
  for (let limit = 4000; limit < 12_000; limit += 97) {
    const text = formatMarkdown(review, context, { limit })
    expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(limit)
    expect(sections(text)).toEqual(whole.slice(0, sections(text).length))
  }
})

test('by default a review fits into a comment on GitHub, in whatever script it is written', () => {
  const after = manyFiles(200, n =>
    brokenDane.replace('broken-dane', `d${n}`).replace('Their', '本当の理由です。👩'.repeat(60)),
  )
  const text = formatMarkdown(reviewOf({}, after), context)
  const size = new TextEncoder().encode(text).length
  expect(size).toBeLessThanOrEqual(65_000)
  expect(size).toBeGreaterThan(55_000)
})

test('nobody hides a change behind long texts', () => {
  const contacts = Array.from(
    { length: 400 },
    (_, n) => `{ date: 2026-11-18, to: ${'x'.repeat(99)}${n}@x.example }`,
  )
  const long = brokenDane.replace(/contacted: .*/, `contacted: [${contacts.join(', ')}]`)
  const text = formatMarkdown(reviewOf({}, { 'a.yaml': long }), context)
  expect(text).toContain('#### Weaker: new override for `broken-dane.example`')
  expect(text).toContain('A recipient whose TLSA records match: mail was delivered')
  expect(text).toContain("`dane`, the servers' default → `may protocols=>=TLSv1.2`")
  expect(text).toContain('**The file says more than fits here: read it before you agree.**')
  expect(text).not.toContain('not fit here**:')
})

test('destinations of one decision are told together, up to twenty', () => {
  const names = Array.from({ length: 50 }, (_, n) => `d${n}.example`)
  const list = `destination: [${names.join(', ')}]\npolicy: may`
  const shown = sections(formatMarkdown(reviewOf({}, { 'a.yaml': list }), context))
  expect(shown.map(line => [...line.matchAll(/`d\d+\.example`/g)].length)).toEqual([20, 20, 10])
})

test('what is cut is counted by destinations', () => {
  const names = Array.from({ length: 50 }, (_, n) => `d${n}.example`)
  const list = `destination: [${names.join(', ')}]\npolicy: may`
  const text = formatMarkdown(reviewOf({}, { 'a.yaml': list }), context, { limit: 2500 })
  expect(sections(text)).toHaveLength(2)
  expect(text).toContain('**10 more changes do not fit here**: 10 weaker.')
})

test('destinations to which something else happens are told apart', () => {
  const list =
    'destination: [a.example, b.example]\npolicy: secure\nparameters: { match: mx.a.example }'
  const review = reviewOf({}, { 'a.yaml': list })
  expect(sections(formatMarkdown(review, context))).toHaveLength(2)
  const alike = reviewOf({}, { 'a.yaml': list.replace('mx.a', 'mx.c') })
  expect(sections(formatMarkdown(alike, context))).toHaveLength(1)
  const pasts = (change: Change) => (change.key === 'a.example' ? past : null)
  expect(sections(formatMarkdown(alike, { ...context, past: pasts }))).toHaveLength(2)
})
