import { expect, test } from 'vitest'
import type { Change } from '../../../src/review/changes.ts'
import { asText } from '../../../src/review/forms/pieces.ts'
import type { Row } from '../../../src/review/forms/rows.ts'
import { keepingRows, reasonRows, treatmentPieces } from '../../../src/review/forms/rows.ts'
import { changeOf } from '../sides.ts'

const shown = (rows: readonly Row[]) => rows.map(([name, pieces]) => `${name}: ${asText(pieces)}`)

const text = (fields: string) => ({ 'a.yaml': `destination: partner.example\n${fields}` })

function rowsOf(before: string, after: string): readonly string[] {
  const change = changeOf(text(`policy: may\n${before}`), text(`policy: encrypt\n${after}`))
  return shown([...reasonRows(change), ...keepingRows(change)])
}

const reason = 'justification: The record names an old certificate.\n'
const why = 'why: The record names an old certificate.'
const review = 'review: 2026-12-15'

const told = (...days: readonly number[]) =>
  `contacted: [${days.map(day => `{ date: 2026-11-${day}, to: a${day}@x.example }`).join(', ')}]\n`
const renewed = (...days: readonly number[]) =>
  `renewals: [${days.map(day => `{ date: 2026-11-${day}, until: 2026-12-15, because: Reason ${day}. }`).join(', ')}]\n`

test.each<[string, string, string, readonly string[]]>([
  ['nothing else', '', '', []],
  ['a new owner', '', 'owner: "@mail"', ['owner: @mail, new']],
  ['another owner', 'owner: "@old"', 'owner: "@mail"', ['owner: @mail; before @old']],
  ['no owner', 'owner: "@old"', '', ['owner: none; before @old']],
  ['the same owner', 'owner: "@old"', 'owner: "@old"', ['owner: @old']],
  ['a new problem', '', 'problem: tlsa-mismatch', ['problem: tlsa-mismatch, new']],
  ['a ticket', 'ticket: A-1', 'ticket: A-2', ['ticket: A-2; before A-1']],
  ['somebody new who was told', told(18), told(18, 19), ['told: a19@x.example on 2026-11-19']],
  [
    'a new renewal',
    renewed(18),
    renewed(18, 19),
    ['renewed: on 2026-11-19 until 2026-12-15: Reason 19.'],
  ],
])('%s is told beside a change', (_name, before, after, expected) => {
  const rows = rowsOf(`${reason}${before}`, `${reason}${after}`)
  expect(rows.filter(row => row !== why && row !== review)).toEqual(expected)
  expect(rows).toEqual(expect.arrayContaining([why, review]))
})

test('another justification is told with the one before', () => {
  expect(rowsOf(reason, 'justification: Another reason.')).toEqual([
    'why: Another reason.',
    'why before: The record names an old certificate.',
    review,
  ])
})

test.each([
  ['2026-12-15', '2026-12-16', '2026-12-16, 1 day later than before (2026-12-15)'],
  ['2026-12-15', '2026-12-10', '2026-12-10, 5 days earlier than before (2026-12-15)'],
  ['2026-12-15', '2026-12-15', '2026-12-15'],
])('the review date moves from %s to %s', (from, to, expected) => {
  expect(rowsOf(`review_date: ${from}`, `review_date: ${to}`)).toContain(`review: ${expected}`)
})

test('an override that comes or goes is told whole', () => {
  const noted = text(`policy: may\n${reason}owner: "@mail"\n${told(18)}${renewed(18)}`)
  const rows = (change: Change) => shown([...reasonRows(change), ...keepingRows(change)])
  const rest = ['owner: @mail', 'told: a18@x.example on 2026-11-18']
  const renewal = 'renewed: on 2026-11-18 until 2026-12-15: Reason 18.'
  expect(rows(changeOf({}, noted))).toEqual([why, renewal, review, ...rest])
  expect(rows(changeOf(noted, {}))).toEqual([
    why.replace('why', 'why it was'),
    renewal,
    'review: it was to be on 2026-12-15',
    ...rest,
  ])
})

test('the servers’ default is named, and the resolver that answers before it', () => {
  const before = (settings: string) =>
    asText(
      treatmentPieces(
        changeOf(
          { '_settings.yaml': settings },
          { '_settings.yaml': settings, ...text('policy: encrypt') },
        ).before,
      ),
    )
  expect(before('')).toBe("dane, the servers' default")
  expect(before('postfix: { default_policy: may, dynamic_policy: mta-sts }')).toBe(
    "may, the servers' default after the resolver of MTA-STS policies",
  )
})
