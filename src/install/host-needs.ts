import { parameterFacts, parameterNames } from '../language/parameters.ts'
import { readPin } from '../language/pins.ts'
import { digestBytes } from '../language/settings.ts'
import { hasRelease } from '../language/version.ts'
import type { Demand, Finding, Host, HostSettings } from './host-facts.ts'
import { releaseOf } from './host-facts.ts'

/** What some entries need of a host, lest their mail is deferred. */
interface Need {
  readonly of: (demand: Demand, host: Host) => boolean
  readonly severity: Finding['severity']
  readonly message: (host: Host) => string
}

export const needs: readonly Need[] = [
  {
    of: ({ policy }, host) => policy === 'dane-only' && !hasDnssec(host),
    severity: 'error',
    message: () =>
      'dane-only defers all mail without DNSSEC lookups; write into main.cf: smtp_dns_support_level = dnssec',
  },
  {
    of: ({ policy }, host) => policy === 'dane' && !hasDnssec(host),
    severity: 'warning',
    message: () =>
      'dane is no more than may without DNSSEC lookups; write into main.cf: smtp_dns_support_level = dnssec',
  },
  {
    of: ({ policy, parameters }, { settings: { smtp_tls_fingerprint_digest: name } }) =>
      policy === 'fingerprint' && !hasPinOf(parameters.match ?? [], name),
    severity: 'error',
    message: ({ settings }) =>
      `no pin has the length of smtp_tls_fingerprint_digest = ${settings.smtp_tls_fingerprint_digest}, so that none ever matches; set the digest for which the pins were made, in main.cf`,
  },
  {
    of: ({ policy, parameters }, { settings }) =>
      (policy === 'verify' || policy === 'secure') &&
      !parameters.tafile &&
      !hasAuthorities(settings),
    severity: 'error',
    message: () =>
      'no certificate is trusted on this host; write into main.cf: smtp_tls_CAfile = /etc/ssl/certs/ca-certificates.crt (or where this host keeps its authorities)',
  },
  {
    of: ({ parameters }, { services }) =>
      parameters.connection_reuse?.at(-1)?.toLowerCase() === 'yes' &&
      !services.some(({ name, command }) => name === 'tlsproxy' || command === 'tlsproxy'),
    severity: 'error',
    message: () =>
      'connection_reuse needs tlsproxy(8), and master.cf does not run it; add there: tlsproxy unix - - y - 0 tlsproxy',
  },
  {
    of: ({ parameters }, { unreadable }) =>
      (parameters.tafile ?? []).some(file => unreadable.has(file)),
    severity: 'error',
    message: ({ unreadable }) => [...unreadable.values()].join('; '),
  },
  ...parameterNames.map(
    (name): Need => ({
      of: ({ parameters }, { settings }) =>
        parameters[name] !== undefined &&
        !hasRelease(releaseOf(settings), parameterFacts[name].since),
      severity: 'error',
      message: ({ settings }) =>
        `${name} came with Postfix ${parameterFacts[name].since}, and this host has ${settings.mail_version}`,
    }),
  ),
]

export function findNeed(need: Need, host: Host, demands: readonly Demand[]): readonly Finding[] {
  const found = demands.filter(demand => need.of(demand, host))
  const first = found.find(demand => demand.isNew) ?? found[0]
  if (!first) return []
  const { isNew } = first
  const count = found.reduce((sum, demand) => sum + demand.count, 0)
  const others = count > 1 ? ` and ${count - 1} more` : ''
  const known = need.severity === 'error' && !isNew ? ' (as in the table that is installed)' : ''
  return [
    {
      severity: isNew ? need.severity : 'warning',
      message: `${first.key}${others}: ${need.message(host)}${known}`,
    },
  ]
}

function hasDnssec({ settings }: Host): boolean {
  return settings.smtp_dns_support_level === 'dnssec'
}

function hasAuthorities(settings: HostSettings): boolean {
  const { smtp_tls_CAfile: file, smtp_tls_CApath: folder, tls_append_default_CA: append } = settings
  return file !== '' || folder !== '' || append === 'yes'
}

function hasPinOf(match: readonly string[], name: string): boolean {
  const bytes: number | undefined = (digestBytes as Readonly<Record<string, number>>)[name]
  const pins = match.flatMap(text => text.split('|')).map(readPin)
  return bytes === undefined || pins.some(pin => 'bytes' in pin && pin.bytes.length === bytes * 2)
}
