import { expect, test } from 'vitest'
import type { Paint } from '../../src/check/forms/paint.ts'
import { paintFor } from '../../src/io/terminal.ts'

const terminal = { isTTY: true }
const pipe = {}

test.each([
  ['a terminal is coloured', terminal, {}, true, true],
  ['a pipe is not', pipe, {}, true, false],
  ['--no-color turns it off', terminal, {}, false, false],
  ['--no-color wins over FORCE_COLOR', terminal, { FORCE_COLOR: '1' }, false, false],
  ['NO_COLOR turns it off', terminal, { NO_COLOR: '1' }, true, false],
  ['NO_COLOR wins over FORCE_COLOR', terminal, { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
  ['an empty NO_COLOR says nothing', terminal, { NO_COLOR: '' }, true, true],
  ['FORCE_COLOR colours a pipe', pipe, { FORCE_COLOR: '1' }, true, true],
  ['FORCE_COLOR=0 turns it off', terminal, { FORCE_COLOR: '0' }, true, false],
  ['FORCE_COLOR=false turns it off', terminal, { FORCE_COLOR: 'false' }, true, false],
  ['a dumb terminal cannot show it', terminal, { TERM: 'dumb' }, true, false],
])('%s', (_name, stream, env, color, coloured) => {
  expect(paintFor(stream, env, color)('error', 'text') !== 'text').toBe(coloured)
})

test('each style is a colour or weight of its own, is closed again and keeps the text', () => {
  const paint: Paint = paintFor(terminal, {}, true)
  const styles = ['error', 'warning', 'notice', 'bold', 'dim', 'help'] as const
  const painted = styles.map(style => paint(style, 'text'))
  expect(new Set(painted).size).toBe(styles.length)
  for (const text of painted) expect(text).toMatch(/^(?:\u001b\[\d+m)+text(?:\u001b\[(?:22|39)m)+$/)
})
