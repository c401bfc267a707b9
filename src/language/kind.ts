/** The kinds of recipient that TLS policies tell apart; each was measured on a real Postfix. */
export const kinds = [
  'no-starttls',
  'untrusted-certificate',
  'trusted-mx-name',
  'trusted-domain-name',
  'tlsa-match',
  'tlsa-match-trusted',
  'tlsa-mismatch',
  'tlsa-lookup-failure',
  'tlsa-no-starttls',
  'handshake-failure',
  'key-replaced',
] as const

/** Kinds that exist only behind a resolver of MTA-STS policies, asked after our table. */
export const stsKinds = ['sts-valid', 'sts-broken'] as const

export type Kind = (typeof kinds)[number] | (typeof stsKinds)[number]

/** What must be gone before an override can go. */
export type Problem = Kind | 'other'
