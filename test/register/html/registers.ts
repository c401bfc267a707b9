import type { Day } from '../../../src/language/day.ts'
import { addDays } from '../../../src/language/day.ts'
import { collectPolicies } from '../../../src/language/policies.ts'
import { readFile } from '../../../src/language/read-file.ts'
import type { Register } from '../../../src/register/register.ts'
import { makeRegister } from '../../../src/register/register.ts'
import type { History, OverrideHistory } from '../../../src/review/history.ts'

/** The day of every report in these tests. */
export const today: Day = '2026-11-22'

/** Overrides as files by their paths, and since when each has stood where that is known. */
export interface Written {
  readonly text: string
  readonly since?: Day
  readonly extensions?: number
}

/** The register of such files; without any day of writing, as it is outside of Git. */
export function registerOf(files: Readonly<Record<string, Written>>): Register {
  const encoder = new TextEncoder()
  const sources = Object.entries(files).map(([path, { text }]) => ({
    path,
    bytes: encoder.encode(text),
  }))
  const policies = collectPolicies(sources, readFile)
  const broken = policies.faults.map(({ path, message }) => `${path}: ${message}`)
  if (broken.length > 0) throw new Error(broken.join('\n'))
  const pasts = Object.entries(files).flatMap(([path, written]) => {
    const past = pastOf(written)
    return past ? [[path, past] as const] : []
  })
  const history: History = { overrides: new Map(pasts), destinations: new Map() }
  return makeRegister(policies, today, pasts.length > 0 ? history : 'none')
}

function pastOf({ text, since, extensions = 0 }: Written): OverrideHistory | undefined {
  const reviewDate = /^review_date: "?([\d-]+)/m.exec(text)?.[1] as Day | undefined
  if (!since || !reviewDate) return undefined
  const written = {
    day: since,
    author: 'Ada <ada@example.org>',
    commit: 'c0ffee',
    pullRequest: '#12',
    reviewers: ['Grace'],
  }
  const earlier = Array.from({ length: extensions }, (_, index) => addDays(reviewDate, index - 90))
  return { written, changed: written, reviewDates: [...earlier, reviewDate], extensions }
}

/** An override's text with the fields given, one line each, and what every override needs. */
export function overrideText(fields: Readonly<Record<string, string>>): string {
  const all = {
    destination: 'partner.example',
    policy: 'may',
    justification:
      'Their TLSA record still names the certificate of last year; postmaster was told and promised a fix.',
    review_date: '2027-01-15',
    ...fields,
  }
  return Object.entries(all)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('')
}

/** A team's folder: everything that a page can show, once. */
export const team = registerOf({
  'gone.yaml': {
    since: '2026-06-02',
    extensions: 2,
    text: overrideText({
      destination: 'broken-dane.example',
      review_date: '2026-10-20',
      problem: 'tlsa-mismatch',
      owner: 'mail-team@example.org',
      ticket: 'https://tickets.example/MAIL-42',
      contacted: '[{ date: 2026-06-02, to: postmaster@broken-dane.example }]',
      renewals:
        '[{ date: 2026-09-01, until: 2026-10-20, because: "New certificate ordered, TLSA change announced for October." }]',
    }),
  },
  'late.yaml': {
    since: '2026-08-11',
    text: overrideText({
      destination: '"[mx.late.example]:587"',
      policy: 'encrypt',
      review_date: '2026-11-17',
      owner: '"@postmaster"',
    }),
  },
  'night.yaml': {
    since: '2026-11-21',
    text: overrideText({
      destination: 'hospital.example',
      review_date: '2026-11-24',
      emergency: 'true',
      justification: 'Results of tests wait since 02:00',
    }),
  },
  'today.yaml': {
    since: '2026-09-22',
    text: overrideText({
      destination: '[today.example, .today.example]',
      policy: 'dane-only',
      review_date: '2026-11-22',
      owner: 'security@example.org',
      ticket: 'MAIL-7, in the old tracker',
    }),
  },
  'soon.yaml': {
    text: overrideText({
      destination: '[a.soon.example, b.soon.example, c.soon.example, d.soon.example]',
      policy: 'none',
      review_date: '2026-12-14',
    }),
  },
  'bank.yaml': {
    since: '2026-03-30',
    text: overrideText({
      destination: 'bank.example',
      policy: 'secure',
      parameters:
        '{ match: [bank.example, .bank.example], protocols: ">=TLSv1.2", exclude: [aNULL, RC4] }',
      review_date: '2027-03-30',
      owner: 'security@example.org',
      justification:
        'The contract with the bank asks for a verified server, and they publish no TLSA records.',
    }),
  },
  'registry.yaml': {
    since: '2026-10-05',
    text: overrideText({
      destination: 'registry.example',
      policy: 'verify',
      review_date: '2027-02-01',
    }),
  },
  'asleep.yaml': {
    text: overrideText({
      destination: 'asleep.example',
      active: 'false',
      review_date: '2026-01-15',
    }),
  },
})

const policies = ['may', 'encrypt', 'secure', 'dane-only'] as const

/** So many overrides without a fault, with review dates from three weeks ago on. */
export function manyOverrides(count: number): Register {
  const files = Array.from({ length: count }, (_, index): readonly [string, Written] => [
    `recipient-${index}.yaml`,
    {
      since: addDays(today, -((index * 37) % 300) - 1),
      text: overrideText({
        destination: `recipient-${index}.example`,
        policy: policies[index % policies.length] ?? 'may',
        parameters: '{ protocols: ">=TLSv1.2", exclude: [aNULL, RC4] }',
        review_date: addDays(today, -20 + Math.floor(((index * 7919) % 997) / 3)),
        justification: `Their TLSA record names the certificate of last year; postmaster ${index} was told on 2026-11-18 and promised a fix.`,
        problem: 'tlsa-mismatch',
        owner: `team-${index % 7}@example.org`,
        ticket: `https://tickets.example/MAIL-${index}`,
        contacted: `[{ date: 2026-11-18, to: postmaster@recipient-${index}.example }]`,
      }),
    },
  ])
  return registerOf(Object.fromEntries(files))
}
