import { isIPv6 } from 'node:net'
import { mailServices } from '../language/dead-forms.ts'
import type { Destination } from '../language/destination.ts'
import { foldCase, survivesFolding, unicodeName } from '../language/hostname.ts'
import { nearest } from '../language/nearest.ts'
import { isPublicSuffix } from '../language/public-suffix.ts'
import { quote } from '../language/quote.ts'
import type { Check, Finding } from './rule.ts'

export type DestinationWarning =
  | 'bare-address'
  | 'address-spelling'
  | 'unbracketed-port'
  | 'port-spelling'
  | 'port-465'
  | 'public-suffix'
  | 'folded-name'

/** Destinations that match something else than was probably meant. */
export const checkDestinations: Check<DestinationWarning> = function* ({ overrides }) {
  for (const { path, destinations } of overrides)
    for (const destination of destinations)
      for (const [rule, find] of Object.entries(finders) as [DestinationWarning, Finder][]) {
        const found = find(destination)
        if (found) yield toFinding(rule, path, destination, found)
      }
}

/** What is odd about a destination, and what to write instead. */
type Finder = (destination: Destination) => readonly [string, string] | undefined

const finders = {
  'bare-address': ({ address, form, host, port }) =>
    address && (form === 'domain' || form === 'domain-port')
      ? [
          'only a transport that spells it so asks for an address without brackets',
          `write ${quote(port === undefined ? `[${host}]` : `[${host}]:${port}`)}, with the quotes`,
        ]
      : undefined,
  'address-spelling': ({ address, host, text }) => {
    const usual = address && isIPv6(host) ? usualSpelling(host) : host
    return usual === host
      ? undefined
      : [
          'Postfix compares the text, and this is not the usual spelling of the address',
          `write ${quote(text.toLowerCase().replace(host, usual))}, unless a transport spells it so`,
        ]
  },
  'unbracketed-port': ({ form, address, host, port }) =>
    form === 'domain-port' && !address
      ? [
          'it matches only a next-hop that is spelled so, with MX lookup',
          `for a relay host write ${quote(`[${host}]:${port}`)}`,
        ]
      : undefined,
  'port-spelling': ({ port, text }) => {
    if (port === undefined) return undefined
    const known = /^\d+$/.test(port) || (mailServices as readonly string[]).includes(port)
    const meant = nearest(port, mailServices)
    if (!known)
      return [
        `few systems know the service ${quote(port)}`,
        meant ? `did you mean ${quote(meant)}?` : 'write the port as a number',
      ]
    return /^0/.test(port)
      ? [
          'it matches only a next-hop with the same zeros',
          `write ${quote(text.replace(/:0+(\d+)$/, ':$1'))}`,
        ]
      : undefined
  },
  'port-465': ({ port }) =>
    port !== undefined && ['465', 'smtps', 'submissions'].includes(port.replace(/^0+/, ''))
      ? [
          'port 465 expects TLS from the first byte, which no policy brings about',
          'use port 587, or a transport with "-o smtp_tls_wrappermode=yes"',
        ]
      : undefined,
  'public-suffix': ({ form, host }) =>
    (form === 'parent' || form === 'domain') && isPublicSuffix(host)
      ? [
          form === 'parent'
            ? 'it sets the policy for everybody who has a name there'
            : 'it covers addresses right at that name, and nothing below it',
          'write the recipient domain itself',
        ]
      : undefined,
  'folded-name': ({ host, keys, text }) => {
    const unicode = text.includes(host) ? undefined : unicodeName(host)
    return unicode !== undefined && keys.length === 1 && !survivesFolding(unicode)
      ? [
          `Postfix looks it up as ${quote(foldCase(text))}, another name; only ${quote(keys[0])} is compiled`,
          `write ${quote(keys[0])}; mail to addresses typed as ${quote(unicode)} goes by the servers' default`,
        ]
      : undefined
  },
} as const satisfies Record<DestinationWarning, Finder>

/** The spelling of RFC 5952, which is also that of the URL standard. */
function usualSpelling(address: string): string {
  return new URL(`http://[${address}]/`).hostname.slice(1, -1)
}

function toFinding(
  rule: DestinationWarning,
  path: string,
  { text, at }: Destination,
  [why, help]: readonly [string, string],
): Finding<DestinationWarning> {
  return { rule, path, message: `${quote(text)}: ${why}`, help, at: { pointer: at } }
}
