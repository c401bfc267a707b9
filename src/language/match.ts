import { isIP } from 'node:net'
import { readDomainName } from './hostname.ts'
import { nearest } from './nearest.ts'

/** Names that stand for the next-hop or the MX host; Postfix reads them in any case. */
export const matchStrategies = ['hostname', 'nexthop', 'dot-nexthop'] as const

export type MatchStrategy = (typeof matchStrategies)[number]

/** One element of `match` at verify and secure. */
export type MatchName =
  | { readonly kind: 'strategy'; readonly strategy: MatchStrategy }
  | { readonly kind: 'name'; readonly name: string }
  /** Postfix warns and goes on without it. */
  | { readonly kind: 'ignored' }
  /** No certificate carries it. */
  | { readonly kind: 'never'; readonly meant?: string }

/** Reads one name as add_namechecks() of Postfix's tls_client.c does. */
export function readMatchName(text: string): MatchName {
  const lower = text.toLowerCase()
  const strategy = matchStrategies.find(known => known === lower)
  if (strategy) return { kind: 'strategy', strategy }
  if (text === '.') return { kind: 'ignored' }
  const bare = lower.replace(/^(?:\*\.|\.)/, '')
  const name = readDomainName(bare)
  const meant = bare.includes('.') ? undefined : meantStrategy(lower, bare)
  if (isIP(text) === 4 || (name && meant === undefined)) return { kind: 'name', name: lower }
  return meant === undefined ? { kind: 'never' } : { kind: 'never', meant }
}

/** To Postfix `.nexthop` and `nexthop-dot` are names like others, and no certificate has them. */
function meantStrategy(text: string, bare: string): string | undefined {
  if (bare.includes('nexthop') && (bare !== text || bare.includes('dot'))) return 'dot-nexthop'
  return nearest(bare, matchStrategies) ?? matchStrategies.find(known => bare.includes(known))
}

/** The elements of all values; a colon separates them, and empty ones do not count. */
export function readMatch(values: readonly string[]): readonly (MatchName & { text: string })[] {
  return splitList(values, ':').map(text => ({ text, ...readMatchName(text) }))
}

/** The elements of a list, as Postfix splits it. */
export function splitList(values: readonly string[], separator: ':' | '|'): readonly string[] {
  return values.flatMap(value => value.split(separator)).filter(element => element !== '')
}
