import type { RenewalRule } from '../renewals.ts'
import { checkRenewals } from '../renewals.ts'
import type { ReviewRule } from '../review.ts'
import { checkReview } from '../review.ts'
import type { Rule } from '../rule.ts'

const check = checkReview

/** Dates that nobody can keep. They are warnings: a date must not turn the work of others red. */
export const reviewRules = {
  overdue: {
    severity: 'warning',
    summary: 'a review date that has passed',
    why: 'The override stands without anybody having looked whether it is still needed.',
    example: 'review_date: 2020-01-15',
    dated: true,
    strict: true,
    check,
  },
  'too-far-ahead': {
    severity: 'warning',
    summary: 'a review date further ahead than the team agreed for such an override',
    why: 'Half of the problems that overrides are made for are gone after two or three weeks.',
    example: 'review_date: 2039-01-17',
    dated: true,
    strict: true,
    check,
  },
  'on-weekend': {
    severity: 'warning',
    summary: 'a review date on a Saturday or Sunday',
    why: 'Nobody reviews on that day.',
    example: 'review_date: 2026-12-19',
    dated: true,
    check,
  },
  'crowded-day': {
    severity: 'warning',
    summary: 'many reviews on one day',
    why: 'What cannot be looked at in a day is extended unread.',
    dated: true,
    check,
  },
  'emergency-renewed': {
    severity: 'warning',
    summary: 'an emergency that was renewed and is still marked as one',
    why: 'The mark waives the full reason and the required fields, for three days only.',
    example:
      'emergency: true\nreview_date: 2026-11-24\nrenewals: [{ date: 2026-11-22, until: 2026-11-24, because: "A new certificate is ordered." }]',
    strict: true,
    check: checkRenewals,
  },
  'same-words': {
    severity: 'warning',
    summary: 'a renewal that repeats the words of an earlier one, or of the justification',
    why: 'A renewal is a new decision, and needs a reason of its own.',
    example:
      'renewals: [{ date: 2026-11-20, until: 2026-12-15, because: "Their TLSA record names the certificate of last year; postmaster told." }]',
    strict: true,
    check: checkRenewals,
  },
  'renewal-date': {
    severity: 'warning',
    summary: 'a last renewal that names another day than review_date',
    why: 'One of the two was changed by hand, and reports would contradict the file.',
    example:
      'renewals: [{ date: 2026-11-20, until: 2027-01-12, because: "A new certificate is ordered." }]',
    check: checkRenewals,
  },
} as const satisfies Record<ReviewRule | RenewalRule, Rule>
