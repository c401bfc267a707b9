import fc from 'fast-check'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import type { Diagnostic, Report } from '../../../src/check/diagnostic.ts'
import type { Paint } from '../../../src/check/forms/paint.ts'
import { plain } from '../../../src/check/forms/paint.ts'
import { formatText } from '../../../src/check/forms/text.ts'
import { diagnostic, hostileReport, logCommand, neverShown, reportOf } from './reports.ts'

function print(report: Report, text: string | undefined): string {
  return formatText(report, { textOf: () => text, paint: plain })
}

/** The source line and the underline of one diagnostic. */
function frame(text: string, part: Partial<Omit<Diagnostic, 'rule'>>): readonly string[] {
  return print(reportOf(diagnostic(part)), text)
    .split('\n')
    .slice(3, 5)
}

const partner = `destination: partner.example
policy: may
parameters:
  protocols: "!SSLv2,!SSLv3"
justification: >-
  todo
  later
review_date: 2026-12-15
`

test('an error, a warning on several lines and a fault of no file read like this', () => {
  const separator = diagnostic({
    rule: 'protocols-separator',
    message:
      'a comma ends the parameter protocols, so "!SSLv3" is a parameter that Postfix refuses',
    help: 'separate protocols with a colon: "!SSLv2:!SSLv3", or write ">=TLSv1.2"',
    line: 4,
    column: 14,
    endLine: 4,
    endColumn: 29,
  })
  const thin = diagnostic({
    rule: 'justification-thin',
    severity: 'warning',
    message: 'the justification "todo later" does not say why',
    line: 5,
    column: 16,
    endLine: 8,
    endColumn: 1,
  })
  const nothing = diagnostic({
    rule: 'folder-empty',
    severity: 'notice',
    message: 'there are no overrides in "policies"',
    help: 'run "tlspolicy add"',
    file: '.',
  })
  expect(print(reportOf(separator, thin, nothing), partner)).toMatchInlineSnapshot(`
    "error[protocols-separator]: a comma ends the parameter protocols, so "!SSLv3" is a parameter that Postfix refuses
     --> policies/partner.yaml:4:14
      |
    4 |   protocols: "!SSLv2,!SSLv3"
      |              ^^^^^^^^^^^^^^^
      = help: separate protocols with a colon: "!SSLv2:!SSLv3", or write ">=TLSv1.2"

    warning[justification-thin]: the justification "todo later" does not say why
     --> policies/partner.yaml:5:16
      |
    5 | justification: >-
      |                ^^ … to line 7

    notice[folder-empty]: there are no overrides in "policies"
      = help: run "tlspolicy add"

    1 error, 1 warning, 1 notice in 5 overrides
    "
  `)
})

test('a report without faults says so', () => {
  expect(print({ diagnostics: [], overrides: 5 }, '')).toBe('5 overrides, no faults\n')
})

test('a tab before the span is drawn as an escape and the underline moves with it', () => {
  expect(frame('\tpolicy:\tmai', { column: 10, endColumn: 13 })).toEqual([
    '1 | \\tpolicy:\\tmai',
    '  |            ^^^',
  ])
})

test('East Asian characters are two columns wide', () => {
  expect(frame('# 日本 policy: 混合', { column: 14, endColumn: 16 })).toEqual([
    '1 | # 日本 policy: 混合',
    '  |                ^^^^',
  ])
})

test('a combining mark has no column of its own', () => {
  expect(frame('# cafe\u0301 mai', { column: 9, endColumn: 12 })).toEqual([
    '1 | # cafe\u0301 mai',
    '  |        ^^^',
  ])
})

test('a span that begins on a combining mark marks the whole character', () => {
  expect(frame('cafe\u0301 mai', { column: 5, endColumn: 6 })[1]).toBe('  |    ^')
})

test('an emoji is two columns wide, a joined one is drawn in its parts', () => {
  expect(frame('# 🚀 mai', { column: 6, endColumn: 9 })[1]).toBe('  |      ^^^')
  expect(frame('# 👩\u200d🚀 mai', { column: 9, endColumn: 12 })).toEqual([
    '1 | # 👩\\u200d🚀 mai',
    '  |              ^^^',
  ])
  expect(frame('# 👩\u200d🚀 mai', { column: 5, endColumn: 6 })[1]).toBe('  |     ^^^^^^')
})

test('a character that cannot be seen is drawn and marked in full', () => {
  expect(frame('policy: m\u200bay', { column: 10, endColumn: 11 })).toEqual([
    '1 | policy: m\\u200bay',
    '  |          ^^^^^^',
  ])
})

