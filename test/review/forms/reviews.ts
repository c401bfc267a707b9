import type { Context } from '../../../src/review/forms/heads.ts'
import type { Past } from '../../../src/review/past.ts'
import type { Review } from '../../../src/review/review.ts'
import { reviewPolicies } from '../../../src/review/review.ts'
import type { Files } from '../sides.ts'
import { side } from '../sides.ts'

/** Nothing but what the files say. */
export const context: Context = {
  compared: {
    base: { commit: '0123456789abcdef0123456789abcdef01234567', name: 'origin/main' },
    head: null,
  },
  display: path => `policies/${path}`,
  past: () => ({ override: null, overriddenSince: null, earlier: [] }),
}

/** The review of a change from one set of files to another. */
export function reviewOf(before: Files, after: Files): Review {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)])
  const changed = [...paths].filter(path => before[path] !== after[path])
  return reviewPolicies(side(before), side(after), new Set(changed))
}

export const brokenDane = `destination: broken-dane.example
policy: may
parameters: { protocols: ">=TLSv1.2" }
justification: Their TLSA records name the certificate of last year; postmaster told on 2026-11-18.
review_date: 2026-12-15
problem: tlsa-mismatch
owner: mail-team@example.org
ticket: https://tickets.example/MAIL-42
contacted: [{ date: 2026-11-18, to: postmaster@broken-dane.example }]
`

const lab = `destination: [.lab.example, "[relay.lab.example]:587"]
policy: encrypt
justification: Our own test systems have self-signed certificates that change all the time.
review_date: 2027-04-13
owner: "@platform-team"
`

const commit = '0123456789abcdef0123456789abcdef01234567'
const [ann, bob] = [
  { day: '2025-03-04', author: 'Ann', commit, reviewers: [] },
  {
    day: '2026-08-07',
    author: 'Bob',
    commit: commit.replace('0', 'f'),
    pullRequest: '#12',
    reviewers: ['Cy', 'Di'],
  },
] as const

/** An override that two people wrote, for a destination that was overridden before. */
export const past: Past = {
  override: { written: ann, changed: bob, reviewDates: ['2025-06-04'], extensions: 2 },
  overriddenSince: '2025-01-31',
  earlier: [{ path: 'old.yaml', from: { ...ann, day: '2024-01-02' }, until: ann }],
}

/** One new override, one renewed, one moved, one removed below a parent. */
export const files: readonly [Files, Files] = [
  {
    'lab.yaml': lab,
    'old.yaml': 'destination: moved.example\npolicy: encrypt',
    'test.yaml': 'destination: test.lab.example\npolicy: none',
  },
  {
    'lab.yaml': `${lab.replace('2027-04-13', '2027-05-14').replace('owner: "@platform-team"\n', '')}renewals: [{ date: 2026-11-20, until: 2027-05-14, because: The new systems come in May. }]\n`,
    'new.yaml': 'destination: moved.example\npolicy: encrypt',
    'broken-dane.yaml': brokenDane,
  },
]
