import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDocument } from '../../../src/language/document.ts'
import { formatOverride } from '../../../src/register/edit/format.ts'
import { documents } from './documents.ts'

const commentsIn = (text: string) =>
  [...text.matchAll(/# beside \d+|#own \d+/g)].map(String).toSorted()

test('data and comments of any document stay, and a second run changes nothing', () => {
  let read = 0
  fc.assert(
    fc.property(documents(), text => {
      if (readDocument(text).faults.length > 0) return
      read += 1
      const formatted = formatOverride(text)
      if (formatted === undefined) throw new Error('it is refused')
      expect(readDocument(formatted).data).toEqual(readDocument(text).data)
      expect(commentsIn(formatted)).toEqual(commentsIn(text))
      expect(formatOverride(formatted)).toBe(formatted)
      expect(formatted).toMatch(/[^\n]\r?\n$/)
    }),
    { numRuns: 120 },
  )
  expect(read).toBeGreaterThan(60)
})

const lines = (...all: readonly string[]) => all.map(line => `${line}\n`).join('')

test('fields have an order, values their quotes, and the head of the file stays its head', () => {
  const text = lines(
    '---',
    '# yaml-language-server: $schema=../schema/override.schema.json',
    '',
    "review_date: '2026-12-15'   # a Tuesday",
    '# Why it is there.',
    'justification: "Their certificate expired; the postmaster was told."',
    "policy:    'may'",
    'parameters: {exclude: [aNULL,   "RC4"], protocols: ">=TLSv1.2"}',
    '',
    '',
    'destination: ["a.example", ".b.example"]',
    'renewals: [{until: 2026-12-15, because: "It takes longer, they say.", date: 2026-11-20}]',
    '# The end.',
  )
  expect(formatOverride(text)).toBe(
    lines(
      '# yaml-language-server: $schema=../schema/override.schema.json',
      '',
      'destination:',
      '  - a.example',
      '  - .b.example',
      'policy: may',
      'parameters:',
      '  protocols: ">=TLSv1.2"',
      '  exclude: [aNULL, RC4]',
      '# Why it is there.',
      'justification: Their certificate expired; the postmaster was told.',
      'review_date: 2026-12-15 # a Tuesday',
      'renewals:',
      '  - { date: 2026-11-20, until: 2026-12-15, because: "It takes longer, they say." }',
      '# The end.',
    ),
  )
})

test('a long text is folded, and a list of one in brackets stays what a check warns of', () => {
  const words = 'Their TLSA record names the certificate of last year. '.repeat(4).trim()
  const formatted = formatOverride(`destination: [a.example]\njustification: "${words}"\n`)
  expect(formatted).toMatch(/^destination: \[a\.example\]\njustification: >-\n {2}Their/)
  expect(formatted?.split('\n').every(line => line.length <= 100)).toBe(true)
})

test.each(['a: [', '', '# nothing', '- a', 'a: &b c', 'a: 1\na: 2', '%YAML 1.2\n---\na: 1', '{}'])(
  'what is no override is left alone: %j',
  text => expect(formatOverride(text)).toBeUndefined(),
)
