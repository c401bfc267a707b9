import { isIP } from 'node:net'
import type { Destination } from '../language/destination.ts'
import { splitList } from '../language/match.ts'
import type { Parameters } from '../language/override.ts'
import type { Policy } from '../language/policy.ts'

/** What a server is asked with: a policy, its parameters, and the destination that they are for. */
export interface Proposal {
  readonly policy: Policy
  readonly parameters: Parameters
  readonly host: string
}

export type Family = 'ipv4' | 'ipv6'

/** One connection to one server. */
export interface Question {
  /** What posttls-finger is given: `[mx]`, `[mx]:587`, or a domain of which it finds the first MX. */
  readonly target: string
  /** The server, without brackets and port; questions to one server wait for each other. */
  readonly mx: string
  readonly family: Family
  readonly args: readonly string[]
}

/** Settings of main.cf that decide what smtp(8) would do, and that posttls-finger does not read itself. */
export const senderParameters = [
  'inet_protocols',
  'myhostname',
  'smtp_host_lookup',
  'smtp_tls_CAfile',
  'smtp_tls_CApath',
  'smtp_tls_ciphers',
  'smtp_tls_dane_insecure_mx_policy',
  'smtp_tls_fingerprint_digest',
  'smtp_tls_force_insecure_host_tlsa_lookup',
  'smtp_tls_mandatory_ciphers',
  'smtp_tls_mandatory_protocols',
  'smtp_tls_protocols',
  'smtp_tls_servername',
] as const

export type Sender = Readonly<Record<(typeof senderParameters)[number], string>>

/** The address families that the sender uses at all. */
function familiesOf({ inet_protocols: protocols }: Sender): readonly Family[] {
  const all = protocols === '' || /\ball\b/.test(protocols)
  return (['ipv4', 'ipv6'] as const).filter(
    family => all || new RegExp(`\\b${family}\\b`).test(protocols),
  )
}

/** The families in which a host can be reached: an address has one. */
export function familiesFor(host: string, sender: Sender): readonly Family[] {
  const version = isIP(host)
  if (version === 0) return familiesOf(sender)
  return familiesOf(sender).filter(family => family === (version === 6 ? 'ipv6' : 'ipv4'))
}

/** A host as posttls-finger takes it, without a look for its MX. */
export function bracketed(host: string, port: string | undefined): string {
  return `[${isIP(host) === 6 ? `ipv6:${host}` : host}]${port === undefined ? '' : `:${port}`}`
}

/** Whether a destination has MX records, or is the server itself. */
export function hasMx({ form, address }: Pick<Destination, 'form' | 'address'>): boolean {
  return !address && (form === 'domain' || form === 'domain-port')
}

/** Seconds until a server has to answer; smtp(8) is more patient, but somebody waits here. */
const patience = '15'

/** The arguments that make posttls-finger ask as smtp(8) of this sender would, at one level. */
export function fingerArguments(
  { parameters, host }: Pick<Proposal, 'parameters' | 'host'>,
  { target, mx, family, level }: Omit<Question, 'args'> & { readonly level: Policy },
  sender: Sender,
): readonly string[] {
  const mandatory = level !== 'may' && level !== 'none'
  const protocols =
    parameters.protocols?.join(':') ??
    (mandatory ? sender.smtp_tls_mandatory_protocols : sender.smtp_tls_protocols)
  const ciphers =
    parameters.ciphers?.[0] ??
    (mandatory ? sender.smtp_tls_mandatory_ciphers : sender.smtp_tls_ciphers)
  return [
    ...['-C', '-l', level, '-t', patience, '-T', patience, '-o', `inet_protocols=${family}`],
    // An address of the other family among the interfaces would be fatal.
    ...['-o', 'inet_interfaces=all'],
    ...option('-F', sender.smtp_tls_CAfile),
    ...option('-P', sender.smtp_tls_CApath),
    ...option('-p', protocols),
    ...option('-g', ciphers),
    ...option('-d', sender.smtp_tls_fingerprint_digest),
    ...option('-h', sender.smtp_host_lookup.replaceAll(/[\s,]+/g, ',')),
    ...option('-M', level === 'dane-only' ? sender.smtp_tls_dane_insecure_mx_policy : ''),
    ...(sender.smtp_tls_force_insecure_host_tlsa_lookup === 'yes' ? ['-f'] : []),
    ...(parameters.tafile ?? []).flatMap(file => ['-A', file]),
    ...option(
      '-s',
      serverName(parameters.servername?.at(-1) ?? sender.smtp_tls_servername, mx, host),
    ),
    '--',
    target,
    ...namesFor(level, parameters, host),
  ]
}

/** posttls-finger sends the keywords of smtp(8) as they are; they are these, in lower case alone. */
function serverName(name: string, mx: string, host: string): string {
  if (name !== 'hostname' && name !== 'nexthop') return name
  const meant = name === 'hostname' ? mx : host
  return isIP(meant) === 0 ? meant : ''
}

function option(name: string, value: string): readonly string[] {
  return value === '' ? [] : [name, value]
}

/** A server that is asked in brackets is its own next-hop, so the destination's names are spelled out. */
function namesFor(level: Policy, { match }: Parameters, host: string): readonly string[] {
  if (level === 'fingerprint') return splitList(match ?? [], '|')
  if (level !== 'verify' && level !== 'secure') return []
  const names = match ?? [level === 'verify' ? 'hostname' : 'nexthop:dot-nexthop']
  const spelled = { nexthop: host, 'dot-nexthop': `.${host}` } as const
  return splitList(names, ':').map(
    name => Object.entries(spelled).find(([known]) => known === name.toLowerCase())?.[1] ?? name,
  )
}
