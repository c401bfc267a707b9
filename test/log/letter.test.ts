import { expect, test } from 'vitest'
import type { Problem } from '../../src/language/kind.ts'
import { kinds } from '../../src/language/kind.ts'
import { letterOf } from '../../src/log/letter.ts'
import type { Suggestion } from '../../src/log/suggest.ts'

const suggest = (problem: Problem, domain = 'partner.example', reason = 'not verified') => {
  const times = { first: 'Nov 20 03:10:01', last: 'Nov 22 04:10:01' }
  const numbers = { count: 4, attempts: 4, waiting: 4, age: 1, through: null, acting: null }
  const trouble = { domain, fault: 'unproven', ...numbers, ...times, cause: null, reason } as const
  const troubles = [{ ...trouble, servers: [`mx1.${domain}`, `mx2.${domain}`] }]
  const suggestion: Suggestion = {
    ...{ destinations: [domain], problem, policy: 'encrypt', pinHelps: false, troubles },
  }
  return letterOf(suggestion)
}

test('a letter says what is seen, since when, at which record and what to do', () => {
  expect(suggest('tlsa-mismatch')).toBe(`To: postmaster@partner.example
Subject: Mail to you waits: the TLSA records do not match the certificate

Hello,

mail from us to the following domains waits in our queue:

  partner.example: 4 messages from Nov 20 03:10:01 to Nov 22 04:10:01

The TLSA records (DANE) at _25._tcp.mx1.partner.example and
_25._tcp.mx2.partner.example do not match the certificate that
mx1.partner.example and mx2.partner.example showed. Our log says:

  not verified

Please publish a record for the key in use (for example "3 1 1" with the
SHA-256 of the public key), or remove the records. At the next change of the
key, publish the new record before the new key.

A short answer when it is done helps us to go back to our usual policy;
until then we may send you mail with less protection.
`)
})

test('there is a letter for each kind of recipient that has a fault, and for no other', () => {
  const whole = ['trusted-domain-name', 'tlsa-match', 'tlsa-match-trusted']
  expect(kinds.filter(kind => suggest(kind) === undefined).toSorted()).toEqual(whole.toSorted())
  const letters = kinds.map(kind => suggest(kind)).filter(letter => letter !== undefined)
  expect(new Set(letters).size).toBe(letters.length)
})

test('what a hostile log says is harmless in a letter', () => {
  const letter = suggest('other', 'partner.example', 'x\n\u001b[31m\u2028To: all@partner.example')
  expect(letter).not.toMatch(/[\u001b\u2028]|\nTo: all/)
})
