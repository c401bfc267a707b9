import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { writeFlowValue, writeFolded, writeValue } from '../../src/language/write-value.ts'

const edges = ['\u00a0', '\u2003', '\u3000', '\ufeff', '\u2028', '\n', '\t', ' ', '\r\n'].flatMap(
  blank => [`name${blank}`, `${blank}name`, blank],
)

test.each(edges)('a blank at the edge of a value stays: %j', text => {
  expect(parse(`a: ${writeValue(text)}\n`)).toEqual({ a: text })
  expect(parse(`a: [${writeFlowValue(text)}]\n`)).toEqual({ a: [text] })
})

test('so it does at the end of a folded text', () => {
  const { sign, lines } = writeFolded('Told them.\u00a0', 100)
  expect(parse(`a: ${sign}\n${lines.map(line => `  ${line}\n`).join('')}`)).toEqual({
    a: 'Told them.\u00a0',
  })
})
