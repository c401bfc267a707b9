import type { Fault } from './fault.ts'
import { nearest } from './nearest.ts'
import { parameterNames } from './parameters.ts'
import type { Policy } from './policy.ts'
import { oneOf, quote } from './quote.ts'
import type { ShapeRule } from './schema.ts'

type Advice = Omit<Fault<ShapeRule>, 'at'>

/** Words that people use for Postfix's levels. */
const otherWords: Readonly<Record<string, Policy>> = {
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
}

/** Names that people use for Postfix's attributes. */
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
  reason: 'justification',
  domain: 'destination',
  level: 'policy',
}

/** What to say of a field that the schema does not have at this JSON pointer. */
export function unknownField(name: string, path: string, known: readonly string[]): Advice {
  if (path === '/parameters' && /^(policy_\w+|mx_host_pattern)$/.test(name)) return plugin(name)
  const isParameter = (parameterNames as readonly string[]).includes(name.toLowerCase())
  return {
    rule: 'unknown-field',
    message: `there is no field ${quote(name)} here`,
    help:
      path === '' && isParameter
        ? 'write it below "parameters:"'
        : suggestion(otherNames[name.toLowerCase()], name, known),
  }
}

/** What to say of a value that is none of the choices. */
export function unknownValue(value: unknown, field: string, known: readonly string[]): Advice {
  const text = typeof value === 'string' ? value.trim() : JSON.stringify(value)
  return {
    rule: 'unknown-value',
    message: `${field} cannot be ${quote(text)}`,
    help:
      field === '"policy"' && /[\s=]/.test(text)
        ? 'write the level alone, and what follows it below "parameters:"'
        : suggestion(otherWords[text.toLowerCase()], text, known),
  }
}

/** What a field is for, from its description in the schema, and an example. */
export function fieldHelp(schema: object | undefined, field?: string): string {
  const properties = schema && 'properties' in schema ? schema.properties : undefined
  const found = (field ? (properties as Record<string, object> | undefined)?.[field] : schema) ?? {}
  const description = 'description' in found ? String(found.description) : ''
  const examples = 'examples' in found ? (found.examples as readonly string[]) : []
  return examples.length > 0 ? `${description} For example: ${examples.join(', ')}.` : description
}

function suggestion(other: string | undefined, written: string, known: readonly string[]): string {
  const candidate = other && known.includes(other) ? other : nearest(written, known)
  const choices = `expected ${oneOf(known)}`
  return candidate === undefined ? choices : `did you mean ${quote(candidate)}? ${choices}`
}

function plugin(name: string): Advice {
  return {
    rule: 'plugin-parameter',
    message: `${quote(name)} is for programs that answer with MTA-STS policies, and not for a table of overrides`,
    help: 'leave it out: Postfix uses it only to report failures of a policy that the recipient published',
  }
}