test('a span of nothing, or past the end of the line, marks one column', () => {
  expect(frame('policy:', { column: 8, endColumn: 8 })[1]).toBe('  |        ^')
  expect(frame('policy:', { column: 900, endColumn: 905 })[1]).toBe('  |        ^')
  expect(frame('policy:', { column: 3, endColumn: 3 })[1]).toBe('  |   ^')
})

test('a CRLF ends a line and is not drawn', () => {
  const part = { line: 2, column: 9, endLine: 2, endColumn: 12 }
  expect(frame('a: b\r\npolicy: mai\r\n', part)).toEqual(['2 | policy: mai', '  |         ^^^'])
})

test('a span over several lines is marked to the end of its first line', () => {
  const part = { column: 4, endLine: 3, endColumn: 2 }
  expect(frame('a: [b,\nc,\nd]', part)).toEqual(['1 | a: [b,', '  |    ^^^ … to line 3'])
})

test('a span that ends with the line break stays on its line', () => {
  expect(frame('a: b\nc: d\n', { column: 4, endLine: 2, endColumn: 1 })[1]).toBe('  |    ^')
})

test('a long line is cut round the span', () => {
  const line = `${'x'.repeat(5000)}mai${'y'.repeat(5000)}`
  const [source = '', underline = ''] = frame(line, { column: 5001, endColumn: 5004 })
  expect(source).toMatch(/^1 \| …x+maiy+…$/)
  expect(stringWidth(source)).toBeLessThanOrEqual(102)
  expect(source.slice(underline.indexOf('^'), underline.lastIndexOf('^') + 1)).toBe('mai')
})

test('a span longer than the screen is marked as far as it is shown', () => {
  const [source = '', underline = ''] = frame('z'.repeat(10_000), { column: 1, endColumn: 10_001 })
  expect(source).toBe(`1 | ${'z'.repeat(96)}…`)
  expect(underline).toBe(`  | ${'^'.repeat(96)}`)
})

test('a line at the end of a long text is found, whatever the order of the diagnostics', () => {
  const text = Array.from({ length: 1000 }, (_, index) => `line: ${index + 1}`).join('\n')
  const lines = [1000, 7, 7, 8].map(line =>
    diagnostic({ line, endLine: line, column: 7, endColumn: 8 }),
  )
  const shown = print(reportOf(...lines), text).match(/line: \d+/g)
  expect(shown).toEqual(['line: 1000', 'line: 7', 'line: 7', 'line: 8'])
})

test.each([
  ['no text', undefined, 1],
  ['an empty text', '', 1],
  ['a line past the end of the text', 'a: b\n', 3],
])('with %s the diagnostic is printed without a frame', (_name, text, line) => {
  expect(print(reportOf(diagnostic({ line, endLine: line })), text)).toBe(
    `error[policy-unknown]: unknown policy "mai"\n --> policies/partner.yaml:${line}:1\n` +
      '\n1 error in 5 overrides\n',
  )
})

test('a log command in the source line loses its bracket, and the underline stays right', () => {
  expect(frame('a: "##[add-mask]e" # b', { column: 20, endColumn: 21 })).toEqual([
    '1 | a: "##\\u005badd-mask]e" # b',
    '  |                         ^',
  ])
})

test('colour changes nothing but the colour', () => {
  const paint: Paint = (style, text) => `<${style}>${text}</${style}>`
  const report = reportOf(diagnostic({ help: 'write "may"' }), diagnostic({ severity: 'notice' }))
  const painted = formatText(report, { textOf: () => 'mai', paint })
  expect(painted).toContain(
    '<error>error[policy-unknown]</error><bold>: unknown policy "mai"</bold>',
  )
  expect(painted).toContain('<error>1 error</error>, <notice>1 notice</notice> in 5 overrides')
  expect(painted.replace(/<\/?[a-z]+>/g, '')).toBe(print(report, 'mai'))
})

const ours = [
  /^(?:error|warning|notice)\[/,
  /^ +--> /,
  /^ +\| *\^*(?: … to line \d+)?$/,
  /^\d+ \| /,
  /^ +=( )help: /,
  /^\d+ (?:errors?|warnings?|notices?|overrides?)[, ]/,
  /^$/,
]

test('whatever the files hold, every line begins with words of ours and is harmless', () => {
  fc.assert(
    fc.property(hostileReport, ({ report, text }) => {
      const output = print(report, text)
      expect(output).not.toMatch(neverShown)
      expect(output).not.toMatch(logCommand)
      for (const line of output.split('\n')) {
        expect(
          ours.some(form => form.test(line)),
          line,
        ).toBe(true)
      }
    }),
  )
})
