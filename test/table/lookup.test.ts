import { expect, test } from 'vitest'
import { comparable } from '../../src/language/destination.ts'
import { lookupKeys, nextHopOf } from '../../src/table/lookup.ts'
import { questionOf, readMeasuredKeys } from './next-hops.ts'

const measured = readMeasuredKeys()

test('for every measured next-hop the first key that is there is the one that Postfix found', () => {
  const keys = new Map(measured.flatMap(({ key }) => (key ? [[comparable(key), key]] : [])))
  const found = measured.map(({ nextHop }) => {
    const asked = lookupKeys(nextHopOf(questionOf(nextHop)))
    const key = asked.find(key => keys.has(key))
    return { nextHop, key: key && keys.get(key) }
  })
  expect(found).toEqual(measured)
  expect(measured.length).toBeGreaterThan(40)
})

test('Postfix asks for the name itself, and then for each domain above it', () => {
  expect(lookupKeys('A.b.Example.COM')).toEqual([
    'a.b.example.com',
    '.b.example.com',
    '.example.com',
    '.com',
  ])
})

const label = 'x'.repeat(63)

test.each([
  ['a host in brackets', '[a.example.com]'],
  ['a port', 'a.example.com:25'],
  ['an address', '192.0.2.1'],
  ['a numeric name', '1.2.3'],
  ['a label of 64 characters', `x${label}.example.com`],
  ['256 characters', `${label}.${label}.${label}.${label.slice(1)}.x`],
  ['an empty label', 'a..example.com'],
  ['a dot at the end', 'example.com.'],
  ['a hyphen at the start of a label', '-a.example.com'],
  ['a hyphen at the end of a label', 'a-.example.com'],
  ['a hyphen at the end of a U-label', 'ü-.example.com'],
  ['hyphens at the third place of a U-label', 'ab--ü.example.com'],
  ['a U-label that is too long as A-label', `${'x'.repeat(60)}ü.example.com`],
])('with %s there is no domain above', (_, nextHop) => {
  expect(lookupKeys(nextHop)).toEqual([nextHop])
})

test.each([
  ['an underscore', '_dmarc.a_b.example.com'],
  ['a label of 63 characters', `${label}.example.com`],
  ['255 characters', `${label}.${label}.${label}.${label}`],
  ['hyphens within an ASCII label', 'ab--c.example.com'],
  ['a number among the labels', '1.2.3.a'],
  ['a U-label', 'münchen.test'],
  ['an A-label', 'xn--mnchen-3ya.test'],
])('with %s there is', (_, nextHop) => {
  expect(lookupKeys(nextHop).at(-1)).toBe(`.${nextHop.split('.').at(-1)}`)
})

test('keys are folded as Postfix folds them', () => {
  expect(lookupKeys('A.MÜNCHEN.Straße.test')).toEqual([
    'a.münchen.strasse.test',
    '.münchen.strasse.test',
    '.strasse.test',
    '.test',
  ])
  expect(lookupKeys('[MAIL.Example.com]:587')).toEqual(['[mail.example.com]:587'])
})

test.each([
  ['user@Example.com', 'Example.com'],
  ['user@example.com.', 'example.com'],
  ['"a@b"@example.com', 'example.com'],
  ['user@[192.0.2.1]', '[192.0.2.1]'],
  ['user@[IPv6:2001:DB8::1]', '[IPv6:2001:DB8::1]'],
  ['example.com.', 'example.com'],
  ['[example.com]:587', '[example.com]:587'],
  ['.example.com', '.example.com'],
])('asked about %s, Postfix looks %s up', (asked, nextHop) => {
  expect(nextHopOf(asked)).toBe(nextHop)
})
