import type { ParameterRule } from '../parameters.ts'
import { checkParameters } from '../parameters.ts'
import type { Rule } from '../rule.ts'
import { cipherRules } from './ciphers.ts'
import { matchRules } from './match.ts'

const check = checkParameters

/** What Postfix refuses or misreads; `postmap` and `postmap -q` accept all of it in silence. */
export const parameterRules = {
  'parameter-policy': {
    severity: 'error',
    summary: 'a parameter that the policy does not admit',
    why: 'One attribute at the wrong level makes the whole entry invalid: all mail to the destination is deferred.',
    example: 'policy: encrypt\nparameters: { match: mx.partner.example }',
    check,
  },
  'parameter-version': {
    severity: 'error',
    summary: 'a parameter that is newer than the Postfix in the settings',
    why: 'An older Postfix does not know the name, and defers all mail to the destination.',
    example: 'parameters: { enable_rpk: "yes" }',
    settings: 'postfix: { version: "3.7" }',
    check,
  },
  'parameter-repeated': {
    severity: 'error',
    summary: 'several values where Postfix takes one',
    why: 'The attribute would be written twice, which makes the whole entry invalid.',
    example: 'parameters: { ciphers: [high, medium] }',
    check,
  },
  'parameter-separator': {
    severity: 'error',
    summary: 'a comma or blank within a value',
    why: 'Postfix ends the attribute there; protocols=!SSLv2,!SSLv3, which some guides print, stops all mail to the destination.',
    example: 'parameters: { protocols: "!SSLv2,!SSLv3" }',
    check,
  },
  'parameters-at-none': {
    severity: 'warning',
    summary: 'parameters at the policy none',
    why: 'Postfix ignores them, and logs so at each delivery; they are left out of the table.',
    example: 'policy: none\nparameters: { ciphers: high }',
    strict: true,
    check,
  },
  ...cipherRules,
  ...matchRules,
  'servername-refused': {
    severity: 'error',
    summary: 'a server name that is no host name',
    why: 'Postfix refuses the whole entry: all mail to the destination is deferred.',
    example: 'parameters: { servername: "*.partner.example" }',
    check,
  },
  'servername-literal': {
    severity: 'warning',
    summary: 'hostname or nexthop in capitals',
    why: 'Here Postfix knows its own words in lower case alone, and asks the server for a host of that name.',
    example: 'parameters: { servername: HOSTNAME }',
    strict: true,
    check,
  },
  'tafile-refused': {
    severity: 'error',
    summary: 'a file of trust anchors that is no path',
    why: 'Postfix opens the file when it looks the policy up; where it cannot, all mail to the destination is deferred.',
    example: 'policy: secure\nparameters: { tafile: "file:/etc/postfix/ca.pem" }',
    check,
  },
  'tafile-relative': {
    severity: 'warning',
    summary: 'a relative path of trust anchors',
    why: 'The path is relative to the queue directory, and in a chroot every path is.',
    example: 'policy: secure\nparameters: { tafile: partner-ca.pem }',
    strict: true,
    check,
  },
  'not-yes-or-no': {
    severity: 'error',
    summary: 'a switch that is neither yes nor no',
    why: 'Postfix refuses the whole entry: all mail to the destination is deferred.',
    example: 'parameters: { connection_reuse: "true" }',
    check,
  },
  'value-ignored': {
    severity: 'warning',
    summary: 'a value that does not count, because a later one replaces it or nothing knows it',
    why: 'A reader takes it for the one in force.',
    example: 'parameters: { protocols: ">=TLSv1.2:>=TLSv1" }',
    strict: true,
    check,
  },
} as const satisfies Record<ParameterRule, Rule>
