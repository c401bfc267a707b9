import { quote } from '../language/quote.ts'
import type { Settings } from '../language/settings.ts'
import { hasRelease } from '../language/version.ts'
import type { Finding, Host, HostSettings } from './host-facts.ts'
import { releaseOf, warning } from './host-facts.ts'
import type { Service } from './master.ts'
import type { TableName } from './place.ts'
import { isDynamic, readTableName, showTableName, splitMaps } from './place.ts'

/** Whether Postfix asks the table, and before any that may answer for every name. */
export function findUse(
  { settings: { smtp_tls_policy_maps: maps, default_database_type: type } }: Pick<Host, 'settings'>,
  table: TableName,
): readonly Finding[] {
  const names = splitMaps(maps)
  const isOurs = (name: string) => {
    const reading = readTableName(name, type)
    return 'path' in reading && showTableName(reading) === showTableName(table)
  }
  const own = showTableName(table)
  const at = names.findIndex(isOurs)
  const others = names.filter(name => !isOurs(name) && name !== `proxy:${own}`)
  const line = `smtp_tls_policy_maps = ${[own, ...others].join(', ')}`
  if (at < 0 && names.includes(`proxy:${own}`))
    return [
      warning(
        `main.cf reads the table as "proxy:${own}", and proxymap(8) keeps the old one open for as long as it is busy; write into main.cf: ${line} (or run postfix reload after each deploy)`,
      ),
    ]
  if (at < 0)
    return [
      warning(`Postfix does not use ${own}; write into main.cf: ${line}, and run postfix reload`),
    ]
  const before = names.slice(0, at).find(isDynamic)
  return before === undefined
    ? []
    : [
        warning(
          `${quote(before)} stands before ${own} in smtp_tls_policy_maps and answers first; write into main.cf: ${line}, and run postfix reload`,
        ),
      ]
}

export function findServiceOptions({ name, type, command, options }: Service): readonly Finding[] {
  if (command !== 'smtp' && command !== 'lmtp') return []
  return ['smtp_tls_policy_maps', 'smtp_tls_security_level'].flatMap(parameter => {
    const value = options.get(parameter)
    if (value === undefined || command === 'lmtp') return []
    const effect = parameter.endsWith('maps')
      ? 'so that mail through this service does not use the table that main.cf names'
      : 'so that mail through this service has another default policy'
    return [
      warning(`master.cf runs ${name}/${type} with -o ${parameter}=${quote(value)}, ${effect}`),
    ]
  })
}

/** What the reviewers were told depends on these; the deploy goes on. */
export function findDifferences(
  host: HostSettings,
  settings: Settings | undefined,
): readonly Finding[] {
  if (!settings) return []
  const { defaultPolicy, dnsSupportLevel, fingerprintDigest, version } = settings.postfix
  const pairs = [
    ['default_policy', defaultPolicy, 'smtp_tls_security_level', host.smtp_tls_security_level],
    [
      'dns_support_level',
      dnsSupportLevel,
      'smtp_dns_support_level',
      host.smtp_dns_support_level || 'enabled',
    ],
    [
      'fingerprint_digest',
      fingerprintDigest,
      'smtp_tls_fingerprint_digest',
      host.smtp_tls_fingerprint_digest,
    ],
  ] as const
  const different = pairs.flatMap(([key, said, parameter, value]) =>
    said === value
      ? []
      : [
          warning(
            `the settings say postfix.${key}: ${said}, and this host has ${parameter} = ${value}; what reviewers were told holds for the former`,
          ),
        ],
  )
  const release = releaseOf(host)
  return hasRelease(release, version)
    ? different
    : [
        ...different,
        warning(`the settings say postfix.version: "${version}", and this host has ${release}`),
      ]
}
