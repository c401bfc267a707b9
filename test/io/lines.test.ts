import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { forEachLine } from '../../src/io/lines.ts'

async function linesOf(text: string, ...words: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'tlspolicy-lines-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'mail.log')
  writeFileSync(path, text)
  const lines: string[] = []
  await forEachLine(path, words, line => lines.push(line))
  return lines
}

test('each line that holds a word is handed over once, in order, the last without its end, too', async () => {
  const text = 'deferred a\nnothing\n\nb lost, deferred, lost\nc lost\nsent\ndeferred ü'
  const lines = ['deferred a', 'b lost, deferred, lost', 'c lost', 'deferred ü']
  expect(await linesOf(text, 'deferred', 'lost')).toEqual(lines)
  expect(await linesOf('', 'deferred')).toEqual([])
})

test('a line that lies across the pieces of a file is whole', async () => {
  const line = (i: number) => `line ${i} ü ${'x'.repeat(i % 200)} deferred`
  const lines = Array.from({ length: 20_000 }, (_, i) => line(i))
  expect(lines.join('\n').length).toBeGreaterThan(2 ** 21)
  expect(await linesOf(`${lines.join('\n')}\n`, 'deferred')).toEqual(lines)
})

test('a line without end is cut', async () => {
  const [line = ''] = await linesOf(`deferred ${'x'.repeat(2 ** 23)}`, 'deferred')
  expect(line.length).toBe(2 ** 16)
})
