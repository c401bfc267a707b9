import { expect, test } from 'vitest'
import { findFaults } from '../../src/check/check.ts'
import type { Rule } from '../../src/check/rule.ts'
import { rules } from '../../src/check/rules.ts'
import { collectPolicies } from '../../src/language/policies.ts'
import { readFile } from '../../src/language/read-file.ts'

const table: Readonly<Record<string, Rule>> = rules

/** An override without a fault; each field on a line of its own. */
const base = `destination: partner.example
policy: may
justification: Their TLSA record names the certificate of last year; postmaster told.
review_date: 2026-12-15
`

/** Rules whose fault is in a file itself or between two files, and in no field that an example could show. */
const withoutExample = [
  'symbolic-link',
  'not-a-file',
  'unreadable',
  'too-large',
  'file-name',
  'ignored-file',
  'path-collision',
  'encoding',
  'empty-file',
  'duplicate-destination',
  'equals-parent',
  'crowded-day',
]

/** The base, with the fields of the example in the place of its own. */
function merge(example: string): string {
  const fields: readonly string[] = example.match(/^\w+(?=:)/gm) ?? []
  const kept = base.split('\n').filter(line => !fields.includes(line.split(':', 1)[0] ?? ''))
  return `${kept.join('\n')}${example}\n`
}

function rulesIn(override: string, settings = '{}'): readonly string[] {
  const encoder = new TextEncoder()
  const policies = collectPolicies(
    [
      { path: 'partner.yaml', bytes: encoder.encode(override) },
      { path: '_settings.yaml', bytes: encoder.encode(settings) },
    ],
    readFile,
  )
  return [...new Set(findFaults(policies, '2026-11-22').map(({ rule }) => rule))]
}

const examples = Object.entries(table).flatMap(([id, { example, settings }]) =>
  example === undefined ? [] : [{ id, example, settings }],
)

test('the override that the examples change has no fault', () => {
  expect(rulesIn(base)).toEqual([])
})

test.each(examples)('the example of $id breaks that rule and no other', row => {
  expect(rulesIn(merge(row.example), row.settings)).toEqual([row.id])
})

test('a rule without an example is one that a single text cannot show', () => {
  const found = Object.keys(table).filter(id => table[id]?.example === undefined)
  expect(found.toSorted()).toEqual(withoutExample.toSorted())
})

test.each(Object.entries(table))('%s has an id, a summary and a reason in one form', (id, rule) => {
  expect(id).toMatch(/^[a-z]+(-[a-z\d]+)*$/)
  expect(rule.summary).toMatch(/^\S.{10,}[^.!\s]$/)
  expect(rule.summary).not.toMatch(/^(A|An|The) /)
  expect(rule.why).toMatch(/^\S.{10,}\.$/)
})

test('no two rules say the same', () => {
  const all = Object.values(table)
  expect(new Set(all.map(({ summary }) => summary)).size).toBe(all.length)
})

test('a rule that is made stricter is a warning at first', () => {
  const strict = Object.values(table).filter(rule => rule.strict)
  expect(strict.filter(({ severity }) => severity !== 'warning')).toEqual([])
})

test('a rule that depends on the day never keeps a table back', () => {
  const dated = Object.entries(table).filter(([, rule]) => rule.dated)
  expect(dated.map(([id]) => id).toSorted()).toEqual(
    ['crowded-day', 'on-weekend', 'overdue', 'too-far-ahead'].toSorted(),
  )
  expect(dated.filter(([, { severity }]) => severity === 'error')).toEqual([])
})
