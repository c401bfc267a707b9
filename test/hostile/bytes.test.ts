import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findFaults } from '../../src/check/check.ts'
import { diagnose } from '../../src/check/diagnose.ts'
import { formatGithub } from '../../src/check/forms/github.ts'
import { formatJson } from '../../src/check/forms/json.ts'
import { plain } from '../../src/check/forms/paint.ts'
import { formatSarif } from '../../src/check/forms/sarif.ts'
import { formatText } from '../../src/check/forms/text.ts'
import { rules } from '../../src/check/rules.ts'
import { decode } from '../../src/language/encoding.ts'
import { collectPolicies } from '../../src/language/policies.ts'
import { readFile } from '../../src/language/read-file.ts'
import { unprintable } from './program.ts'
import { traps } from './traps.ts'

const names =
  `destination policy parameters justification review_date owner ticket contacted renewals
  active problem match protocols exclude tafile servername ciphers connection_reuse date to until because
  postfix version default_policy review require remind_days longest_days weaker __proto__ constructor
  toString << null a/b~c`.split(/\s+/)

const scalars =
  `a.example .example.com [h.example]:25 192.0.2.1 münchen.example may fingerprint secure dane
  none >=TLSv1.2 aNULL hostname yes 3.7 3.10 ~ null true .nan -.inf 0x1f 1e999 2026-12-15 0000-01-01
  9999-12-31 2026-02-30 AA:BB __proto__ constructor *a &a !x !!binary <<`.split(/\s+/)

const signs =
  ': |:|\n|\r\n|  |    |- |? |[|]|{|}|, |,|"|\'|>-\n|#| # |&a |*a|!x |!!str |%YAML 1.1\n|---\n|...\n|\t|\\0|\\ud800|\\x1b'

const token = fc.oneof(
  fc.constantFrom(...names),
  fc.constantFrom(...scalars),
  fc.constantFrom(...signs.split('|'), '|', '|-\n'),
  fc.constantFrom(...traps),
)

/** Text that begins like YAML, and may go on like it. */
const nearlyYaml = fc.array(token, { maxLength: 60 }).map(tokens => tokens.join(''))

const value: fc.Arbitrary<unknown> = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.oneof(fc.constantFrom(...scalars), fc.constantFrom(...traps), fc.string({ unit: 'binary' })),
    fc.constantFrom(null, true, 1, 1e308, -0.5),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 4 }),
  ),
})).value

/** YAML that says anything at all where fields are expected. */
const odd = fc
  .array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 9 })
  .map(fields => fields.map(([name, part]) => `${name}: ${JSON.stringify(part)}\n`).join(''))

/** Reads the bytes as an override and as the settings, and looks at all that is said about them. */
function expectGoodReports(bytes: Uint8Array): void {
  const { text } = decode(bytes)
  const texts = { textOf: () => text, display: (path: string) => path }
  for (const path of ['a.yaml', '_settings.yaml']) {
    const policies = collectPolicies([{ path, bytes }], readFile)
    const diagnostics = diagnose(findFaults(policies, '2026-11-22'), texts)
    const lengths = text.split('\n').map(line => line.length)
    for (const { line, column, endLine, endColumn, message } of diagnostics) {
      expect(column).toBeGreaterThan(0)
      expect(column - 1, message).toBeLessThanOrEqual(lengths[line - 1] ?? -1)
      expect(endColumn - 1, message).toBeLessThanOrEqual(lengths[endLine - 1] ?? -1)
      expect(endLine, message).toBeGreaterThanOrEqual(line)
    }
    const report = { diagnostics, overrides: 1 }
    const forms = [
      formatText(report, { textOf: () => text, paint: plain }),
      formatGithub(report),
      formatJson(report),
      formatSarif(report, { version: '1', rules }),
    ]
    for (const form of forms) expect(form).not.toMatch(unprintable)
  }
}

const texts = { 'nearly YAML': nearlyYaml, 'odd fields': odd }

test('of any bytes a report is made, with places inside the text', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc
      .tuple(nearlyYaml, fc.uint8Array({ maxLength: 4 }), nearlyYaml)
      .map(([before, damage, after]) =>
        Buffer.concat([Buffer.from(before), damage, Buffer.from(after)]),
      ),
  )
  fc.assert(fc.property(bytes, expectGoodReports), { numRuns: 600 })
})

test.each(Object.entries(texts))(
  'of %s a report is made, with places inside the text',
  (_, text) => {
    const property = fc.property(text, written => expectGoodReports(Buffer.from(written)))
    fc.assert(property, { numRuns: 600 })
  },
)
