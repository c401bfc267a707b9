import type { CipherRule } from '../ciphers.ts'
import { checkParameters } from '../parameters.ts'
import type { ProtocolRule } from '../protocols.ts'
import type { Rule } from '../rule.ts'

const check = checkParameters

/** What Postfix looks at only in the session: versions of TLS, and ciphers. */
export const cipherRules = {
  'protocols-refused': {
    severity: 'error',
    summary: 'a TLS version that does not exist',
    why: 'Postfix looks at the list only after STARTTLS: it then gives up the session, and at may and dane mail goes out unencrypted after five minutes.',
    example: 'parameters: { protocols: TLSv1.0 }',
    check,
  },
  'protocols-version': {
    severity: 'error',
    summary: '>= or <= for a Postfix before 3.6',
    why: 'The older Postfix takes the bound for the name of a version that does not exist.',
    example: 'parameters: { protocols: ">=TLSv1.2" }',
    settings: 'postfix: { version: "3.5" }',
    check,
  },
  'protocols-nothing-left': {
    severity: 'error',
    summary: 'a list that leaves no TLS version',
    why: 'No session can be made: mail is deferred, or goes out unencrypted where the policy allows it.',
    example: 'parameters: { protocols: ">=TLSv1.3:<=TLSv1.2" }',
    check,
  },
  'protocols-no-floor': {
    severity: 'warning',
    summary: 'a list that allows SSLv3 and everything after it',
    why: 'The parameter replaces the list of main.cf; without a floor it takes the protection away that the servers have.',
    example: 'parameters: { protocols: "!TLSv1.3" }',
    strict: true,
    check,
  },
  'protocols-gap': {
    severity: 'warning',
    summary: 'a list with a gap between two TLS versions',
    why: 'TLS libraries negotiate a range, and take the part below the gap: !TLSv1.2 ends at TLSv1.1.',
    example: 'parameters: { protocols: "TLSv1.1:TLSv1.3" }',
    strict: true,
    check,
  },
  'ciphers-refused': {
    severity: 'error',
    summary: 'a cipher grade that does not exist',
    why: 'Postfix knows grades, and no lists of ciphers; it gives up the TLS session.',
    example: 'parameters: { ciphers: strong }',
    check,
  },
  'ciphers-weak': {
    severity: 'warning',
    summary: 'the grades low, export and null',
    why: 'Before Postfix 3.8 they allow ciphers that anybody can break.',
    example: 'parameters: { ciphers: export }',
    strict: true,
    check,
  },
  'exclude-refused': {
    severity: 'error',
    summary: 'an operator or another sign in a list of excluded ciphers',
    why: 'Postfix refuses the list, and gives up the TLS session.',
    example: 'parameters: { exclude: ["!aNULL"] }',
    check,
  },
  'exclude-everything': {
    severity: 'error',
    summary: 'a list that excludes all ciphers',
    why: 'No session can be made.',
    example: 'parameters: { exclude: ALL }',
    check,
  },
  'exclude-adds': {
    severity: 'warning',
    summary: '; in a list of excluded ciphers',
    why: 'OpenSSL ends the exclusion there, and adds the cipher that was to be excluded.',
    example: 'parameters: { exclude: "aNULL;MD5" }',
    strict: true,
    check,
  },
  'exclude-unknown': {
    severity: 'warning',
    summary: 'an excluded cipher that OpenSSL does not know',
    why: 'It is ignored in silence: a misspelled name excludes nothing.',
    example: 'parameters: { exclude: [aNUL] }',
    strict: true,
    check,
  },
  'exclude-clears': {
    severity: 'warning',
    summary: 'an empty list of excluded ciphers',
    why: 'It replaces the lists of main.cf, and allows again what they exclude.',
    example: 'parameters: { exclude: "" }',
    strict: true,
    check,
  },
} as const satisfies Record<Exclude<ProtocolRule, 'value-ignored'> | CipherRule, Rule>
