import type { Policy } from './policy.ts'
import { policies } from './policy.ts'
import type { Version } from './version.ts'

/** Postfix's attributes that follow the level, in the order in which the table holds them. */
export const parameterNames = [
  'match',
  'tafile',
  'protocols',
  'ciphers',
  'exclude',
  'servername',
  'connection_reuse',
  'enable_rpk',
] as const

export type ParameterName = (typeof parameterNames)[number]

export interface ParameterFacts {
  /** The Postfix release that brought the attribute; an older one defers all mail of the entry. */
  readonly since: Version
  /** Levels that admit it; at none Postfix ignores every attribute. */
  readonly policies: readonly Policy[]
  /** What several values become in the table. */
  readonly several: 'a list' | 'repeated attributes' | 'the last one' | 'an error'
}

const withTls = policies.filter(policy => policy !== 'none')

/** What tls_policy_lookup_one() of Postfix's smtp_tls_policy.c says of each attribute. */
export const parameterFacts = {
  match: { since: '3.4', policies: ['fingerprint', 'verify', 'secure'], several: 'a list' },
  tafile: { since: '3.4', policies: ['verify', 'secure'], several: 'repeated attributes' },
  protocols: { since: '3.4', policies: withTls, several: 'a list' },
  ciphers: { since: '3.4', policies: withTls, several: 'an error' },
  exclude: { since: '3.4', policies: withTls, several: 'a list' },
  servername: { since: '3.4', policies: withTls, several: 'an error' },
  connection_reuse: { since: '3.4', policies: withTls, several: 'the last one' },
  enable_rpk: { since: '3.9', policies: withTls, several: 'the last one' },
} as const satisfies Readonly<Record<ParameterName, ParameterFacts>>

/** The character between the elements of a list: digests hold colons themselves. */
export function listSeparator(policy: Policy, name: ParameterName): ':' | '|' {
  return name === 'match' && policy === 'fingerprint' ? '|' : ':'
}
