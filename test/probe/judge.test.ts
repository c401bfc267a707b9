import { expect, test } from 'vitest'
import type { Policy } from '../../src/language/policy.ts'
import { parseFinger } from '../../src/probe/finger.ts'
import { judge, needsMay } from '../../src/probe/judge.ts'
import type { Saying } from './sayings.ts'
import { digest, keyDigest, pem, sayings } from './sayings.ts'

function verdict(policy: Policy, saying: Saying, resolverWorks = true) {
  const { state, outcome, problem } = judge(policy, parseFinger(sayings[saying]), resolverWorks)
  return [state, outcome, problem].filter(word => word !== null).join(' ')
}

test.each<[Saying, string]>([
  ['tlsa-matched', 'fixed verified'],
  ['tlsa-matched-mx-insecure', 'fixed verified-mx'],
  ['tlsa-mismatched', 'broken deferred tlsa-mismatch'],
  ['tlsa-unusable', 'fixed encrypted'],
  ['tlsa-failed', 'broken deferred tlsa-lookup-failure'],
  ['tlsa-no-starttls', 'broken deferred tlsa-no-starttls'],
  ['tlsa-handshake', 'broken deferred handshake-failure'],
  ['no-tlsa-self-signed', 'fixed encrypted'],
  ['no-tlsa-no-starttls', 'fixed plaintext'],
  ['no-tlsa-refused', 'fixed plaintext'],
  ['no-tlsa-handshake', 'broken plaintext handshake-failure'],
  ['zone-failed', 'broken deferred other'],
  ['no-address', 'broken deferred other'],
  ['null-mx', 'broken deferred other'],
])('at dane %s is %s', (saying, expected) => {
  expect(verdict('dane', saying)).toBe(expected)
})

test.each<[Saying]>([
  ['no-dnssec'],
  ['refused'],
  ['greylisting'],
  ['busy'],
  ['hung-up'],
  ['slow'],
  ['handshake-timeout'],
  ['fatal'],
  ['nothing'],
  ['strange'],
])('%s is unknown at dane and at secure, never broken nor fixed', saying => {
  expect(verdict('dane', saying)).toBe('unknown')
  if (saying !== 'no-dnssec') expect(verdict('secure', saying)).toBe('unknown')
})

test.each<[Policy, Saying, string]>([
  ['none', 'untrusted', 'fixed plaintext'],
  ['none', 'greylisting', 'unknown'],
  ['may', 'untrusted', 'fixed encrypted'],
  ['may', 'anonymous', 'fixed encrypted'],
  ['may', 'no-tlsa-no-starttls', 'fixed plaintext'],
  ['encrypt', 'anonymous', 'fixed encrypted'],
  ['encrypt', 'no-tlsa-no-starttls', 'broken deferred no-starttls'],
  ['encrypt', 'no-tlsa-handshake', 'broken deferred handshake-failure'],
  ['dane-only', 'tlsa-matched', 'fixed verified'],
  ['dane-only', 'tlsa-matched-mx-insecure', 'broken deferred untrusted-certificate'],
  ['dane-only', 'tlsa-unusable', 'broken deferred untrusted-certificate'],
  ['dane-only', 'no-tlsa-self-signed', 'broken deferred untrusted-certificate'],
  ['fingerprint', 'proven', 'fixed verified'],
  ['fingerprint', 'tlsa-mismatched', 'broken deferred key-replaced'],
  ['verify', 'proven', 'fixed verified-mx'],
  ['secure', 'proven', 'fixed verified'],
  ['secure', 'wrong-name', 'broken deferred untrusted-certificate'],
  ['secure', 'untrusted', 'broken deferred untrusted-certificate'],
])('at %s %s is %s', (policy, saying, expected) => {
  expect(verdict(policy, saying)).toBe(expected)
})

test('a failed lookup tells nothing where the resolver answers no other name either', () => {
  expect(verdict('dane', 'zone-failed', false)).toBe('unknown')
  expect(verdict('dane', 'tlsa-failed', false)).toBe('unknown')
})

test('what a server says in the conversation decides nothing', () => {
  const { signs, tls } = parseFinger(sayings.lying)
  expect(tls).toBeUndefined()
  expect([...signs]).toEqual(['no-tlsa', 'starttls-refused'])
  expect(verdict('secure', 'lying')).toBe('broken deferred no-starttls')
})

test('without TLSA records a failed handshake is asked again at may, and only then', () => {
  const asks = Object.keys(sayings).filter(saying =>
    needsMay('dane', parseFinger(sayings[saying as Saying])),
  )
  expect(asks).toEqual(['no-tlsa-handshake'])
  expect(needsMay('encrypt', parseFinger(sayings['no-tlsa-handshake']))).toBe(false)
})

test('the server, its address and its certificate are read', () => {
  const { peer, certificate, words } = parseFinger(sayings['tlsa-mismatched'])
  expect(peer).toEqual({ host: 'mx.example', address: '192.0.2.25' })
  expect(certificate).toMatchObject({ digest, keyDigest, ends: '2026-12-22T03:37:35.000Z' })
  expect(words).toHaveLength(2)
})

test('a name that begins like a certificate is none', () => {
  const marks = '-----BEGIN CERTIFICATE-----'
  const name = `0 subject: /CN=${marks}${pem.split('\n')[1]}-----END CERTIFICATE-----`
  const text = sayings['tlsa-matched'].replace(' 0 subject: /CN=self', ` ${name}`)
  expect(parseFinger(text).certificate).toMatchObject({ digest })
})

test('a chain that is none is no certificate', () => {
  const text = sayings['tlsa-matched'].replace('MIIBTTCB9aAD', 'MIIBTTCB9aAE')
  expect(parseFinger(text)).not.toHaveProperty('certificate')
  expect(parseFinger(text).tls).toBe('Verified')
})
