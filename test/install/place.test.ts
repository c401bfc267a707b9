import { expect, test } from 'vitest'
import { findTableName, isDynamic, readTableName, splitMaps } from '../../src/install/place.ts'

test('the tables of main.cf are split where Postfix splits them', () => {
  expect(splitMaps('lmdb:/a, socketmap:inet:[::1]:8642:q\n inline:{a=b, c=d}')).toEqual([
    'lmdb:/a',
    'socketmap:inet:[::1]:8642:q',
    'inline:{a=b, c=d}',
  ])
  expect(splitMaps('')).toEqual([])
})

test.each([
  ['lmdb:/etc/postfix/tls', { type: 'lmdb', path: '/etc/postfix/tls' }],
  ['/etc/postfix/tls', { type: 'hash', path: '/etc/postfix/tls' }],
  ['btree:/a:b', { type: 'btree', path: '/a:b' }],
  ['texthash:/a', { refused: expect.stringContaining('postfix reload') }],
  ['pcre:/a', { refused: expect.stringContaining('postfix reload') }],
  ['proxy:lmdb:/a', { refused: expect.stringContaining('write "lmdb:/a"') }],
  ['mysql:/a', { refused: expect.stringContaining('expected lmdb, cdb, hash, btree') }],
  ['lmdb:', { refused: expect.stringContaining('names no file') }],
])('%s is read', (text, reading) => {
  expect(readTableName(text, 'hash')).toEqual(reading)
})

test('the first table that can be installed is taken, whatever stands before it', () => {
  const maps = 'socketmap:unix:q:r, proxy:lmdb:/a, cdb:/b, hash:/c'
  expect(findTableName(maps, 'hash', '/etc/postfix')).toEqual({ type: 'cdb', path: '/b' })
  expect(findTableName('', 'cdb', '/etc/postfix-out')).toEqual({
    refused: expect.stringContaining('smtp_tls_policy_maps = cdb:/etc/postfix-out/tls_policy'),
  })
})

test.each([
  ['socketmap:inet:a:1:q', true],
  ['proxy:mysql:/a', true],
  ['tcp:a:1', true],
  ['unionmap:{lmdb:/a, socketmap:inet:a:1:q}', true],
  ['proxy:lmdb:/a', false],
  ['texthash:/a', false],
  ['/a', false],
])('%s may answer for every name: %s', (name, expected) => {
  expect(isDynamic(name)).toBe(expected)
})
