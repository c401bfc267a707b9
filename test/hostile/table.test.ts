import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rules } from '../../src/check/rules.ts'
import { compile } from './compile.ts'
import { policyFiles } from './overrides.ts'
import { expectAsked, readTable } from './table.ts'

type Files = readonly (readonly [path: string, text: string])[]

/** The files that are left when those with an error are taken out. */
function withoutErrors(files: Files): Files {
  const { table, faults } = compile(files)
  if (table !== undefined) return files
  const wrong = faults.filter(({ rule }) => rules[rule].severity === 'error')
  const paths = new Set(wrong.map(({ path }) => path))
  return withoutErrors(files.filter(([path]) => !paths.has(path)))
}

/** Controls but LF, ends of lines for some readers, marks that turn the direction of writing. */
const misleading = /[^\n\P{Cc}]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Cs}/u

const runs = { numRuns: 200 }

test('each line of a table is what a file asks for, and nothing else is in it', () => {
  let compiled = 0
  fc.assert(
    fc.property(policyFiles, files => {
      const good = withoutErrors(files)
      const { table = '' } = compile(good)
      compiled += good.length
      expectAsked(
        table,
        good.map(([, text]) => text),
      )
      expect(table).not.toMatch(misleading)
    }),
    runs,
  )
  // Otherwise the property would hold of nothing.
  expect(compiled).toBeGreaterThan(400)
})

test('neither the order of the files nor their names change what the table says', () => {
  const shuffled = policyFiles.chain(files => {
    const good = withoutErrors(files)
    const all = { minLength: good.length, maxLength: good.length }
    return fc.tuple(fc.constant(good), fc.shuffledSubarray([...good], all))
  })
  fc.assert(
    fc.property(shuffled, ([files, other]) => {
      const { table = '', digest } = compile(files)
      expect(compile(other)).toMatchObject({ table, digest })
      const renamed = compile(other.map(([, text], index) => [files[index]?.[0] ?? '', text]))
      expect(renamed.digest).toBe(digest)
      expect(readTable(renamed.table ?? '')).toEqual(readTable(table))
    }),
    runs,
  )
})
