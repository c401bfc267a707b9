import { expect, test } from 'vitest'
import { decode, findHidden } from '../../src/language/encoding.ts'

const utf8 = (text: string) => Buffer.from(text)
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()

test('UTF-8 in all languages, with LF or CRLF, is read as it is', () => {
  for (const text of [
    '',
    'a: b\n',
    'a: b\r\n',
    'ü 中文 👩‍🚀 می‌خواهم\n',
    '\tindented\n',
    '\u00a0\u200b',
    '\ufffd',
  ])
    expect(decode(utf8(text))).toEqual({ text })
})

test.each([
  ['UTF-8 with a byte order mark', utf8('\ufeffa: b'), 'a byte order mark'],
  ['UTF-16, little end first', Buffer.from('\ufeffa: b', 'utf16le'), 'mark of UTF-16'],
  ['UTF-16, big end first', utf16be('\ufeffa: b'), 'mark of UTF-16'],
])('%s is named, and its text can be shown', (_, bytes, words) => {
  const { text, fault } = decode(bytes)
  expect(text).toBe('a: b')
  expect(fault).toMatchObject({ rule: 'encoding', at: { start: 0, end: 1 } })
  expect(fault?.message).toContain(words)
})

test('UTF-16 without a mark is refused at its first NUL', () => {
  expect(decode(Buffer.from('a: b', 'utf16le')).fault).toMatchObject({ at: { start: 1, end: 2 } })
  expect(decode(utf16be('a: b')).fault).toMatchObject({ at: { start: 0, end: 1 } })
})

test('the first byte that is not UTF-8 has its place', () => {
  const damaged = [
    [0xfc],
    [0xc3],
    [0xc0, 0xaf],
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0x80],
    [0xff],
  ]
  for (const bytes of damaged) {
    const { fault } = decode(Buffer.concat([utf8('ü👩: '), Buffer.from(bytes), utf8(' x\u0007')]))
    expect(fault).toMatchObject({ rule: 'encoding', at: { start: 5, end: 6 } })
  }
})

const hidden = [
  '\0',
  '\u0001',
  '\b',
  '\u000b',
  '\f',
  '\u001b',
  '\u007f',
  '\u0080',
  '\u0085',
  '\u009b',
  '\u061c',
  '\u200e',
  '\u200f',
  '\u2028',
  '\u2029',
  '\u202a',
  '\u202e',
  '\u2066',
  '\u2069',
  '\ufeff',
  '\ufffe',
  '\uffff',
]

test.each(hidden.map(char => [`U+${char.charCodeAt(0).toString(16).padStart(4, '0')}`, char]))(
  '%s is refused in a file, and in a value that escapes made',
  (_, char) => {
    expect(decode(utf8(`ü: a${char}b`)).fault).toMatchObject({
      rule: 'hidden-character',
      at: { start: 4, end: 5 },
    })
    expect(findHidden(`a${char}b`)).toMatch(/^\\u[\da-f]{4}$/)
  },
)

test('a CR of its own is refused, and halves of a pair where escapes make them', () => {
  expect(decode(utf8('a: b\rc: d\r\n')).fault).toMatchObject({ at: { start: 4, end: 5 } })
  expect(decode(utf8('a: b\r')).fault).toMatchObject({ rule: 'hidden-character' })
  expect(findHidden('a\rb')).toBe('\\r')
  expect(findHidden('a\ud800b')).toBe('\\ud800')
  expect(findHidden('\udc00\ud800')).toBe('\\udc00')
  expect(findHidden('a\n\tb 👩‍🚀')).toBeUndefined()
})
