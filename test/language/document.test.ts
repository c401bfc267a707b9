import { expect, test } from 'vitest'
import { findRanges, readDocument } from '../../src/language/document.ts'

const read = (text: string) => {
  const { data, faults } = readDocument(text)
  return { data: structuredClone(data), rules: faults.map(({ rule }) => rule) }
}

/** The text at which a fault of a document points. */
function marked(text: string): readonly string[] {
  const places = readDocument(text).faults.map(({ at }) => at)
  return findRanges(text, places).map(([start, end]) => text.slice(start, end))
}

test('plain data is read by the core schema of YAML 1.2', () => {
  const text = `a: 2026-12-15\nb: no\nc: 0o17\nd: ~\ne: "1"\nf: [x, {y: z}]\ng: >-\n  one\n  two\n`
  expect(read(text)).toEqual({
    data: { a: '2026-12-15', b: 'no', c: 15, d: null, e: '1', f: ['x', { y: 'z' }], g: 'one two' },
    rules: [],
  })
})

test.each([
  ['an anchor', 'a: &x b', ['b']],
  ['an anchor on a map', 'a: &x\n  b: c', ['b']],
  ['an alias', 'a: 1\nb: *a', ['*a']],
  ['a merge key', 'a: &x {b: c}\nd:\n  <<: *x', ['{b: c}', '*x']],
  ['a tag', 'a: !x b', ['b']],
  ['a tag of YAML', 'a: !!str 1', ['1']],
  ['a tag for bytes', 'a: !!binary QQ==', ['QQ==']],
  ['a tag for a program', 'a: !!js/function "x"', ['"x"']],
  ['a tag that says nothing', 'a: ! 1', ['1']],
  ['a tag in full', 'a: !<tag:yaml.org,2002:str> 1', ['1']],
  ['a tag on nothing', 'a: !x', ['']],
  ['a key with a tag', '!x a: 1', ['a']],
  ['a key with an anchor', '&x a: 1', ['a']],
  ['a list as key', '[a]: 1', ['[a]']],
  ['a map as key', '{a: b}: 1', ['{a: b}']],
  ['a number as key', '1: a', ['1']],
  ['a truth value as key', 'true: a', ['true']],
  ['nothing as key', ': a', ['']],
  ['a tilde as key', '~: a', ['~']],
  ['a question mark', '? [a]\n: b', ['[a]']],
  ['a version', '%YAML 1.1\n---\na: b', ['%']],
  ['the right version', '%YAML 1.2\n---\na: b', ['%']],
  ['a short name for tags', '# first\n%TAG !e! tag:e.example,2026:\n---\na: b', ['%']],
  ['an unknown directive', '\n%FOO\n---\na: b', ['%']],
])('%s is refused where it stands', (_, text, places) => {
  expect(new Set(read(text).rules)).toEqual(new Set(['yaml-feature']))
  expect(marked(text)).toEqual(places)
})

test('a merge key without an alias is a key like others', () => {
  expect(read('<<: {a: b}')).toEqual({ data: { '<<': { a: 'b' } }, rules: [] })
})

test('a key that is written twice is refused at the second', () => {
  expect(marked('a: 1\nb: 2\na: 3')).toEqual(['a'])
  expect(read('a: 1\n"a": 2').rules).toEqual(['yaml-syntax'])
  expect(read('x: {a: 1, a: 2}').rules).toEqual(['yaml-syntax'])
  expect(
    findRanges(
      'a: 1\nb: 2\na: 3',
      readDocument('a: 1\nb: 2\na: 3').faults.map(({ at }) => at),
    ),
  ).toEqual([[10, 11]])
})

test('names that JavaScript knows are keys like others, and change nothing', () => {
  const text = '__proto__: {polluted: 1}\nconstructor: 1\ntoString: 2\nhasOwnProperty: 3\n'
  const { data, faults } = readDocument(text)
  expect(faults).toEqual([])
  expect(Object.keys(data as object)).toEqual([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
  ])
  expect(Object.getPrototypeOf(data)).toBeNull()
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  expect(readDocument('__proto__: 1\n__proto__: 2').faults.length).toBe(1)
})

test('several documents are refused, and one may have its marks', () => {
  expect(read('---\na: b\n...\n')).toEqual({ data: { a: 'b' }, rules: [] })
  expect(read('a: b\n---\nc: d\n').rules).toEqual(['yaml-syntax'])
  expect(read('---\n---\n').rules).toEqual(['yaml-syntax'])
  expect(readDocument('a: b\n---\nc: d\n').faults[0]?.message).toContain('several documents')
})

test.each(['', '\n', '# nothing\n', '---\n', '~', 'null', '--- # nothing\n...\n'])(
  '%j holds no override',
  text => {
    expect(read(text).rules).toEqual(['empty-file'])
  },
)

test.each([
  ['lists', '[', ']'],
  ['maps', '{a: ', '}'],
  ['keys', '{? ', '}'],
  ['lines', '- ', ''],
  ['keys in lines', '? ', ''],
])('%s nested too deeply are refused before they are read', (_, open, close) => {
  for (const levels of [40, 1000, 10_000]) {
    const { faults } = readDocument(`a:\n  ${open.repeat(levels)}x${close.repeat(levels)}`)
    expect(faults.length).toBe(1)
    expect(faults[0]).toMatchObject({
      rule: 'yaml-syntax',
      message: expect.stringContaining('deeply'),
    })
  }
})

test('as deep as an override goes, and a little deeper, is read', () => {
  expect(read('a:\n  - b:\n      - c: [{d: [e]}]\n').rules).toEqual([])
  expect(read('[[[[[[a]]]]]]').rules).toEqual([])
})

test('what escapes hide in values and keys is refused where it stands', () => {
  expect(marked('a: "x\\0"')).toEqual(['"x\\0"'])
  expect(marked('a: ["b", "\\ud800"]')).toEqual(['"\\ud800"'])
  expect(marked('"a\\u2028": 1')).toEqual(['"a\\u2028"'])
  expect(read('a: "\\x1b[2J"\nb: "\\r"\nc: "\\u202e"').rules).toEqual(
    Array(3).fill('hidden-character'),
  )
  expect(read('a: "\\n\\t\\ud83d\\ude00"')).toEqual({ data: { a: '\n\t😀' }, rules: [] })
})

test('lists in brackets with one value are remembered', () => {
  expect(readDocument('a: [b]\nc: [d, e]\nf:\n  - g\n').bracketed).toEqual(['/a'])
})

test('places are found by pointer, of values and of keys, as far as they exist', () => {
  const text = 'a/b~c: [x, {"": y}]\nd:\n  e: f\ng:\n'
  const ranges = findRanges(text, [
    { pointer: '/a~1b~0c/1/' },
    { pointer: '/a~1b~0c', key: true },
    { pointer: '/d/e' },
    { pointer: '/d' },
    { pointer: '/d/nothing/here' },
    { pointer: '/a~1b~0c/7' },
    { pointer: '' },
    { pointer: '/__proto__' },
    { start: 3, end: 5 },
  ])
  const texts = ranges.map(([start, end]) => text.slice(start, end))
  expect(texts).toEqual(['y', 'a/b~c', 'f', 'e', 'e', '[x, {"": y}]', 'a/b~c', 'a/b~c', '~c'])
  expect(findRanges('', [{ pointer: '/a' }])).toEqual([[0, 0]])
})
