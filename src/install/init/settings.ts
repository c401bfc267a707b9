import type { Policy } from '../../language/policy.ts'
import { policies } from '../../language/policy.ts'
import { quote } from '../../language/quote.ts'
import type { DigestName, Settings } from '../../language/settings.ts'
import { defaultSettings, digestBytes } from '../../language/settings.ts'
import type { Version } from '../../language/version.ts'
import { hasRelease } from '../../language/version.ts'
import type { MainCf } from './main-cf.ts'
import { tablesOf } from './main-cf.ts'

type Postfix = Settings['postfix']

/** A value for the settings, and where it comes from. */
interface Found<T> {
  readonly value: T
  readonly from: string
}

export type FoundSettings = { readonly [Name in keyof Postfix]: Found<Postfix[Name]> }

/** What main.cf says of each setting; what is not in it has Postfix's own default. */
export function findSettings(main: MainCf | undefined): FoundSettings {
  if (!main) {
    const from = 'assumed: there was no postconf to ask'
    const { version, defaultPolicy, dnsSupportLevel, fingerprintDigest, dynamicPolicy } =
      defaultSettings.postfix
    return {
      version: { value: version, from },
      defaultPolicy: { value: defaultPolicy, from },
      dnsSupportLevel: { value: dnsSupportLevel, from },
      fingerprintDigest: { value: fingerprintDigest, from },
      dynamicPolicy: { value: dynamicPolicy, from },
    }
  }
  return {
    version: versionIn(main),
    defaultPolicy: policyIn(main),
    dnsSupportLevel: dnsIn(main),
    fingerprintDigest: digestIn(main),
    dynamicPolicy: dynamicIn(main),
  }
}

function versionIn({ mail_version: written = '' }: MainCf): Found<Version> {
  const release = /^(\d\.\d{1,2})(?!\d)/.exec(written)?.[1]
  if (release === undefined)
    return { value: defaultSettings.postfix.version, from: 'assumed: mail_version was not shown' }
  if (!hasRelease(release as Version, '3.4'))
    return { value: '3.4', from: `the oldest that is supported; mail_version = ${written}` }
  return { value: release as Version, from: `mail_version = ${written}` }
}

/** A value that postconf has not computed is the default of a newer Postfix. */
function isComputed(value: string | undefined): value is string {
  return value !== undefined && value !== '' && !value.includes('$')
}

/** The default level came with compatibility_level 3.11; before, two older parameters say it. */
function policyIn(main: MainCf): Found<Policy> {
  const { smtp_tls_security_level: level } = main
  if (isComputed(level)) {
    const value = policies.find(known => known === level.toLowerCase())
    return value
      ? { value, from: `smtp_tls_security_level = ${level}` }
      : {
          value: defaultSettings.postfix.defaultPolicy,
          from: `assumed: smtp_tls_security_level = ${level} is no level of Postfix`,
        }
  }
  if (main.smtp_enforce_tls === 'yes') return { value: 'encrypt', from: 'smtp_enforce_tls = yes' }
  if (main.smtp_use_tls === 'yes') return { value: 'may', from: 'smtp_use_tls = yes' }
  return isCompatible(main, '3.11')
    ? { value: 'may', from: 'smtp_tls_security_level has its default' }
    : { value: 'none', from: 'smtp_tls_security_level is not set: all mail goes out unencrypted' }
}

const dnsLevels = ['disabled', 'enabled', 'dnssec'] as const

function dnsIn(main: MainCf): Found<Postfix['dnsSupportLevel']> {
  const { smtp_dns_support_level: level = '' } = main
  const value = dnsLevels.find(known => known === level.toLowerCase())
  if (value) return { value, from: `smtp_dns_support_level = ${level}` }
  return main.disable_dns_lookups === 'yes'
    ? { value: 'disabled', from: 'disable_dns_lookups = yes' }
    : { value: 'enabled', from: 'smtp_dns_support_level is not set: no DANE' }
}

function digestIn(main: MainCf): Found<DigestName> {
  const { smtp_tls_fingerprint_digest: name } = main
  if (isComputed(name)) {
    const value = (Object.keys(digestBytes) as DigestName[]).find(
      known => known === name.toLowerCase().replace(/^sha-/, 'sha'),
    )
    return value
      ? { value, from: `smtp_tls_fingerprint_digest = ${name}` }
      : {
          value: defaultSettings.postfix.fingerprintDigest,
          from: `assumed: smtp_tls_fingerprint_digest = ${name} is not known here`,
        }
  }
  const { compatibility_level: level = '0' } = main
  return {
    value: isCompatible(main, '3.6') ? 'sha256' : 'md5',
    from: `the default at compatibility_level = ${level}`,
  }
}

/** Postfix's levels before 3.6 are single numbers: 0, 1 and 2. */
function isCompatible({ compatibility_level: level = '0' }: MainCf, release: Version): boolean {
  const written = /^\d+\.\d+/.exec(level)?.[0]
  return written === undefined
    ? Number.parseInt(level, 10) > Number.parseInt(release, 10)
    : hasRelease(written as Version, release)
}

/** What answers over a socket behind a table is a resolver, and those for TLS policies know MTA-STS. */
function dynamicIn(main: MainCf): Found<Postfix['dynamicPolicy']> {
  const table = tablesOf(main).find(name => /^(?:proxy:)?(?:socketmap|tcp):/.test(name))
  return table === undefined
    ? { value: 'none', from: 'smtp_tls_policy_maps names no resolver' }
    : { value: 'mta-sts', from: `smtp_tls_policy_maps names ${quote(table)}` }
}
