import { expect, test } from 'vitest'
import { readMatch, readMatchName, splitList } from '../../src/language/match.ts'

test.each(['hostname', 'NextHop', 'DOT-NEXTHOP'])('%s is a strategy, in any case', text => {
  expect(readMatchName(text)).toEqual({ kind: 'strategy', strategy: text.toLowerCase() })
})

test.each([
  'mx.partner.example',
  'MX.Partner.Example',
  '.partner.example',
  '*.partner.example',
  'localhost',
  'nexthop.partner.example',
  'foo_bar',
  '192.0.2.1',
  'münchen.test',
  '.MÜNCHEN.test',
  'xn--mnchen-3ya.test',
  `${'x'.repeat(63)}.test`,
])('%s is a name', text => {
  expect(readMatchName(text)).toEqual({ kind: 'name', name: text.toLowerCase() })
})

test.each([
  '..',
  'a..b',
  'a.',
  '.a.',
  '..a',
  '*',
  '*.',
  '.*',
  'a*.partner.example',
  '-bad-',
  '[192.0.2.1]',
  '[mx.partner.example]',
  '25',
  'a|b',
  'a;b',
  'a/b',
  '"a"',
  'xn--',
  'a\u200bb.test',
  `${'x'.repeat(64)}.test`,
  'a'.repeat(300),
])('no certificate carries %s', text => {
  expect(readMatchName(text)).toEqual({ kind: 'never' })
})

test.each([
  ['dot-hostname', 'hostname'],
  ['next-hop', 'nexthop'],
  ['hostnmae', 'hostname'],
  ['.nexthop', 'dot-nexthop'],
  ['*.nexthop', 'dot-nexthop'],
  ['nexthop-dot', 'dot-nexthop'],
  ['.hostname', 'hostname'],
])('%s was meant to be %s', (text, meant) => {
  expect(readMatchName(text)).toEqual({ kind: 'never', meant })
})

test('Postfix ignores a lone dot', () => {
  expect(readMatchName('.')).toEqual({ kind: 'ignored' })
})

test('a colon separates names, and empty ones do not count', () => {
  expect(readMatch(['hostname::a.test', ':.']).map(({ text }) => text)).toEqual([
    'hostname',
    'a.test',
    '.',
  ])
  expect(splitList(['AA:BB|CC', '|'], '|')).toEqual(['AA:BB', 'CC'])
})
