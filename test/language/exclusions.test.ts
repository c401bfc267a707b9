import { expect, test } from 'vitest'
import { excludesAll, readExclusion } from '../../src/language/exclusions.ts'

test.each([
  ['aNULL', 'known'],
  ['RC4', 'known'],
  ['ECDHE-RSA-AES256-GCM-SHA384', 'known'],
  ['DES-CBC3-SHA', 'known'],
  ['ECDHE+AES', 'known'],
  ['SHA1+DES', 'known'],
  ['aNULL;', 'known'],
  ['anull', 'unknown'],
  ['aNULL-', 'unknown'],
  ['RC4*', 'unknown'],
  ['RC4+', 'unknown'],
  ['nosuch@SECLEVEL=5', 'unknown'],
  ['!aNULL', 'operator'],
  ['@STRENGTH', 'operator'],
  ['aNULL*', 'syntax'],
  ['aNULL!', 'syntax'],
  ['aNULL@SECLEVEL=9', 'syntax'],
  ['aNULL@SECLEVEL=10', 'syntax'],
  ['AES+', 'syntax'],
  ['AES_GCM', 'syntax'],
  ['"aNULL"', 'syntax'],
  ['ÄNULL', 'syntax'],
  [';', 'syntax'],
  [';aNULL', 'syntax'],
  ['RC4;-', 'syntax'],
  ['EDH-RSA-DES-CBC3-SHA*', 'syntax'],
])('%s is %s', (element, kind) => {
  expect(readExclusion(element)).toEqual({ kind })
})

test.each([
  ['aNULL;MD5', 'MD5'],
  ['nosuch*;MD5', 'MD5'],
  ['aNULL!MD5', '!MD5'],
  ['aNULL@SECLEVEL=5', '@SECLEVEL=5'],
  ['aNULL;RC4;+MD5', 'RC4;+MD5'],
])('in %s OpenSSL finds the further rule %s', (element, added) => {
  expect(readExclusion(element)).toEqual({ kind: 'rule', added })
})

test.each([
  ['ALL'],
  ['HIGH'],
  ['ALL+ALL'],
  ['ALL@STRENGTH'],
  ['aNULL;-ALL'],
  ['RC4', 'HIGH', 'MEDIUM'],
  ['AES', 'CHACHA20', 'ARIA', 'CAMELLIA'],
  ['TLSv1.2', 'SSLv3', 'TLSv1.0'],
  ['TLSv1.2', 'CBC'],
  ['kECDHE', 'kDHE', 'kRSA', 'PSK', 'SRP'],
  ['kECDHE', 'kDHE', 'kRSA', 'kPSK', 'kRSAPSK', 'kECDHEPSK', 'kDHEPSK', 'kSRP'],
  ['aRSA', 'aDSS', 'aECDSA', 'aNULL', 'aPSK', 'aSRP'],
  ['AES128', 'AES256', 'CHACHA20', 'CAMELLIA128', 'CAMELLIA256', 'ARIA'],
  ['CBC', 'AESGCM', 'AESCCM', 'ARIAGCM', 'CHACHA20'],
  ['SHA', 'SHA256', 'SHA384', 'AESGCM', 'AESCCM', 'ARIAGCM', 'CHACHA20'],
  ['HIGH+AES', 'HIGH+CAMELLIA', 'HIGH+ARIA', 'HIGH+CHACHA20'],
])('without %s and %s no cipher is left', (...elements) => {
  expect(excludesAll(elements)).toBe(true)
})

test.each([
  ['MEDIUM'],
  ['ALL+AES'],
  ['nosuch;ALL'],
  ['AES', 'CHACHA20', 'ARIA'],
  ['TLSv1.2', 'AES'],
  ['kECDHE', 'kDHE', 'kRSA', 'kPSK', 'kSRP'],
  ['aRSA', 'aDSS', 'aECDSA', 'PSK', 'SRP'],
  ['CBC', 'AESGCM', 'AESCCM', 'CHACHA20'],
  ['FIPS'],
  ['eNULL'],
])('without %s and %s some are', (...elements) => {
  expect(excludesAll(elements)).toBe(false)
})

test.each([
  [['aRSA', 'aDSS', 'aECDSA', 'PSK', 'SRP'], 'verify', 'medium', true],
  [['aRSA', 'aDSS', 'aECDSA', 'PSK', 'SRP'], 'encrypt', 'medium', false],
  // MD5 is left in a suite that encrypts nothing.
  [['HIGH;MD5'], 'encrypt', 'medium', true],
  [['HIGH;MD5'], 'may', 'medium', false],
  [['eNULL'], 'may', 'null', true],
  [['NULL'], 'secure', 'NULL', true],
  [['kRSA'], 'secure', 'null', false],
  [['ALL'], 'may', 'null', false],
  [['eNULL;aNULL'], 'may', 'null', true],
] as const)('without %j, at %s with the grade %s: %s', (elements, policy, grade, isAll) => {
  expect(excludesAll(elements, policy, grade)).toBe(isAll)
})
