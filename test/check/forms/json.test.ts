import { Ajv } from 'ajv'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import schema from '../../../schema/check.schema.json' with { type: 'json' }
import { formatJson } from '../../../src/check/forms/json.ts'
import { diagnostic, hostileReport, logCommand, neverShown, reportOf } from './reports.ts'

const validate = new Ajv({ strict: true, allErrors: true }).compile(schema)

test('the report is printed field by field in the order of its schema', () => {
  const report = reportOf(diagnostic({ help: 'did you mean "may"?' }))
  expect(formatJson(report)).toMatchInlineSnapshot(`
    "{
      "version": 1,
      "diagnostics": [
        {
          "rule": "policy-unknown",
          "severity": "error",
          "message": "unknown policy \\"mai\\"",
          "file": "policies/partner.yaml",
          "line": 1,
          "column": 1,
          "endLine": 1,
          "endColumn": 2,
          "help": "did you mean \\"may\\"?"
        }
      ],
      "counts": {
        "error": 1,
        "warning": 0,
        "notice": 0
      },
      "overrides": 5
    }
    "
  `)
})

test('a report without faults has its counts all the same', () => {
  expect(JSON.parse(formatJson({ diagnostics: [], overrides: 3 }))).toEqual({
    version: 1,
    diagnostics: [],
    counts: { error: 0, warning: 0, notice: 0 },
    overrides: 3,
  })
})

test('the schema refuses a report of another shape', () => {
  const report = JSON.parse(formatJson(reportOf(diagnostic())))
  expect(validate(report)).toBe(true)
  expect(validate({ ...report, version: 2 })).toBe(false)
  expect(validate({ ...report, counts: { error: 1, warning: 0 } })).toBe(false)
  expect(validate({ ...report, diagnostics: [{ ...diagnostic(), line: 0 }] })).toBe(false)
  expect(validate({ ...report, added: true })).toBe(true)
})

test('whatever the files hold, the JSON says it exactly, is valid and is harmless in a log', () => {
  fc.assert(
    fc.property(hostileReport, ({ report }) => {
      const output = formatJson(report)
      const parsed = JSON.parse(output)
      expect(parsed.diagnostics).toEqual(report.diagnostics)
      expect(validate(parsed), JSON.stringify(validate.errors)).toBe(true)
      expect(output).not.toMatch(neverShown)
      expect(output).not.toMatch(logCommand)
      expect(output).not.toMatch(/^\s*::/m)
    }),
  )
})
