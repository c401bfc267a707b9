import type { MeaningRule } from '../meaning.ts'
import { checkMeaning } from '../meaning.ts'
import type { Rule } from '../rule.ts'

const check = checkMeaning

/** Overrides that Postfix takes, and that do something else than was probably meant. */
export const meaningRules = {
  'dane-without-dnssec': {
    severity: 'warning',
    summary: 'dane or dane-only where the servers do not look up DNSSEC',
    why: 'dane then acts as may, without any authentication; dane-only defers all mail.',
    example: 'policy: dane-only',
    settings: 'postfix: { dns_support_level: enabled, default_policy: may }',
    check,
  },
  'dane-only-address': {
    severity: 'warning',
    summary: 'dane-only for an address',
    why: 'An address has no TLSA records: all mail to it is deferred.',
    example: 'destination: "[192.0.2.1]"\npolicy: dane-only',
    check,
  },
  'secure-address': {
    severity: 'warning',
    summary: 'secure for an address without names to match',
    why: 'The default match looks for a name, and never takes the address in a certificate.',
    example: 'destination: "[192.0.2.1]"\npolicy: secure',
    check,
  },
  'secure-hostname': {
    severity: 'warning',
    summary: 'secure with match=hostname',
    why: 'The name of the MX host comes from DNS that nobody authenticated: that is verify, not secure.',
    example: 'policy: secure\nparameters: { match: hostname }',
    check,
  },
  'single-pin': {
    severity: 'warning',
    summary: 'fingerprint with one pin',
    why: 'On the day on which the recipient replaces the key, all mail to it is deferred; a second pin for the next key avoids that.',
    example:
      'policy: fingerprint\nparameters: { match: "1B:D5:D8:1B:7F:D5:73:19:4C:B1:01:52:D2:66:3C:CE:5B:4A:E9:F9:77:E5:F7:38:08:3B:1B:59:2C:24:BC:0D" }',
    check,
  },
  'equals-baseline': {
    severity: 'warning',
    summary: 'an override that changes nothing',
    why: 'The servers treat the mail so without it; it only keeps them from following a later change of the default.',
    example: 'policy: dane',
    settings: 'postfix: { default_policy: dane }',
    check,
  },
  'equals-parent': {
    severity: 'warning',
    summary: 'an override for a subdomain that equals the one for its parent',
    why: 'Two decisions to keep where one is enough.',
    check,
  },
  'dynamic-beats-parent': {
    severity: 'warning',
    summary: 'an override for subdomains, with a resolver of MTA-STS policies behind the table',
    why: 'Postfix asks all tables for the full name before it asks for a parent: the answer of the resolver wins.',
    example: 'destination: .partner.example',
    settings: 'postfix: { dynamic_policy: mta-sts }',
    check,
  },
  'dane-disables-mta-sts': {
    severity: 'warning',
    summary: 'dane, with a resolver of MTA-STS policies behind the table',
    why: 'The resolver is not asked for this destination: a recipient without TLSA records gets less protection than without the override.',
    example: 'policy: dane',
    settings: 'postfix: { dynamic_policy: mta-sts }',
    check,
  },
} as const satisfies Record<MeaningRule, Rule>
