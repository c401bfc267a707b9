import { expect, test } from 'vitest'
import { allowedVersions, readProtocols } from '../../src/language/protocols.ts'

test.each([
  ['', 'SSLv3 TLSv1 TLSv1.1 TLSv1.2 TLSv1.3'],
  ['>=TLSv1.2', 'TLSv1.2 TLSv1.3'],
  ['>=tlsv1.2:<=TLSV1.2', 'TLSv1.2'],
  ['TLSv1.3', 'TLSv1.3'],
  ['TLSv1.2:TLSv1.3', 'TLSv1.2 TLSv1.3'],
  ['!SSLv2:!SSLv3', 'TLSv1 TLSv1.1 TLSv1.2 TLSv1.3'],
  ['!TLSv1.3:TLSv1.2:TLSv1.3', 'TLSv1.2'],
  ['SSLv2', 'SSLv3 TLSv1 TLSv1.1 TLSv1.2 TLSv1.3'],
  ['SSLv2:TLSv1.2', 'TLSv1.2'],
  ['>=TLSv1.3:<=TLSv1.2', ''],
  ['>=TLSv1.2:TLSv1.1', ''],
  ['>=0303', 'TLSv1.2 TLSv1.3'],
  ['>=0X303', 'TLSv1.2 TLSv1.3'],
  ['>=+00303', 'TLSv1.2 TLSv1.3'],
  ['<=0301:>=0301', 'TLSv1'],
  [':>=None:<=', 'SSLv3 TLSv1 TLSv1.1 TLSv1.2 TLSv1.3'],
])('%j leaves the versions %s', (list, versions) => {
  const read = readProtocols(list)
  expect([...read.versions].join(' ')).toBe(versions)
  expect(read.invalid).toEqual([])
})

test.each([
  'TLSv1.0',
  '!',
  '!!TLSv1',
  'none',
  '>=SSLv2',
  '>TLSv1.2',
  '>=-1',
  '>=0x',
  '>=0303x',
  '>=80000000',
  'TLSv1.2;TLSv1.3',
])('Postfix gives up the session at %s', token => {
  expect(readProtocols(`TLSv1.2:${token}`).invalid).toEqual([token])
})

test('of a list with a gap TLS libraries take the part below it', () => {
  expect(readProtocols('TLSv1:TLSv1.1:TLSv1.3')).toMatchObject({
    versions: new Set(['TLSv1', 'TLSv1.1']),
    cutOff: ['TLSv1.3'],
  })
  expect(readProtocols('SSLv3:TLSv1.2')).toMatchObject({ cutOff: [] })
})

test('bounds that no library knows, and bounds that a later one replaces, do not count', () => {
  expect(readProtocols('>=0305:>=TLSv1.1:<=ffff')).toMatchObject({
    versions: new Set(['TLSv1.1', 'TLSv1.2', 'TLSv1.3']),
    unheeded: ['>=0305', '<=ffff'],
    replaced: ['>=0305'],
    bounds: true,
  })
  expect(readProtocols('!TLSv1').bounds).toBe(false)
})

test('several values of a parameter are one list', () => {
  expect(allowedVersions(['>=TLSv1.1', '!TLSv1.3'])).toEqual(new Set(['TLSv1.1', 'TLSv1.2']))
})
