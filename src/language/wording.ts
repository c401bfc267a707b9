import type { Fault } from './fault.ts'
import type { Kind } from './kind.ts'
import { nearest } from './nearest.ts'
import { parameterNames } from './parameters.ts'
import type { Policy } from './policy.ts'
import { oneOf, quote } from './quote.ts'
import type { ShapeRule } from './schema.ts'

type Advice = Omit<Fault<ShapeRule>, 'at'>

/** Words that people use for Postfix's levels, and for kinds of recipients. */
const otherWords: Readonly<Record<string, Policy | Kind>> = {
  opportunistic: 'may',
  preferred: 'may',
  starttls: 'may',
  tls: 'may',
  must: 'encrypt',
  required: 'encrypt',
  mandatory: 'encrypt',
  enforce: 'encrypt',
  halfdane: 'dane',
  'half-dane': 'dane',
  verified: 'verify',
  strict: 'secure',
  pin: 'fingerprint',
  off: 'none',
  no: 'none',
  disabled: 'none',
  'mta-sts': 'secure',
  sts: 'secure',
  'expired-certificate': 'untrusted-certificate',
  expired: 'untrusted-certificate',
  'self-signed': 'untrusted-certificate',
  'no-tls': 'no-starttls',
  dnssec: 'tlsa-lookup-failure',
}

/** Names that people use for Postfix's attributes, and for the fields of our files. */
const otherNames: Readonly<Record<string, string>> = {
  sni: 'servername',
  fingerprint: 'match',
  pins: 'match',
  cafile: 'tafile',
  mandatory_protocols: 'protocols',
  smtp_tls_mandatory_protocols: 'protocols',
  smtp_tls_protocols: 'protocols',
  smtp_tls_mandatory_ciphers: 'ciphers',
  smtp_tls_ciphers: 'ciphers',
  smtp_tls_exclude_ciphers: 'exclude',
  smtp_tls_mandatory_exclude_ciphers: 'exclude',
  tls_connection_reuse: 'connection_reuse',
  expires: 'review_date',
  expiry: 'review_date',
  valid_until: 'review_date',
  reason: 'justification',
  comment: 'justification',
  description: 'justification',
  domain: 'destination',
  nexthop: 'destination',
  level: 'policy',
  attributes: 'parameters',
  enabled: 'active',
  mail_version: 'version',
  security_level: 'default_policy',
  smtp_tls_security_level: 'default_policy',
  smtp_dns_support_level: 'dns_support_level',
  smtp_tls_fingerprint_digest: 'fingerprint_digest',
}

/** What to say of a field that the schema does not have at this JSON pointer. */
export function unknownField(name: string, path: string, known: readonly string[]): Advice {
  if (path === '/parameters' && /^(policy_\w+|mx_host_pattern)$/.test(name)) return plugin(name)
  return {
    rule: 'unknown-field',
    message: `there is no field ${quote(name)} here`,
    help: elsewhere(name, path, known) ?? suggestion(meantField(name, known), known),
  }
}

/** The known field that was probably meant. */
export function meantField(name: string, known: readonly string[]): string | undefined {
  return meant(otherNames[name.toLowerCase()], name, known)
}

/** Fields that show that a file holds the settings, under another name than theirs. */
export const settingsFields: readonly string[] = ['postfix', 'review', 'require']

/** Where a field belongs that stands at the top of an override. */
function elsewhere(name: string, path: string, known: readonly string[]): string | undefined {
  if (path !== '' || !known.includes('destination')) return undefined
  if ((parameterNames as readonly string[]).includes(name.toLowerCase()))
    return 'write it below "parameters:"'
  return settingsFields.includes(name)
    ? 'settings are read from _settings.yaml, in the folder of overrides itself'
    : undefined
}

/** What to say of a value that is none of the choices. */
export function unknownValue(value: unknown, field: string, known: readonly string[]): Advice {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const word = text.trim()
  return {
    rule: 'unknown-value',
    message: `${field} cannot be ${quote(text)}`,
    help:
      field === '"policy"' && /[\s=]/.test(word)
        ? 'write the level alone, and what follows it below "parameters:"'
        : suggestion(meant(otherWords[word.toLowerCase()], word, known), known),
  }
}

/** What a field is for, from its description in the schema, and an example. */
export function fieldHelp(schema: object | undefined, field?: string): string {
  const properties = schema && 'properties' in schema ? schema.properties : undefined
  const found = (field ? (properties as Record<string, object> | undefined)?.[field] : schema) ?? {}
  const description = 'description' in found ? String(found.description) : ''
  const examples = 'examples' in found ? (found.examples as readonly string[]) : []
  const choices = 'enum' in found ? (found.enum as readonly string[]) : []
  if (choices.length > 0) return `${description} One of: ${choices.join(', ')}.`
  return examples.length > 0 ? `${description} For example: ${examples.join(', ')}.` : description
}

function meant(other: string | undefined, written: string, known: readonly string[]) {
  return other && known.includes(other) ? other : nearest(written, known)
}

function suggestion(candidate: string | undefined, known: readonly string[]): string {
  return candidate === undefined ? `expected ${oneOf(known)}` : `did you mean ${quote(candidate)}?`
}

function plugin(name: string): Advice {
  return {
    rule: 'plugin-parameter',
    message: `${quote(name)} is for programs that answer with MTA-STS policies, and not for a table of overrides`,
    help: 'leave it out: Postfix uses it only to report failures of a policy that the recipient published',
  }
}
