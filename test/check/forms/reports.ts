import fc from 'fast-check'
import type { Diagnostic, Report } from '../../../src/check/diagnostic.ts'

type Part = Partial<Omit<Diagnostic, 'rule'>> & { readonly rule?: string }

/** A diagnostic on the first character of a file, but for the parts that matter to a test. */
export function diagnostic({ rule = 'policy-unknown', ...part }: Part = {}): Diagnostic {
  const place = { file: 'policies/partner.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 }
  const id = rule as Diagnostic['rule']
  return { rule: id, severity: 'error', message: 'unknown policy "mai"', ...place, ...part }
}

export function reportOf(...diagnostics: readonly Diagnostic[]): Report {
  return { diagnostics, overrides: 5 }
}

const traps = [
  '\n',
  '\r',
  '\r\n',
  '\t',
  '\0',
  '\n::error::x',
  ' ::stop-commands::x',
  '\r::add-mask::a',
  '##[add-mask]a',
  '##vso[task.setvariable]x',
  '%0A',
  '%',
  ':',
  ',',
  '|',
  '`',
  '{0}',
  '[text](https://x.example)',
  '\u001b[2J',
  '\u009b31m',
  '\u007f',
  '\u0085',
  '\u2028',
  '\u202e',
  '\u200b',
  '\ufeff',
  '\u{e0001}',
  '\ud800',
  '\udc00',
  '中文',
  'e\u0301',
  '👩\u200d🚀',
  '__proto__',
  '../../',
  '//host/',
]

/** Text as an attacker would write it into a pull request, now and then very long. */
const hostileText = fc
  .tuple(
    fc.array(fc.oneof(fc.constantFrom(...traps), fc.string({ unit: 'binary' })), { maxLength: 8 }),
    fc.constantFrom(1, 1, 1, 1, 2000),
  )
  .map(([parts, times]) => parts.join('').repeat(times).slice(0, 10_000))

const position = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 20_000 }))

const hostileDiagnostic = fc
  .record(
    {
      rule: hostileText,
      severity: fc.constantFrom('error', 'warning', 'notice'),
      message: hostileText,
      help: hostileText,
      file: fc.oneof(hostileText, fc.constant('.')),
      span: fc.tuple(position, position, fc.nat(3), position),
    },
    { requiredKeys: ['rule', 'severity', 'message', 'file', 'span'] },
  )
  .map(({ span: [line, column, more, width], ...rest }): Diagnostic => {
    const end = more === 0 ? column + width - 1 : width
    return diagnostic({ ...rest, line, column, endLine: line + more, endColumn: end })
  })

/** A report whose every field is hostile, and the text of its files. */
export const hostileReport = fc.record({
  report: fc.record({
    diagnostics: fc.array(hostileDiagnostic, { maxLength: 5 }),
    overrides: fc.nat(3),
  }),
  text: fc.option(hostileText, { nil: undefined }),
})

/** What no output may hold: controls but LF, direction marks, other invisibles, halves of a pair. */
export const neverShown = /[^\n\P{Cc}]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u

/** A log command that counts wherever it stands in a line. */
export const logCommand = /##[a-z]*\[/i
