import { expect, test } from 'vitest'
import { planImport } from '../../../src/install/import/plan.ts'
import { readSource } from '../../../src/install/import/read-source.ts'
import { collectPolicies } from '../../../src/language/policies.ts'
import { readFile } from '../../../src/language/read-file.ts'

/** The destinations of an import, and the lines that it leaves out. */
function importOf(...lines: readonly string[]) {
  const read = readSource(new TextEncoder().encode(lines.join('\n')), undefined)
  if ('fault' in read) throw new Error(read.fault)
  const plan = planImport(read, collectPolicies([], readFile), path => path)
  return {
    taken: plan.decided.map(({ destination }) => destination.text),
    leftOut: plan.leftOut.map(({ place }) => place),
    why: plan.leftOut.map(({ why }) => why),
  }
}

const ascii = 'xn--mnchen-3ya.example'
const unicode = 'münchen.example'

test('two spellings of a name that the table answers differently are both left out', () => {
  const found = importOf(`${ascii} may`, 'a.example may', `${unicode} secure`)
  expect(found).toMatchObject({ taken: ['a.example'], leftOut: ['line 1', 'line 3'] })
  expect(found.why[0]).toContain(
    `both spellings of "${ascii}", and line 3, which has the other one, decides otherwise`,
  )
})

test('so they are where one of them is left out for another reason', () => {
  expect(importOf(`${ascii} must`, `${unicode} secure`)).toMatchObject({
    taken: [],
    leftOut: ['line 1', 'line 2'],
  })
})

test('of several entries with one spelling the first counts', () => {
  expect(importOf(`${ascii} may`, `${unicode} secure`, `${ascii} secure`).taken).toEqual([])
  expect(importOf(`${ascii} may`, `${unicode} may`, `${ascii} secure`)).toMatchObject({
    taken: [ascii],
    leftOut: ['line 3'],
  })
})

test('alike, or where only one is active, they are one override', () => {
  expect(importOf(`.${ascii} may`, `.${unicode} MAY`)).toMatchObject({
    taken: [`.${ascii}`],
    leftOut: [],
  })
  const rows = [`dest\tpolicy\tactive`, `${ascii}\tmay\t0`, `${unicode}\tsecure\t1`]
  expect(importOf(...rows)).toMatchObject({ taken: [unicode], leftOut: ['line 2'] })
})
