import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Day } from '../../../src/language/day.ts'
import { daysBetween } from '../../../src/language/day.ts'
import { formatMarkdown } from '../../../src/register/forms/markdown.ts'
import { codeBlock, mentionOf, tableOf } from '../../../src/register/forms/markup.ts'
import { logCommand, neverShown } from '../../check/forms/reports.ts'
import type { Files } from '../../review/sides.ts'
import { display, hostileRegister } from './hostile.ts'
import { registerOf } from './registered.ts'
import { files, history } from './team.ts'

const markdownOn = (day: Day) => formatMarkdown(registerOf(files, day, history), display)

test('a report reads like this', () => {
  expect(markdownOn('2026-11-22')).toMatchInlineSnapshot(`
    "### TLS policy overrides: 1 overdue (1 beyond grace), 2 due, 1 current, 1 inactive; 1 made in an emergency

    | Status | Review date | Override for | Owner |
    | --- | --- | --- | --- |
    | emergency, due | 2026-11-24 | \`clinic.example\` | \`mail-team@EXAMPLE.org\` |
    | **overdue beyond grace** | 2026-11-03 | \`broken-dane.example\` | \`mail-team@example.org\` |
    | due | 2026-12-14 | \`.lab.example\`, \`[relay.lab.example]:587\` | @platform-team |

    #### Emergency, due: \`clinic.example\`

    Its review is due on 2026-11-24.

    - Policy: \`encrypt\`; partly weaker and partly stronger than what the servers do without it, or not comparable with it
    - Why: \`Clinic down.\`
    - Since: not committed yet, never extended
    - Owner: \`mail-team@EXAMPLE.org\`
    - File: \`policies/clinic.yaml\`

    While it stands:

    - A recipient that offers STARTTLS and publishes no TLSA records; or one whose TLSA records match; or one whose TLSA records do not match or cannot be looked up: mail is encrypted, but to whoever answers, so that somebody who redirects the connection can read it.
    - A recipient that offers no STARTTLS; or one that offers STARTTLS but fails in the TLS handshake: mail is not delivered, but waits in the queue and returns to the sender after five days.

    If it is retired:

    - A recipient that offers no STARTTLS and publishes no TLSA records: mail was refused, will be delivered unencrypted, and anybody on the way can read it.
    - A recipient that offers STARTTLS but fails in the TLS handshake: mail was refused, will be delivered unencrypted after about five minutes, and anybody on the way can read it.
    - A recipient whose TLSA records do not match or cannot be looked up: mail was delivered encrypted to whoever answered, will wait in the queue and return to the sender after five days.
    - A recipient whose TLSA records match: mail was delivered encrypted to whoever answered, will be delivered encrypted to the proven server.

    Is the problem gone? Then retire it:

    \`\`\`sh
    tlspolicy retire clinic.example
    \`\`\`

    Is it still there? Then renew it, with a reason of today:

    \`\`\`sh
    tlspolicy renew clinic.example --until 2027-01-14 --because "…" --justification "…"
    \`\`\`

    #### Overdue beyond grace: \`broken-dane.example\`

    Its review was due on 2026-11-03; grace ended on 2026-11-17.

    - Policy: \`may protocols=>=TLSv1.2\`; weaker than what the servers do without it
    - Why: \`Their TLSA records name the certificate of last year.\`
    - Problem: \`tlsa-mismatch\`
    - Told: \`postmaster@broken-dane.example\` on 2026-10-18
    - Since: 2026-10-01 by \`Ann\` in \`#12\`, extended twice
    - Owner: \`mail-team@example.org\`
    - Ticket: \`https://tickets.example/MAIL-42\`
    - File: \`policies/broken-dane.yaml\`

    While it stands:

    - A recipient that offers no STARTTLS: mail goes out unencrypted, and anybody on the way can read and change it.
    - A recipient that offers STARTTLS but fails in the TLS handshake: mail goes out unencrypted after about five minutes, and anybody on the way can read and change it.
    - A recipient that offers STARTTLS and publishes no TLSA records; or one whose TLSA records match; or one whose TLSA records do not match or cannot be looked up: mail is encrypted, but to whoever answers, so that somebody who redirects the connection can read it.

    If it is retired:

    - A recipient whose TLSA records do not match or cannot be looked up: mail was delivered encrypted to whoever answered, will wait in the queue and return to the sender after five days.
    - A recipient that publishes TLSA records but offers no STARTTLS: mail was delivered unencrypted, will wait in the queue and return to the sender after five days.
    - A recipient whose TLSA records match: mail was delivered encrypted to whoever answered, will be delivered encrypted to the proven server.

    Is the problem gone? Then retire it:

    \`\`\`sh
    tlspolicy retire broken-dane.example
    \`\`\`

    Is it still there? Then renew it, with a reason of today:

    \`\`\`sh
    tlspolicy renew broken-dane.example --until 2027-01-14 --because "…"
    \`\`\`

    #### Due: \`.lab.example\`, \`[relay.lab.example]:587\`

    Its review is due on 2026-12-14.

    - Policy: \`none\`; weaker than what the servers do without it
    - Why: \`Our own test systems speak no TLS before the new ones come.\`
    - Renewed: on 2026-11-20 until 2026-12-14: \`The new systems come in December.\`
    - Since: not committed yet, extended once
    - Owner: \`@platform-team\`
    - File: \`policies/lab.yaml\`

    While it stands:

    - Every recipient: mail goes out unencrypted, and anybody on the way can read and change it.

    If it is retired:

    - A recipient whose TLSA records do not match or cannot be looked up; or one that publishes TLSA records but offers no STARTTLS: mail was delivered unencrypted, will wait in the queue and return to the sender after five days.
    - A recipient that offers STARTTLS and publishes no TLSA records: mail was delivered unencrypted, will be delivered encrypted to whoever answers.
    - A recipient whose TLSA records match: mail was delivered unencrypted, will be delivered encrypted to the proven server.

    Is the problem gone? Then retire it:

    \`\`\`sh
    tlspolicy retire '.lab.example'
    tlspolicy retire '[relay.lab.example]:587'
    \`\`\`

    Is it still there? Then renew it, with a reason of today:

    \`\`\`sh
    tlspolicy renew '.lab.example' --until 2027-01-27 --because "…"
    \`\`\`

    <details><summary>1 current override</summary>

    | Review date | Effect | Override for | Owner |
    | --- | --- | --- | --- |
    | 2027-06-15 | stronger | \`partner.example\` | \`@hostmaster\` |

    </details>
    "
  `)
})

