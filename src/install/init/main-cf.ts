import { logicalLines } from '../../table/logical-lines.ts'

/** The parameters of main.cf that the settings of a policies folder come from. */
export const mainCfNames = [
  'mail_version',
  'compatibility_level',
  'smtp_tls_security_level',
  'smtp_use_tls',
  'smtp_enforce_tls',
  'smtp_dns_support_level',
  'disable_dns_lookups',
  'smtp_tls_fingerprint_digest',
  'smtp_tls_policy_maps',
  'default_database_type',
  'config_directory',
] as const

type MainCfName = (typeof mainCfNames)[number]

/** Values as postconf(1) shows them; what it did not show is missing. */
export type MainCf = Readonly<Partial<Record<MainCfName, string>>>

/** Reads the output of postconf or postconf -n, or a main.cf: of several lines with one name the last counts. */
export function readMainCf(text: string): MainCf {
  const pairs = logicalLines(text).lines.flatMap(({ text }) => {
    const [, name, value] = /^(\w+)\s*=\s*(.*)$/s.exec(text.trim()) ?? []
    const known = mainCfNames.find(known => known === name)
    return known === undefined || value === undefined ? [] : [[known, value.trim()] as const]
  })
  return Object.fromEntries(pairs)
}

/** The tables that a value of smtp_tls_policy_maps names; braces keep blanks together. */
export function tablesOf({ smtp_tls_policy_maps: maps = '' }: MainCf): readonly string[] {
  return maps.match(/(?:\{[^{}]*\}|[^\s,{}])+/g) ?? []
}
