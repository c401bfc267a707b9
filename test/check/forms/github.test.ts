import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatGithub } from '../../../src/check/forms/github.ts'
import { diagnostic, hostileReport, neverShown, reportOf } from './reports.ts'

interface Command {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

function unescaped(text: string): string {
  return text
    .replace(/%0D/g, '\r')
    .replace(/%0A/g, '\n')
    .replace(/%3A/g, ':')
    .replace(/%2C/g, ',')
    .replace(/%25/g, '%')
}

/** Reads a line as GitHub's runner does: a command begins with `::` after leading blanks. */
function command(line: string): Command | undefined {
  const [start, info = '', ...data] = line.trimStart().split('::')
  if (start !== '' || data.length === 0) return undefined
  const [name = '', ...list] = info.split(' ')
  const pairs = list.join(' ').split(',').filter(Boolean)
  const properties = pairs.map(pair => [
    pair.slice(0, pair.indexOf('=')),
    unescaped(pair.slice(pair.indexOf('=') + 1)),
  ])
  return { name, properties: Object.fromEntries(properties), data: unescaped(data.join('::')) }
}

test('a diagnostic is an annotation with its place, and the summary follows', () => {
  const found = diagnostic({
    help: 'did you mean "may"?',
    line: 2,
    column: 9,
    endLine: 2,
    endColumn: 12,
  })
  expect(formatGithub(reportOf(found))).toBe(
    '::error file=policies/partner.yaml,line=2,endLine=2,col=9,endColumn=12,title=policy-unknown' +
      '::unknown policy "mai"%0Ahelp: did you mean "may"?\n1 error in 5 overrides\n',
  )
})

test('a span over several lines has no columns', () => {
  const found = diagnostic({ severity: 'notice', line: 2, column: 9, endLine: 4, endColumn: 3 })
  expect(formatGithub(reportOf(found))).toContain(
    '::notice file=policies/partner.yaml,line=2,endLine=4,title=policy-unknown::',
  )
})

test('a block that ends at the start of a line is annotated where its text ends', () => {
  const found = diagnostic({ line: 2, column: 9, endLine: 5, endColumn: 1 })
  expect(formatGithub(reportOf(found))).toContain('line=2,endLine=4,title')
})

test('a fault of no file has no place', () => {
  expect(formatGithub(reportOf(diagnostic({ file: '.', message: 'no overrides' })))).toBe(
    '::error title=policy-unknown::no overrides\n1 error in 5 overrides\n',
  )
})

test('percent, colon and comma are escaped as actions/toolkit does', () => {
  const found = diagnostic({ file: 'a,b:c%0A.yaml', message: '100%: a,b' })
  expect(formatGithub(reportOf(found))).toContain(
    '::error file=a%2Cb%3Ac%250A.yaml,line=1,endLine=1,col=1,endColumn=2,title=policy-unknown::100%25: a,b\n',
  )
})

test('the worst come first', () => {
  const severities = ['notice', 'error', 'warning', 'error'] as const
  const found = severities.map((severity, index) => diagnostic({ severity, message: `m${index}` }))
  const lines = formatGithub(reportOf(...found)).split('\n')
  expect(lines.slice(0, 4).map(line => line.replace(/ .*::/, ' '))).toEqual([
    '::error m1',
    '::error m3',
    '::warning m2',
    '::notice m0',
  ])
})

test('what GitHub drops after ten of a type is counted and listed with its place', () => {
  const warnings = Array.from({ length: 12 }, (_, index) =>
    diagnostic({ severity: 'warning', message: `w${index}`, line: index + 1, endLine: index + 1 }),
  )
  const errors = Array.from({ length: 10 }, () => diagnostic())
  const global = diagnostic({ severity: 'warning', file: '.', message: 'w12' })
  const lines = formatGithub(reportOf(...warnings, ...errors, global))
    .split('\n')
    .slice(23)
  expect(lines).toEqual([
    '10 errors, 13 warnings in 5 overrides',
    'GitHub shows only 10 annotations of each type for a step. Not shown, but in the log above: 3 warnings',
    '  warning[policy-unknown] policies/partner.yaml:11:1: w10',
    '  warning[policy-unknown] policies/partner.yaml:12:1: w11',
    '  warning[policy-unknown]: w12',
    '',
  ])
})

test('ten of a type are all shown, and nothing is said', () => {
  const ten = Array.from({ length: 10 }, () => diagnostic())
  expect(
    formatGithub(reportOf(...ten))
      .split('\n')
      .slice(10),
  ).toEqual(['10 errors in 5 overrides', ''])
})

test('whatever the files hold, the runner reads one command for each diagnostic and no other', () => {
  fc.assert(
    fc.property(hostileReport, fc.integer({ min: 1, max: 12 }), ({ report }, times) => {
      const diagnostics = Array.from({ length: times }, () => report.diagnostics).flat()
      const output = formatGithub({ ...report, diagnostics })
      expect(output).not.toMatch(neverShown)
      const lines = output.split('\n')
      const commands = lines.map(command).filter(read => read !== undefined)
      expect(commands.map(({ name }) => name).sort()).toEqual(
        diagnostics.map(({ severity }) => severity).sort(),
      )
      const known = ['file', 'line', 'endLine', 'col', 'endColumn', 'title']
      for (const { properties } of commands)
        expect(known).toEqual(expect.arrayContaining(Object.keys(properties)))
      for (const line of lines.slice(diagnostics.length))
        expect(line).not.toMatch(/^\s*::|##[a-z]*\[/i)
    }),
  )
})

test('a message arrives as it was written, whatever printable characters it has', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme-ascii' }),
      fc.string({ unit: 'grapheme-ascii' }),
      (message, file) => {
        fc.pre(!/##[a-z]*\[/i.test(message + file) && file !== '.')
        const [line = ''] = formatGithub(reportOf(diagnostic({ message, file }))).split('\n')
        expect(command(line)).toMatchObject({ name: 'error', data: message, properties: { file } })
      },
    ),
  )
})
