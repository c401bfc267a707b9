import type { MatchRule } from '../match.ts'
import { checkParameters } from '../parameters.ts'
import type { Rule } from '../rule.ts'

const check = checkParameters

/** Names and digests by which a server is known. */
export const matchRules = {
  'match-refused': {
    severity: 'error',
    summary: 'a match without any name',
    why: 'Nothing can be verified: all mail to the destination is deferred.',
    example: 'policy: secure\nparameters: { match: "." }',
    check,
  },
  'match-never': {
    severity: 'warning',
    summary: 'a name that no certificate carries',
    why: 'Postfix never validates the names: one that cannot match defers all mail, or does nothing beside others.',
    example: 'policy: secure\nparameters: { match: "[mx.partner.example]" }',
    strict: true,
    check,
  },
  'match-too-wide': {
    severity: 'warning',
    summary: 'a match that every domain below a public suffix satisfies',
    why: 'The certificate proves then that somebody owns some domain there, which a stranger does, too.',
    example: 'policy: secure\nparameters: { match: .example.com:.com }',
    strict: true,
    check,
  },
  'pin-missing': {
    severity: 'error',
    summary: 'the policy fingerprint without digests',
    why: 'Without match Postfix has nothing to compare, and defers all mail to the destination.',
    example: 'policy: fingerprint',
    check,
  },
  'pin-refused': {
    severity: 'error',
    summary: 'no digest among the pins that the servers can use',
    why: 'All mail to the destination is deferred; Postfix before 3.9 may fall back to the pins of main.cf.',
    example: 'policy: fingerprint\nparameters: { match: "12:34:AB" }',
    check,
  },
  'pin-ignored': {
    severity: 'warning',
    summary: 'a pin that is no digest of the algorithm in use, beside others that are',
    why: 'The pin for the next certificate may be the one that does not count.',
    example:
      'policy: fingerprint\nparameters:\n  match:\n    - 1B:D5:D8:1B:7F:D5:73:19:4C:B1:01:52:D2:66:3C:CE:5B:4A:E9:F9:77:E5:F7:38:08:3B:1B:59:2C:24:BC:0D\n    - D1:D3:F0:C5:6A:43:38:B8:49:53:41:EA:82:64:16:BF:83:61:DC:84',
    strict: true,
    check,
  },
} as const satisfies Record<MatchRule, Rule>
