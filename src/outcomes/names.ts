import { isIP } from 'node:net'
import { readDomainName } from '../language/hostname.ts'
import type { MatchName, MatchStrategy } from '../language/match.ts'
import { matchStrategies, readMatch } from '../language/match.ts'

/** What a `match` list accepts as the name in a trusted certificate. */
export interface AcceptedNames {
  /** The name of the MX host, wherever it came from. */
  readonly hostname: boolean
  /** A name under the destination. */
  readonly domain: boolean
  /** A name elsewhere, such as the MX host of a hosting company. */
  readonly foreign: boolean
}

/** Postfix's own lists (postconf(5), smtp_tls_verify_cert_match, smtp_tls_secure_cert_match). */
const defaultMatch = {
  verify: ['hostname'],
  secure: ['nexthop', 'dot-nexthop'],
} as const satisfies Record<string, readonly MatchStrategy[]>

/**
 * The strategies and names of a `match` parameter at `verify` or `secure`, each in one spelling;
 * absent, the policy's default. What no certificate can satisfy is left out.
 */
export function namesOf(
  policy: 'verify' | 'secure',
  match: readonly string[] | undefined,
): ReadonlySet<string> {
  return new Set(match ? readMatch(match).flatMap(spelling) : defaultMatch[policy])
}

/** What such a list proves for mail to this host, or to any destination where none is given. */
export function acceptedNames(names: ReadonlySet<string>, host?: string): AcceptedNames {
  const literal = [...names].filter(name => !matchStrategies.some(strategy => strategy === name))
  // Postfix adds ".192.0.2.1" as a DNS name, and then an address in the certificate is not enough.
  const spoilt = host !== undefined && isIP(host) !== 0 && names.has('dot-nexthop')
  return {
    hostname: !spoilt && names.has('hostname'),
    domain:
      !spoilt &&
      (names.has('nexthop') ||
        names.has('dot-nexthop') ||
        literal.some(name => liesUnder(name, host) || covers(name, host))),
    foreign: literal.some(name => !liesUnder(name, host)),
  }
}

/** Lower case and as A-label, as certificates hold names. */
function spelling(element: MatchName): readonly string[] {
  if (element.kind === 'strategy') return [element.strategy]
  if (element.kind !== 'name') return []
  const bare = withoutPrefix(element.name)
  const prefix = element.name.slice(0, element.name.length - bare.length)
  return [`${prefix}${readDomainName(bare)?.ascii ?? bare}`]
}

function liesUnder(name: string, host: string | undefined): boolean {
  return host !== undefined && `.${withoutPrefix(name)}`.endsWith(`.${host}`)
}

/** A leading dot accepts every name below, and so those of a subdomain's hosts. */
function covers(name: string, host: string | undefined): boolean {
  return host !== undefined && name.startsWith('.') && host.endsWith(name)
}

function withoutPrefix(name: string): string {
  return name.replace(/^\*?\./, '')
}
