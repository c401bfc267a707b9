import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createFile, removeFile, replaceFile } from '../../src/io/edit.ts'
import { Failure } from '../../src/io/failure.ts'

const before = new TextEncoder().encode('old')

function makeFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'tlspolicy-edit-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'a.yaml')
  writeFileSync(path, text)
  return path
}

test('a file that is as it was is replaced or removed', () => {
  const path = makeFile('old')
  replaceFile(path, before, 'new')
  expect(readFileSync(path, 'utf8')).toBe('new')
  removeFile(path, new TextEncoder().encode('new'))
  expect(readdirSync(join(path, '..'))).toEqual([])
})

test('a file that somebody has changed stays as it is', () => {
  const path = makeFile('theirs')
  expect(() => replaceFile(path, before, 'new')).toThrow(Failure)
  expect(() => removeFile(path, before)).toThrow(/changed it meanwhile/)
  expect(() => createFile(path, 'new')).toThrow(Failure)
  expect(readFileSync(path, 'utf8')).toBe('theirs')
  expect(readdirSync(join(path, '..'))).toEqual(['a.yaml'])
})
