import { expect, test } from 'vitest'
import type { Problem } from '../../src/language/kind.ts'
import { kinds } from '../../src/language/kind.ts'
import { letterOf } from '../../src/log/letter.ts'
import type { Suggestion } from '../../src/log/suggest.ts'

const suggest = (problem: Problem, domain = 'partner.example', reason = 'not verified') =>
  letterOf(suggestionFor(problem, domain, reason))

function suggestionFor(problem: Problem, domain: string, reason = 'not verified'): Suggestion {
  const times = { first: 'Nov 20 03:10:01', last: 'Nov 22 04:10:01' }
  const numbers = { count: 4, attempts: 4, waiting: 4, age: 1, through: null, acting: null }
  const trouble = { domain, fault: 'unproven', ...numbers, ...times, cause: null, reason } as const
  const troubles = [{ ...trouble, servers: [`mx1.${domain}`, `mx2.${domain}`] }]
  return { destinations: [domain], problem, policy: 'encrypt', pinHelps: false, troubles }
}

test('a letter says what is seen, since when, at which record and what to do', () => {
  expect(suggest('tlsa-mismatch')).toBe(`To: postmaster@partner.example
Subject: Mail to you waits: the TLSA records do not match the certificate

Hello,

mail from us to you waits in our queue:

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

test('who shares a broken server gets a letter that names nobody else', () => {
  const [one, other] = ['one.example', 'other.example'].map(name =>
    suggestionFor('no-starttls', name),
  )
  if (!one || !other) throw new Error('two suggestions are made')
  const both = {
    ...one,
    destinations: [...one.destinations, ...other.destinations],
    troubles: [...one.troubles, ...other.troubles, ...one.troubles],
  }
  const letters = letterOf(both)?.split(/^(?=To: )/m) ?? []
  expect(letters.map(text => /^To: .*/.exec(text)?.[0])).toEqual([
    'To: postmaster@one.example',
    'To: postmaster@other.example',
  ])
  expect(letters[0]).not.toContain('other.example')
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
