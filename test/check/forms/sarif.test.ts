import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with {
  type: 'json',
}
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Report } from '../../../src/check/diagnostic.ts'
import { formatSarif } from '../../../src/check/forms/sarif.ts'
import { diagnostic, hostileReport, logCommand, neverShown, reportOf } from './reports.ts'

// RFC 3986: only its characters, whole escapes, and no colon before the first slash.
const relative = /^(?![^/]*:)(?:[\w.~!$&'()*+,;=:@/-]|%[\dA-F]{2})*$/
const formats = { 'uri-reference': relative, uri: URL.canParse, 'date-time': true } as const
// One pattern of the schema is no pattern in Unicode mode.
const ajv = new Ajv({ strict: false, allErrors: true, formats, unicodeRegExp: false })
// The schema is written in draft-04, of which it uses nothing that Ajv reads in another way.
const { $schema: _draft04, id: _id, ...schema } = sarifSchema
const validate = ajv.compile(schema)

const rules = {
  'policy-unknown': {
    severity: 'error',
    summary: 'Unknown policy',
    why: 'Postfix defers the mail.',
  },
  overdue: { severity: 'warning', summary: 'Review overdue', why: 'Temporary stays temporary.' },
  'folder-empty': { severity: 'notice', summary: 'No overrides', why: 'A wrong folder looks so.' },
} as const

function sarif(report: Report) {
  return JSON.parse(formatSarif(report, { version: '1.2.3', rules }))
}

function uriOf(file: string): string {
  const [result] = sarif(reportOf(diagnostic({ file }))).runs[0].results
  return result.locations[0].physicalLocation.artifactLocation.uri
}

function messageOf(message: string): string {
  return sarif(reportOf(diagnostic({ message }))).runs[0].results[0].message.text
}

test('the tool and all its rules are described, also those that found nothing', () => {
  const { driver } = sarif(reportOf()).runs[0].tool
  expect(driver).toMatchObject({ name: 'tlspolicy', version: '1.2.3' })
  expect(driver.rules).toHaveLength(3)
  expect(driver.rules[1]).toEqual({
    id: 'overdue',
    shortDescription: { text: 'Review overdue' },
    fullDescription: { text: 'Temporary stays temporary.' },
    defaultConfiguration: { level: 'warning' },
    help: {
      text: 'Temporary stays temporary.\n\n"tlspolicy rules overdue" shows an example.',
    },
  })
  expect(driver.rules[2].defaultConfiguration).toEqual({ level: 'note' })
})

test('a result names its rule, its place and its help', () => {
  const found = diagnostic({
    rule: 'overdue',
    severity: 'notice',
    help: 'run "tlspolicy renew"',
    endLine: 2,
  })
  const [run] = sarif(reportOf(found)).runs
  expect(run.columnKind).toBe('utf16CodeUnits')
  expect(run.results).toEqual([
    {
      ruleId: 'overdue',
      ruleIndex: 1,
      level: 'note',
      message: { text: 'unknown policy "mai"\nhelp: run "tlspolicy renew"' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'policies/partner.yaml' },
            region: { startLine: 1, startColumn: 1, endLine: 2, endColumn: 2 },
          },
        },
      ],
    },
  ])
})

test('an address for more is given only where there is one', () => {
  const informationUri = 'https://tlspolicy.example/'
  const output = formatSarif(reportOf(), { version: '1.2.3', rules, informationUri })
  expect(JSON.parse(output).runs[0].tool.driver.informationUri).toBe(informationUri)
  expect(validate(JSON.parse(output))).toBe(true)
  expect(sarif(reportOf()).runs[0].tool.driver).not.toHaveProperty('informationUri')
})

test.each([
  ['policies/a b#c?.yaml', 'policies/a%20b%23c%3F.yaml'],
  ['policies/münchen.yaml', 'policies/m%C3%BCnchen.yaml'],
  ['file:evil.yaml', 'file%3Aevil.yaml'],
  ['//host/a.yaml', '/host/a.yaml'],
  ['a\ud800.yaml', 'a%EF%BF%BD.yaml'],
  ['100%.yaml', '100%25.yaml'],
  ['.', '.'],
  ['', '.'],
])('the path %j becomes the reference %j', (file, uri) => {
  expect(uriOf(file)).toBe(uri)
})

test('braces and brackets of a value are neither a placeholder nor a link', () => {
  expect(messageOf('"{0}" and "[a](https://x.example)" and "[mx.example]:25"')).toBe(
    '"{{0}}" and "[a\\](https://x.example)" and "[mx.example]:25"',
  )
})

test('the schema refuses what is not SARIF', () => {
  const log = sarif(reportOf(diagnostic()))
  expect(validate(log), JSON.stringify(validate.errors)).toBe(true)
  log.runs[0].results[0].level = 'notice'
  expect(validate(log)).toBe(false)
})

test('whatever the files hold, the log is valid SARIF and harmless to look at', () => {
  fc.assert(
    fc.property(hostileReport, ({ report }) => {
      const output = formatSarif(report, { version: '1.2.3', rules })
      expect(output).not.toMatch(neverShown)
      expect(output).not.toMatch(logCommand)
      expect(output).not.toMatch(/^\s*::/m)
      const log = JSON.parse(output)
      expect(validate(log), JSON.stringify(validate.errors)).toBe(true)
      expect(log.runs[0].results).toHaveLength(report.diagnostics.length)
      for (const { message } of log.runs[0].results) {
        expect(message.text.replace('\nhelp: ', '')).not.toMatch(/\n|\p{Cc}|\p{Cf}/u)
      }
    }),
  )
})
