import type { DocumentRule } from '../../language/document.ts'
import type { SpellingRule } from '../../language/letter-case.ts'
import type { ShapeRule } from '../../language/schema.ts'
import type { FieldRule } from '../fields.ts'
import { checkFields } from '../fields.ts'
import type { Rule } from '../rule.ts'

type Ids = Exclude<DocumentRule, 'hidden-character'> | ShapeRule | SpellingRule | FieldRule

/** What a file must hold, and how. */
export const shapeRules = {
  'yaml-syntax': {
    severity: 'error',
    summary: 'a file that is no YAML, or holds a key twice',
    why: 'Two programs could read two different overrides from it.',
    example: 'parameters: { protocols: >=TLSv1.2 }',
    check: 'reading',
  },
  'yaml-feature': {
    severity: 'error',
    summary: 'an anchor, alias, tag, directive or odd key of YAML',
    why: 'A value that begins with *, & or ! becomes something else in YAML without quotes, and shorthands hide what a reviewer must see.',
    example: 'destination: *.example.com',
    check: 'reading',
  },
  'empty-file': {
    severity: 'error',
    summary: 'a file without an override',
    why: 'Somebody believes that there is one.',
    check: 'reading',
  },
  'missing-field': {
    severity: 'error',
    summary: 'a mandatory field is missing, or one that the settings require',
    why: 'An override without reason, date or owner is one that nobody removes.',
    example: 'contacted: [{ date: 2026-11-18 }]',
    check: checkFields,
  },
  'unknown-field': {
    severity: 'error',
    summary: 'a field or parameter that does not exist',
    why: 'In the table an unknown name stops all mail to the destination; in a file a misspelled field would silently not count.',
    example: 'reviewdate: 2026-12-15',
    check: 'reading',
  },
  'wrong-type': {
    severity: 'error',
    summary: 'a number, list or truth value where a text belongs, or the other way round',
    why: 'YAML reads 3.10 without quotes as the number 3.1.',
    example: 'ticket: 4711',
    check: 'reading',
  },
  'unknown-value': {
    severity: 'error',
    summary: 'a policy or another choice that does not exist',
    why: 'Postfix defers all mail to a destination whose level it does not know.',
    example: 'policy: required',
    check: 'reading',
  },
  'bad-value': {
    severity: 'error',
    summary: 'an owner that is no address, an empty list, a number out of range',
    why: 'Reminders would reach nobody.',
    example: 'owner: the mail team',
    check: 'reading',
  },
  'not-a-day': {
    severity: 'error',
    summary: 'a date that is no day of the calendar',
    why: 'A date that cannot be read must never mean "for ever".',
    example: 'review_date: 2027-02-30',
    check: 'reading',
  },
  'plugin-parameter': {
    severity: 'error',
    summary: 'an attribute that belongs to resolvers of MTA-STS policies',
    why: 'policy_* and mx_host_pattern describe a policy that the recipient published; in a table of overrides they defer mail or make reports wrong.',
    example: 'parameters: { policy_type: sts }',
    check: 'reading',
  },
  'letter-case': {
    severity: 'notice',
    summary: 'a policy or parameter in capitals',
    why: 'Postfix takes it, and it is compiled in lower case; editors that know the schema mark it as wrong.',
    example: 'policy: Encrypt',
    check: 'reading',
  },
  'thin-justification': {
    severity: 'warning',
    summary: 'a justification that says nothing',
    why: 'A year from now somebody must decide from these words whether the override can go.',
    example: 'justification: TODO',
    strict: true,
    check: checkFields,
  },
} as const satisfies Record<Ids, Rule>
