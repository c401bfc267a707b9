import type { Finger, TlsStatus } from './finger.ts'
import type { Judgement } from './judge.ts'
import type { Family } from './question.ts'

/** What became of the TLSA records of a server; null where the policy does not ask for them. */
export const tlsaAnswers = ['none', 'matched', 'mismatched', 'unusable', 'failed'] as const

export type TlsaAnswer = (typeof tlsaAnswers)[number]

/** What was seen of one server of a destination over one family, and what it means. */
export interface HostResult extends Omit<Judgement, 'absent'> {
  readonly mx: string
  readonly family: Family
  readonly address: string | null
  readonly tls: TlsStatus | null
  readonly certificate: Shown | null
  readonly tlsa: TlsaAnswer | null
  /** The tool's own words. */
  readonly words: readonly string[]
}

/** A certificate as evidence keeps it: its digests, and when it ends. */
export interface Shown {
  readonly digest: string
  readonly keyDigest: string
  readonly ends: string
}

/** So much is kept of what the tool said, which is partly what the server said. */
const longest = { line: 300, lines: 8 }

/** One server's result, from what posttls-finger said and what that means. */
export function describeHost(
  { mx, family }: { readonly mx: string; readonly family: Family },
  finger: Finger,
  { absent: _, ...judgement }: Judgement,
): HostResult {
  const { certificate } = finger
  return {
    mx,
    family,
    address: finger.peer?.address ?? null,
    ...judgement,
    tls: finger.tls ?? null,
    certificate: certificate
      ? { digest: certificate.digest, keyDigest: certificate.keyDigest, ends: certificate.ends }
      : null,
    tlsa: tlsaOf(finger),
    words: finger.words.slice(0, longest.lines).map(line => line.slice(0, longest.line)),
  }
}

/** What became of the TLSA records, as far as the policy asked for them. */
export function tlsaOf({ signs, words }: Finger): TlsaAnswer | null {
  if (signs.has('tlsa-failed')) return 'failed'
  if (signs.has('no-tlsa')) return 'none'
  if (signs.has('tlsa-unusable')) return 'unusable'
  if (signs.has('tlsa-matched')) return 'matched'
  return words.some(word => /no matching DANE TLSA records$/.test(word)) ? 'mismatched' : null
}
