import { expect, test } from 'vitest'
import {
  foldCase,
  isHostname,
  isUtf8Hostname,
  readDomainName,
  respell,
  survivesFolding,
  unicodeName,
} from '../../src/language/hostname.ts'

test.each([
  ['straße', 'strasse'],
  ['STRAẞE', 'strasse'],
  ['ΑΣ ας', 'ασ ασ'],
  ['ıI', 'ıi'],
  ['İ', 'i\u0307'],
  ['\u212a', 'k'],
  ['ſ', 's'],
  ['ﬁ', 'fi'],
  ['ǰ', 'j\u030c'],
  ['ΐ', 'ι\u0308\u0301'],
  ['µ', 'μ'],
  ['ꭰᏸᎠ', 'ᎠᏰᎠ'],
  ['𐐀', '𐐨'],
  ['münchen', 'münchen'],
])('%s folds to %s', (text, folded) => {
  expect(foldCase(text)).toBe(folded)
  expect(foldCase(folded)).toBe(folded)
})

test('folding that makes another name is told from folding that does not', () => {
  expect(['münchen', 'ı', 'Ꭰ', 'ǰ'].map(survivesFolding)).toEqual([true, true, true, true])
  expect(['straße', 'ας', 'ﬁ'].map(survivesFolding)).toEqual([false, false, false])
})

const label = 'x'.repeat(63)

test.each([
  'localhost',
  'a.1',
  '1.a',
  '1-2',
  '0x7f.1',
  'a_b.test',
  '_',
  'ab--c',
  'xn--a',
  label,
  `${label}.${label}.${label}.${label}`,
])('%s is a host name', text => {
  expect(isHostname(text)).toBe(true)
})

test.each([
  '',
  '1',
  '1.2.3.4',
  '-a',
  'a-',
  'a-.b',
  'a.-b',
  '-',
  'xn--',
  'a..b',
  'a.',
  '.a',
  'a*b',
  'a b',
  'münchen.test',
  `x${label}`,
  `${label}.${label}.${label}.${label.slice(1)}.x`,
])('%j is none', text => {
  expect(isHostname(text)).toBe(false)
})

test('U-labels count as the A-labels that they stand for', () => {
  expect(isUtf8Hostname('münchen.a_b.test')).toBe(true)
  expect(isUtf8Hostname(`${'ü'.repeat(58)}.test`)).toBe(false)
  expect(isUtf8Hostname('１.２')).toBe(false)
})

test.each([
  ['Example.COM', { ascii: 'example.com' }],
  ['MÜNCHEN.test', { ascii: 'xn--mnchen-3ya.test', unicode: 'münchen.test' }],
  ['XN--MNCHEN-3YA.test', { ascii: 'xn--mnchen-3ya.test', unicode: 'münchen.test' }],
  ['mu\u0308nchen.test', { ascii: 'xn--mnchen-3ya.test', unicode: 'münchen.test' }],
  ['straße.test', { ascii: 'xn--strae-oqa.test', unicode: 'straße.test' }],
  ['ꭰ.test', { ascii: 'xn--58d.test', unicode: 'Ꭰ.test' }],
  ['xn--99zzzz.test', { ascii: 'xn--99zzzz.test' }],
  ['ü-.test', { ascii: 'xn----dha.test' }],
])('%s is a name in two spellings', (text, name) => {
  expect(readDomainName(text)).toEqual(name)
})

test('a U-label that is too long for a key leaves the A-label', () => {
  const labels = Array.from({ length: 3 }, () => '𐍈'.repeat(50)).join('.')
  expect(readDomainName(`${labels}.test`)).not.toHaveProperty('unicode')
})

test.each([
  ['ｅxample.com', 'example.com'],
  ['STRAẞE.test', 'strasse.test'],
  ['a。test', 'a.test'],
])('%s is no spelling of a name, but %s is', (text, meant) => {
  expect(readDomainName(text)).toBeUndefined()
  expect(respell(text)).toBe(meant)
})

test('U-labels of a name in A-labels', () => {
  expect(unicodeName('xn--mnchen-3ya.test')).toBe('münchen.test')
  expect(unicodeName('example.com')).toBeUndefined()
})
