import type { Parameters } from '../language/override.ts'
import type { Policy } from '../language/policy.ts'
import type { Settings } from '../language/settings.ts'
import type { Version } from '../language/version.ts'
import type { Service } from './master.ts'
import type { TableName } from './place.ts'

/** The parameters of main.cf that decide what a table does. */
export const hostParameters = [
  'mail_version',
  'compatibility_level',
  'default_database_type',
  'config_directory',
  'smtp_tls_policy_maps',
  'smtp_tls_security_level',
  'smtp_dns_support_level',
  'smtp_tls_fingerprint_digest',
  'smtp_tls_CAfile',
  'smtp_tls_CApath',
  'tls_append_default_CA',
  'queue_directory',
  'mail_owner',
] as const

export type HostSettings = Readonly<Record<(typeof hostParameters)[number], string>>

export interface Host {
  readonly settings: HostSettings
  readonly services: readonly Service[]
  /** Why Postfix cannot read one of these files, by the file that `tafile` names. */
  readonly unreadable: ReadonlyMap<string, string>
}

/** The entries of the new table that have one value; thousands of them often share a few. */
export interface Demand {
  readonly policy: Policy
  readonly parameters: Parameters
  /** The first of their keys; one that changes, where there is any. */
  readonly key: string
  readonly count: number
  /** Whether one of them changes; what is as before stops nobody. */
  readonly isNew: boolean
}

export interface Subject {
  readonly table: TableName
  readonly demands: readonly Demand[]
  /** Of the policies; undefined where only the table is known. */
  readonly settings: Settings | undefined
}

/** What is wrong on the host; an error means that mail would be deferred because of the table. */
export interface Finding {
  readonly severity: 'error' | 'warning'
  readonly message: string
}

export function warning(message: string): Finding {
  return { severity: 'warning', message }
}

/** Without the patch level. */
export function releaseOf({ mail_version: version }: HostSettings): Version {
  return (/^\d+\.\d+/.exec(version)?.[0] ?? '0.0') as Version
}
