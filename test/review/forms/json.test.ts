import { Ajv } from 'ajv'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import schema from '../../../schema/diff.schema.json' with { type: 'json' }
import { isDay } from '../../../src/language/day.ts'
import { reviewJson } from '../../../src/review/forms/json.ts'
import type { Past } from '../../../src/review/past.ts'
import { logCommand, neverShown } from '../../check/forms/reports.ts'
import type { Files } from '../sides.ts'
import { hostileReview } from './hostile.ts'
import { context, files, past, reviewOf } from './reviews.ts'

const validate = new Ajv({
  strict: true,
  allErrors: true,
  allowUnionTypes: true,
  formats: { date: isDay },
}).compile(schema)

function jsonOf(before: Files, after: Files) {
  const json = JSON.parse(reviewJson(reviewOf(before, after), context))
  expect(validate(json), JSON.stringify(validate.errors)).toBe(true)
  return json
}

test('a review holds to its schema', () => {
  const json = jsonOf(...files)
  expect(json).toMatchObject({ version: 1, head: null, baselineChanged: null, unread: [] })
  expect(json.base).toBe(context.compared.base.commit)
  expect(json.digest).toMatch(/^[\da-f]{64}$/)
  expect(json.changes[0]).toMatchObject({
    change: 'added',
    destination: 'broken-dane.example',
    file: 'policies/broken-dane.yaml',
    verdict: 'weaker',
    stops: [],
    releases: ['tlsa-mismatch', 'tlsa-lookup-failure', 'tlsa-no-starttls'],
    before: null,
    after: {
      policy: 'may',
      parameters: { protocols: ['>=TLSv1.2'] },
      effect: 'weaker',
      outcomes: { 'tlsa-mismatch': 'encrypted' },
    },
    reviewDate: { before: null, after: '2026-12-15' },
    extendedDays: 0,
    fields: [],
    owner: 'mail-team@example.org',
  })
})

test('an override that is removed below a parent is null after, and compared with the parent', () => {
  const change = jsonOf(...files).changes.find(
    ({ destination }: { readonly destination: string }) => destination === 'test.lab.example',
  )
  expect(change).toMatchObject({ change: 'removed', file: 'policies/test.yaml', after: null })
  expect(change).toMatchObject({ verdict: 'stronger', before: { policy: 'none' } })
})

test('what Git knows is told, and is null where it is unknown', () => {
  const review = reviewOf(...files)
  const told = (known: Past | null) =>
    JSON.parse(reviewJson(review, { ...context, past: () => known }))
  const { history } = told(past).changes[0]
  expect(history).toMatchObject({
    written: { author: 'Ann' },
    changed: { pullRequest: '#12', reviewers: ['Cy', 'Di'] },
    extensions: 2,
    overriddenSince: '2025-01-31',
    earlier: [{ file: 'policies/old.yaml', from: { day: '2024-01-02' } }],
  })
  expect(told(null).changes[0].history).toBe(null)
  expect(validate(told(past)), JSON.stringify(validate.errors)).toBe(true)
  expect(validate(told(null)), JSON.stringify(validate.errors)).toBe(true)
})

test('a moved file and an extended date are told', () => {
  const { changes } = jsonOf(...files)
  const named = (name: string) =>
    changes.find(({ destination }: { readonly destination: string }) => destination === name)
  expect(named('moved.example')).toMatchObject({
    change: 'moved',
    file: 'policies/new.yaml',
    movedFrom: 'policies/old.yaml',
  })
  expect(named('.lab.example')).toMatchObject({
    change: 'changed',
    fields: ['review_date', 'owner', 'renewals'],
    reviewDate: { before: '2027-04-13', after: '2027-05-14' },
    extendedDays: 31,
    sentences: [],
  })
})

test('settings that change are told with what they do', () => {
  const after = { '_settings.yaml': 'postfix: { default_policy: may }\nreview: { grace_days: 3 }' }
  const { baselineChanged } = jsonOf({}, after)
  expect(baselineChanged.settings).toEqual([
    { key: 'postfix.default_policy', before: 'dane', after: 'may' },
    { key: 'review.grace_days', before: '14', after: '3' },
  ])
  expect(baselineChanged).toMatchObject({
    verdict: 'weaker',
    releases: ['tlsa-mismatch', 'tlsa-lookup-failure', 'tlsa-no-starttls'],
    before: { 'tlsa-match': 'verified' },
    after: { 'tlsa-match': 'encrypted' },
  })
  expect(baselineChanged.sentences).toHaveLength(3)
})

test('the order of a list in the settings does not count', () => {
  const from = { '_settings.yaml': 'require: [owner, ticket]\nreview: { remind_days: [7, 30] }' }
  const to = { '_settings.yaml': 'require: [ticket, owner]\nreview: { remind_days: [30, 7] }' }
  expect(jsonOf(from, to).baselineChanged).toBe(null)
})

test('a file that cannot be read is named, and there is no digest', () => {
  expect(jsonOf({}, { 'a.yaml': 'policy: [' })).toMatchObject({
    unread: [{ file: 'policies/a.yaml', side: 'after' }],
    digest: null,
    changes: [],
  })
  expect(jsonOf({ '_settings.yaml': 'postfix: 3' }, {}).unread).toEqual([
    { file: 'policies/_settings.yaml', side: 'before' },
  ])
})

test('whatever the files hold, the JSON holds to its schema and is harmless', () => {
  fc.assert(
    fc.property(hostileReview, ({ review, context }) => {
      const text = reviewJson(review, context)
      expect(text).not.toMatch(neverShown)
      expect(text).not.toMatch(logCommand)
      expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true)
    }),
  )
})
