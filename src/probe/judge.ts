import type { Kind } from '../language/kind.ts'
import type { Policy } from '../language/policy.ts'
import type { Outcome } from '../outcomes/outcomes.ts'
import type { Finger } from './finger.ts'

/** What real delivery would do now; "unknown" is never one of the others. */
export const states = ['fixed', 'broken', 'unknown'] as const

export type State = (typeof states)[number]

/** What one answer of posttls-finger means for a mail under a policy. */
export interface Judgement {
  readonly state: State
  /** What finally happens to a mail; null where nobody can tell. */
  readonly outcome: Outcome | null
  /** The kind of recipient that it is, as far as it is the problem. */
  readonly problem: Kind | 'other' | null
  readonly why: string
  /** The server has no address of the family that was asked. */
  readonly absent?: true
}

/** The level that is asked for a policy: `dane-only` says whether there are TLSA records, `dane` does not. */
export const askedLevels = {
  none: 'none',
  may: 'may',
  encrypt: 'encrypt',
  dane: 'dane-only',
  'dane-only': 'dane-only',
  fingerprint: 'fingerprint',
  verify: 'verify',
  secure: 'secure',
} as const satisfies Record<Policy, Policy>

/**
 * Without TLSA records `dane` acts as `may`, while posttls-finger goes on as at `secure`, with the
 * protocols of mandatory TLS: where that handshake fails, `may` has to be asked itself.
 */
export function needsMay(policy: Policy, { signs, tls }: Finger): boolean {
  if (policy !== 'dane' || !signs.has('no-tlsa') || tls) return false
  return signs.has('handshake') && !signs.has('handshake-timeout')
}

/**
 * Judges what posttls-finger said at `askedLevels[policy]`. `resolverWorks` is whether other names can
 * be looked up on that host: else a failed lookup says nothing of the recipient.
 */
export function judge(policy: Policy, finger: Finger, resolverWorks: boolean): Judgement {
  return (
    judgeLookup(finger, resolverWorks) ??
    judgeDnssec(policy, finger) ??
    judgeConnection(finger) ??
    judgeTls(policy, finger)
  )
}

function judgeLookup({ signs }: Finger, resolverWorks: boolean): Judgement | undefined {
  if (signs.has('no-address'))
    return { ...broken('other', 'the name has no such address, whatever the policy'), absent: true }
  if (signs.has('null-mx'))
    return broken('other', 'the domain says that it takes no mail (null MX), whatever the policy')
  const failed = signs.has('lookup-failed') || signs.has('tlsa-failed')
  if (!failed) return undefined
  if (!resolverWorks) return unknown('the resolver of this host does not answer')
  return signs.has('tlsa-failed')
    ? broken('tlsa-lookup-failure', 'the TLSA records cannot be looked up')
    : broken('other', 'the name cannot be looked up (its DNS or its DNSSEC is broken)')
}

function judgeDnssec(policy: Policy, { signs }: Finger): Judgement | undefined {
  if (askedLevels[policy] !== 'dane-only' || !signs.has('no-dnssec')) return undefined
  // A broken TLSA record would look like none at all, and so repaired.
  return unknown('the resolver of this host does not validate DNSSEC')
}

function judgeConnection({ signs, greeted, tls }: Finger): Judgement | undefined {
  if (signs.has('fatal')) return unknown('posttls-finger could not work')
  if (signs.has('not-connected')) return unknown('no connection: the port is closed, or no route')
  if (signs.has('unwilling')) return unknown('the server takes no mail from this host now')
  if (signs.has('lost')) return unknown('the server did not answer, or hung up')
  if (signs.has('handshake-timeout')) return unknown('the server did not answer in the handshake')
  if (!greeted && !tls) return unknown('posttls-finger said nothing that decides')
  return undefined
}

/** A recipient whose TLS can be had, but not proven, under each policy; and one that has none. */
function judgeTls(policy: Policy, finger: Finger): Judgement {
  const { signs, tls, offersStarttls } = finger
  if (policy === 'none') return fixed('plaintext', 'mail goes without TLS')
  if (policy === 'dane-only' && lacksAuthenticatedTlsa(finger))
    return broken(tls ? 'untrusted-certificate' : 'no-starttls', 'there are no usable TLSA records')
  if (tls) return judgeProof(policy, finger, tls)
  const mandatory = isMandatory(policy, finger)
  if (signs.has('handshake'))
    return {
      ...broken('handshake-failure', 'the TLS handshake fails'),
      outcome: mandatory ? 'deferred' : 'plaintext',
    }
  if (signs.has('bad-setting')) return broken('other', 'the parameters do not work on this host')
  if (offersStarttls && !signs.has('starttls-refused'))
    return unknown('posttls-finger said nothing that decides')
  const lack = signs.has('starttls-refused')
    ? 'the server refuses STARTTLS'
    : 'the server offers no STARTTLS'
  if (!mandatory) return fixed('plaintext', lack)
  return policy === 'dane'
    ? broken('tlsa-no-starttls', `there are TLSA records, but ${lack}`)
    : broken('no-starttls', lack)
}

function isMandatory(policy: Policy, { signs }: Finger): boolean {
  return policy === 'dane' ? !signs.has('no-tlsa') : policy !== 'may' && policy !== 'none'
}

/** smtp(8) defers where the MX record is not signed; posttls-finger goes on. */
function lacksAuthenticatedTlsa({ signs }: Finger): boolean {
  return signs.has('no-tlsa') || signs.has('tlsa-unusable') || signs.has('insecure-mx')
}

function judgeProof(policy: Policy, finger: Finger, tls: NonNullable<Finger['tls']>): Judgement {
  const { signs } = finger
  if (policy === 'may' || policy === 'encrypt') return fixed('encrypted', 'TLS works')
  if (policy === 'dane' || policy === 'dane-only') {
    if (signs.has('no-tlsa')) return fixed('encrypted', 'there are no TLSA records, and TLS works')
    if (signs.has('tlsa-unusable'))
      return fixed('encrypted', 'the TLSA records cannot be used, and TLS works')
    if (!signs.has('tlsa-matched') || (tls !== 'Verified' && tls !== 'Trusted'))
      return broken('tlsa-mismatch', 'the TLSA records do not match the certificate')
    const outcome = signs.has('insecure-mx') ? 'verified-mx' : 'verified'
    return fixed(outcome, 'the TLSA records match')
  }
  if (tls === 'Verified')
    return fixed(policy === 'verify' ? 'verified-mx' : 'verified', 'the server is proven')
  if (policy === 'fingerprint') return broken('key-replaced', 'no pin matches')
  return broken(
    nameIsWrong(finger) ? 'trusted-mx-name' : 'untrusted-certificate',
    signs.has('expired')
      ? 'the certificate has expired'
      : signs.has('wrong-name')
        ? 'the certificate is for another name'
        : 'the certificate is not trusted',
  )
}

/** Trusted for the name of the server, where another was asked for. */
function nameIsWrong({ signs, certificate, peer }: Finger): boolean {
  return signs.has('wrong-name') && (certificate?.names(peer?.host ?? '') ?? false)
}

function fixed(outcome: Outcome, why: string): Judgement {
  return { state: 'fixed', outcome, problem: null, why }
}

function broken(problem: Kind | 'other', why: string): Judgement {
  return { state: 'broken', outcome: 'deferred', problem, why }
}

function unknown(why: string): Judgement {
  return { state: 'unknown', outcome: null, problem: null, why }
}