test('the text changes with a status or a month, and on no other day', () => {
  expect(markdownOn('2026-11-23')).toBe(markdownOn('2026-11-22'))
  expect(markdownOn('2026-11-24')).toBe(markdownOn('2026-11-22'))
  expect(markdownOn('2026-11-25')).not.toBe(markdownOn('2026-11-24'))
  expect(markdownOn('2026-11-30')).toBe(markdownOn('2026-11-25'))
  expect(markdownOn('2026-11-22')).not.toContain('2026-11-22')
})

test.each([
  ['weaker', 'may', 90, '2027-01-14'],
  ['weaker', 'may', 20, '2026-11-20'],
  ['stronger', 'secure', 366, '2027-11-01'],
] as const)(
  'a %s override (%s) gets a date within the %i days that are agreed: %s',
  (effect, policy, days, until) => {
    const text = `destination: a.example\npolicy: ${policy}\nreview_date: 2026-11-15`
    const settings = `review: { longest_days: { ${effect}: ${days} } }`
    const register = registerOf({ 'a.yaml': text, '_settings.yaml': settings }, '2026-11-01')
    expect(/--until (\S+)/.exec(formatMarkdown(register, display))?.[1]).toBe(until)
    expect(daysBetween('2026-11-01', until)).toBeLessThanOrEqual(days)
  },
)

