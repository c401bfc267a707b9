import { isIPv4, isIPv6 } from 'node:net'
import type { DestinationRule } from './dead-key.ts'
import { explainDeadKey } from './dead-key.ts'
import type { Fault } from './fault.ts'
import { foldCase, readDomainName, respell, survivesFolding } from './hostname.ts'
import { quote } from './quote.ts'

/** How Postfix looks a destination up; only a plain domain is also found through a parent's entry. */
type DestinationForm = 'domain' | 'parent' | 'host' | 'host-port' | 'domain-port'

/** A next-hop that somebody wrote, and the lookup keys that stand for it. */
export interface Destination {
  /** As it was written. */
  readonly text: string
  readonly form: DestinationForm
  /** Canonical lookup keys: one, or the A-label and the U-label of an internationalised name. */
  readonly keys: readonly [string, ...string[]]
  /** The name as A-labels, or the address, without brackets, leading dot, prefix and port. */
  readonly host: string
  /** Whether the host is an address. */
  readonly address: boolean
  readonly port?: string
  /** Where it stands in the file, as JSON pointer. */
  readonly at: string
}

type DestinationFault = Fault<DestinationRule>

interface Host {
  readonly host: string
  readonly address: boolean
  /** Spellings that Postfix may ask for. */
  readonly spellings: readonly [string, ...string[]]
}

/** Reads a next-hop (transport(5), smtp_tls_policy_maps in postconf(5)); a key that can never match is a fault. */
export function readDestination(text: string, at: string): Destination | DestinationFault {
  const dead = explainDeadKey(text)
  if (dead) return { ...dead, at: { pointer: at } }
  const bracketed = /^\[([^[\]]+)\](?::(.+))?$/.exec(text)
  const ported = /^([^:[\]]+):(.+)$/.exec(text)
  const port = (bracketed?.[2] ?? (bracketed ? undefined : ported?.[2]))?.toLowerCase()
  const name = bracketed?.[1] ?? ported?.[1] ?? text.replace(/^\./, '')
  const form = formOf(bracketed !== null, ported !== null, port, text)
  const host = readHost(name, form)
  if (!host) return { ...notAName(text, name), at: { pointer: at } }
  const spell = (host: string): string => {
    if (bracketed) return port === undefined ? `[${host}]` : `[${host}]:${port}`
    return `${form === 'parent' ? '.' : ''}${host}${port === undefined ? '' : `:${port}`}`
  }
  const [first, ...others] = host.spellings
  return {
    text,
    form,
    keys: [spell(first), ...others.map(spell)],
    host: host.host,
    address: host.address,
    ...(port === undefined ? {} : { port }),
    at,
  }
}

/** The keys of two destinations that Postfix could confuse are equal in this form. */
export function comparable(key: string): string {
  return foldCase(key)
}

function formOf(
  bracketed: boolean,
  ported: boolean,
  port: string | undefined,
  text: string,
): DestinationForm {
  if (bracketed) return port === undefined ? 'host' : 'host-port'
  if (ported) return 'domain-port'
  return text.startsWith('.') ? 'parent' : 'domain'
}

function readHost(name: string, form: DestinationForm): Host | undefined {
  const lower = name.toLowerCase()
  const address = lower.startsWith('ipv6:') ? lower.slice('ipv6:'.length) : lower
  const isAddress = lower.startsWith('ipv6:') ? isIPv6(address) : isIPv4(lower) || isIPv6(lower)
  if (isAddress && !address.includes('%') && form !== 'parent')
    return { host: address, address: true, spellings: [lower] }
  const domain = readDomainName(name)
  if (!domain) return undefined
  const { ascii, unicode } = domain
  const spellings: [string, ...string[]] =
    unicode !== undefined && survivesFolding(unicode) ? [ascii, unicode] : [ascii]
  return { host: ascii, address: false, spellings }
}

function notAName(text: string, name: string) {
  const meant = respell(name)
  return {
    rule: 'destination-name',
    message: `${quote(text)} never matches: ${text === name ? 'it' : quote(name)} is neither a host name nor an address`,
    help:
      meant === undefined
        ? 'a name consists of letters, digits and hyphens between dots, up to 63 characters each'
        : `write ${quote(text.replace(name, meant))}`,
  } as const
}
