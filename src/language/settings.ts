import type { Policy } from './policy.ts'
import type { Version } from './version.ts'

/** How an override, or one side of a change, compares with what it replaces. */
export const effects = ['weaker', 'mixed', 'other', 'stronger', 'same'] as const

export type Effect = (typeof effects)[number]

/** Digest algorithms that Postfix's documentation names, with their lengths in bytes. */
export const digestBytes = {
  md5: 16,
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
} as const

export type DigestName = keyof typeof digestBytes

/** Optional fields of an override that a team can make mandatory. */
const requirable = ['problem', 'owner', 'ticket', 'contacted'] as const

export type Requirable = (typeof requirable)[number]

/** What the mail servers are, and what the team agreed; every key has a default. */
export interface Settings {
  readonly postfix: {
    /** The oldest Postfix that reads the table. */
    readonly version: Version
    /** `smtp_tls_security_level`. */
    readonly defaultPolicy: Policy
    /** `smtp_dns_support_level`. */
    readonly dnsSupportLevel: 'disabled' | 'enabled' | 'dnssec'
    /** `smtp_tls_fingerprint_digest`. */
    readonly fingerprintDigest: DigestName
    /** What answers after our table. */
    readonly dynamicPolicy: 'none' | 'mta-sts'
  }
  readonly review: {
    /** Days before a review date on which its owner hears of it. */
    readonly remindDays: readonly number[]
    readonly graceDays: number
    /** The longest review period in days, by effect. */
    readonly longestDays: Readonly<Record<Effect, number>>
  }
  /** When an override that nobody needs any more may go. */
  readonly recheck: {
    /** Passes in a row without a failure at any server. */
    readonly passes: number
    /** Days between the first and the last of them. */
    readonly days: number
  }
  readonly require: readonly Requirable[]
}

export const defaultSettings: Settings = {
  postfix: {
    version: '3.7',
    defaultPolicy: 'dane',
    dnsSupportLevel: 'dnssec',
    fingerprintDigest: 'sha256',
    dynamicPolicy: 'none',
  },
  review: {
    remindDays: [30, 14, 7, 1],
    graceDays: 14,
    longestDays: { weaker: 90, mixed: 180, other: 366, stronger: 366, same: 366 },
  },
  recheck: { passes: 3, days: 2 },
  require: [],
}