test('a login is mentioned where it is due, and an address or a current owner never', () => {
  const text = markdownOn('2026-11-22')
  expect(text).toContain(
    '| due | 2026-12-14 | `.lab.example`, `[relay.lab.example]:587` | @platform-team |',
  )
  expect(text).toContain('`@hostmaster`')
  expect(text.replaceAll('`@hostmaster`', '')).not.toContain('@hostmaster')
  for (const owner of ['a@b.example', '@a b', '@a/b/c', '@x\n@y', 'x', '@'])
    expect(mentionOf(owner)).toMatch(/^`.*`$/)
  expect(mentionOf('@org/team')).toBe('@org/team')
})

test('nothing due is said, and no command is given', () => {
  const { 'clinic.yaml': _, ...others } = files
  const text = formatMarkdown(registerOf(others, '2026-09-01'), display)
  expect(text).toMatch(/^### TLS policy overrides: nothing is due: 3 current, 1 inactive\n/)
  expect(text).not.toContain('```')
})

test('no fence is left by what stands within, and no cell of a table', () => {
  const block = codeBlock(["tlspolicy retire '```\n````sh'"])
  expect(block).toBe("`````sh\ntlspolicy retire '```\\n````sh'\n`````")
  expect(tableOf(['a'], [['`x | y \\| z`']])).toBe('| a |\n| --- |\n| `x \\u007c y \\\\u007c z` |')
})

/** The text without its fenced blocks; each closes. */
function withoutBlocks(text: string): string {
  let fence = ''
  const outside = text.split('\n').filter(line => {
    const [, run = ''] = /^(`{3,})/.exec(line) ?? []
    const wasOpen = fence !== ''
    if (wasOpen && line === fence) fence = ''
    else if (!wasOpen && run !== '') fence = run
    return !wasOpen && run === ''
  })
  expect(fence).toBe('')
  return outside.join('\n')
}

/** The line without its code spans, as CommonMark 6.1 finds them. */
function withoutCode(line: string): string {
  return line.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, '')
}

const ours = /^(?:#{3,4} |- |\*\*|\| )?(?:[\p{L}\d ,;:.?()'*…→_|-]|<\/?(?:details|summary)>)*$/u

test('whatever the files hold, all of it is in code, and the rest is ours', () => {
  fc.assert(
    fc.property(hostileRegister, fc.constantFrom(65_000, 9000), (register, limit) => {
      const text = formatMarkdown(register, display, { limit })
      expect(text).not.toMatch(neverShown)
      expect(text).not.toMatch(logCommand)
      expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(limit)
      for (const line of withoutBlocks(text).split('\n')) {
        const outside = withoutCode(line).replace(/ @(?:mention|org\/team) \|$/, '')
        expect(outside).toMatch(ours)
        expect(outside).not.toMatch(/x{9}|evil|mention|alert|^\s*::/)
        if (line.startsWith('|')) expect(line.match(/\|/g)).toHaveLength(5)
      }
    }),
  )
})

const sections = (text: string) => text.split('\n').filter(line => line.startsWith('#### '))

test('what does not fit is cut by whole overrides, and counted', () => {
  const many: Files = Object.fromEntries(
    Array.from({ length: 600 }, (_, index) => [
      `${index}.yaml`,
      `destination: d${index}.example\npolicy: may\nreview_date: ${index < 300 ? '2026-11-30' : '2027-05-03'}`,
    ]),
  )
  const register = registerOf(many)
  const whole = sections(formatMarkdown(register, display, { limit: Number.POSITIVE_INFINITY }))
  expect(whole).toHaveLength(300)
  for (const limit of [8000, 30_000, 65_000]) {
    const text = formatMarkdown(register, display, { limit })
    const size = new TextEncoder().encode(text).length
    expect(size).toBeLessThanOrEqual(limit)
    expect(size).toBeGreaterThan(limit / 2)
    const shown = sections(text)
    expect(shown.length).toBeGreaterThan(0)
    expect(shown).toEqual(whole.slice(0, shown.length))
    expect(text).toContain(`**${300 - shown.length} more overrides do not fit here.**`)
    expect(text).toContain('300 current overrides')
    const rows = text.match(/^\| due /gm)?.length ?? 0
    if (rows < 300) expect(text).toContain(`**${300 - rows} more overrides do not fit here.**`)
  }
})
