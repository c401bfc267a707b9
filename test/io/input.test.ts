import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readTail } from '../../src/io/input.ts'

test('of a file that is too large, the last whole lines are read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tlspolicy-tail-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'evidence.jsonl')
  writeFileSync(path, 'first\nsecond\nthird\n')
  const read = (most: number) => {
    const { bytes, isWhole } = readTail(path, most)
    return [new TextDecoder().decode(bytes), isWhole]
  }
  expect(read(19)).toEqual(['first\nsecond\nthird\n', true])
  expect(read(18)).toEqual(['second\nthird\n', false])
  expect(read(8)).toEqual(['third\n', false])
  expect(() => readTail(join(folder, 'missing'), 8)).toThrow(
    /^cannot read \S+: there is no such file or folder \(ENOENT\)$/,
  )
})
