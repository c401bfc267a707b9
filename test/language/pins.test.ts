import { expect, test } from 'vitest'
import { digestOfLength, readPin } from '../../src/language/pins.ts'

test.each([
  ['AA:bb:0C', 'aabb0c'],
  ['aabb0c', 'aabb0c'],
  ['aa:bbCC', 'aabbcc'],
  ['00', '00'],
  ['A'.repeat(192), 'a'.repeat(192)],
])('%s is the bytes %s', (text, bytes) => {
  expect(readPin(text)).toEqual({ text, bytes })
})

test.each([
  ['A', 'pairs'],
  ['A:B:C', 'pairs'],
  ['AAB', 'pairs'],
  ['AA::BB', 'pairs'],
  [':AA', 'pairs'],
  ['AA:', 'pairs'],
  ['AA-BB', 'pairs'],
  ['AA BB', 'pairs'],
  ['zz', 'pairs'],
  ['sha256:AA', '"sha256:"'],
  ['SHA256=AA', '"SHA256="'],
  ['sha256$AA', '"sha256$"'],
  ['Fingerprint=AA', '"Fingerprint="'],
  ['zz:zz', 'pairs'],
  ['0x00', '"0x"'],
  ['o5Oe+oLK4cNobooPtOr147P4h1eY6Mc/yLjnUJYg6bk=', 'base64'],
  ['nexthop', 'verify and secure'],
  ['A'.repeat(194), 'one digest'],
])('%s is malformed, and the help speaks of %s', (text, word) => {
  const pin = readPin(text)
  expect('malformed' in pin ? pin.malformed : 'well-formed').toContain(word)
})

test('the length tells the algorithm', () => {
  expect([16, 20, 32, 64, 33].map(digestOfLength)).toEqual([
    'md5',
    'sha1',
    'sha256',
    'sha512',
    undefined,
  ])
})
