import { expect, test } from 'vitest'
import { readDocument } from '../../src/language/document.ts'

/** Each text, the beginning of what it is told, and the line and column of the place. */
const faulty: readonly (readonly [text: string, words: string, line: number, column: number])[] = [
  ['a: [b', 'what begins with [', 1, 4],
  ['a: {b: c', 'what begins with {', 1, 4],
  ['a: "b', 'what begins with "', 1, 4],
  ["x: y\na: 'b", "what begins with '", 2, 4],
  ['a: @b', 'a value that begins with "@"', 1, 4],
  ['a: `b`', 'a value that begins with "`"', 1, 4],
  ['a: >=TLSv1.2', 'a value that begins with ">"', 1, 4],
  ['a: "\\q"', 'within double quotes a backslash', 1, 5],
  ['a: b: c', 'a colon and a blank', 1, 5],
  ['a: b\n\tc: d', 'a tab cannot indent', 2, 1],
  ['a:\n    b: c\n  d: e', 'the line is indented', 3, 1],
  [`${'k'.repeat(1025)}: v`, 'the key is longer', 1, 1],
  ['a: b\n---\nc: d', 'the file holds several documents', 2, 1],
  ['a: &x &y b', 'a value can have one anchor', 1, 7],
  ['a: !x !y b', 'a value that begins with "!"', 1, 7],
  ['a: &x *y', 'an alias cannot have', 1, 7],
  ['<<<<<<< HEAD\na: b\n=======\na: c\n>>>>>>> other', 'Git left', 1, 1],
]

test.each(faulty)('%j is told in words: %s', (text, words, line, column) => {
  const { faults, data } = readDocument(text)
  expect(data).toBeUndefined()
  expect(faults.map(({ rule }) => rule)).toEqual(['yaml-syntax'])
  expect(faults[0]?.message).toContain(words)
  const at = faults[0]?.at
  const { start, end } = at && 'start' in at ? at : { start: -1, end: -1 }
  const before = text.slice(0, start).split('\n')
  expect([before.length, (before.at(-1)?.length ?? 0) + 1]).toEqual([line, column])
  expect(end).toBeGreaterThan(start)
})

test('only the first fault is told, since others follow from it', () => {
  expect(readDocument('a: [b\nc: d: e\n"').faults.length).toBe(1)
})

test('a value that begins with a sign of YAML is given back in quotes', () => {
  expect(readDocument('a: @b').faults[0]?.help).toContain('"@b"')
  expect(readDocument('a: *b').faults[0]?.help).toContain('"*b"')
  expect(readDocument('a: !b c').faults[0]?.help).toContain('"!b"')
})
