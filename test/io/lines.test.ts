import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import type { Sought } from '../../src/io/lines.ts'
import { forEachLine } from '../../src/io/lines.ts'

const linesOf = (text: string, ...words: readonly string[]) => soughtIn(text, { words })

async function soughtIn(text: string | Buffer, sought: Sought) {
  const folder = mkdtempSync(join(tmpdir(), 'tlspolicy-lines-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'mail.log')
  writeFileSync(path, text)
  const lines: string[] = []
  await forEachLine(path, sought, line => lines.push(line))
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

test('other words are sought near the lines that ask for them, in the block before, too', async () => {
  const filler = Array.from({ length: 2_000 }, (_, i) => `filler ${i} ${'x'.repeat(80)}\n`).join('')
  const text = `cause far\n${filler}${filler}${filler}cause before\n${filler}a status=bad\ncause after\n`
  const near = (line: string) => line.includes('bad')
  const around = { words: ['cause'], near }
  const found = await soughtIn(text, { words: ['status='], around })
  expect(found).toEqual(['cause before', 'a status=bad', 'cause after'])
  const quiet = await soughtIn(text.replace('bad', 'ok'), { words: ['status='], around })
  expect(quiet).toEqual(['a status=ok'])
})

test('of what is common, only that is taken which is asked for by what stands before', async () => {
  const asked: string[] = []
  const common = (isOn: boolean) => ({
    word: 'status=',
    next: 's',
    isOn: () => isOn,
    takes: (before: string) => asked.push(before) > 0 && before === 'b, ',
  })
  const text = 'a, status=sent (x)\nb, status=sent (x)\nc, status=deferred (x)\n'
  const find = (isOn: boolean) => soughtIn(text, { words: ['status='], common: common(isOn) })
  expect(await find(true)).toEqual(['b, status=sent (x)', 'c, status=deferred (x)'])
  expect(asked).toEqual(['a, ', 'b, '])
  expect(await find(false)).toEqual(['c, status=deferred (x)'])
  const other = { words: ['for ', 'status='], common: common(false) }
  expect(await soughtIn('failed for smart.example\na, status=sent (x)\n', other)).toEqual([
    'failed for smart.example',
  ])
})

test('what gzip has packed in several parts is read like the rest, with words for its head', async () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `${i} deferred ${'x'.repeat(i % 100)}`)
  const half = (from: number) => gzipSync(`${lines.slice(from, from + 10_000).join('\n')}\n`)
  const wordsFor = (head: string) => (head.startsWith('0 deferred') ? ['deferred'] : [])
  const packed = Buffer.concat([half(0), half(10_000)])
  expect(await soughtIn(packed, { words: ['nothing'], wordsFor })).toEqual(lines)
})
