import { expect, test } from 'vitest'
import { readCompiled, readContent } from '../../src/install/content.ts'
import { formatTable } from '../../src/table/text.ts'
import { judge } from '../judgement.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const entriesOf = (text: string) => [...readContent(bytes(text)).entries]

test('of several lines with one key the first counts, in a table of ours or of people', () => {
  expect(entriesOf('a.example may\na.example none\n')).toEqual([['a.example', 'may']])
  expect(entriesOf('A.example\tmay\na.example none\n')).toEqual([['a.example', 'may']])
})

test('a line that continues the one above is read as Postfix reads it', () => {
  expect(entriesOf('a.example may\n  ciphers=high\n')).toEqual([['a.example', 'may  ciphers=high']])
})

test('the order of the lines and the comments do not change the digest', () => {
  const [one, other] = ['b may\n# x\na none\n', 'a none\nb\tmay\n'].map(text =>
    readContent(bytes(text)),
  )
  expect(one?.digest).toBe(other?.digest)
  expect(one?.hash).not.toBe(other?.hash)
})

test('what was noted of a table counts for that very text', () => {
  const text = bytes('a.example may\n')
  const { hash, digest } = readContent(text)
  const noted = { text: hash, digest: '0'.repeat(64), entries: 7 }
  expect(readContent(text, noted)).toMatchObject({ digest: noted.digest, count: 7 })
  expect(readContent(text, { ...noted, text: '1'.repeat(64) })).toMatchObject({ digest, count: 1 })
})

test('what compile wrote has its digest, until somebody changes it', () => {
  const file = `destination: münchen.example
policy: may
justification: Their certificate expired, and the new one is announced for Friday.
review_date: 2026-12-15
`
  const text = formatTable(judge([file]).entries)
  expect(readCompiled(bytes(text))).toMatchObject({ hash: expect.any(String) })
  expect(readCompiled(bytes(text.replace(' may', ' none')))).toMatchObject({
    refused: expect.stringContaining('changed or cut'),
  })
  expect(readCompiled(bytes('a may\n'))).toMatchObject({
    refused: expect.stringContaining('no digest'),
  })
})
