import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Comparison } from '../../src/outcomes/compare.ts'
import { compareOutcomes } from '../../src/outcomes/compare.ts'
import { byExposure } from '../../src/outcomes/order.ts'
import { measuredOutcomes } from '../../src/outcomes/outcomes.ts'
import { anyOutcomes } from './arbitrary.ts'

const still = compareOutcomes(measuredOutcomes('dane'), measuredOutcomes('dane'))

function item(key: string, part: Partial<Comparison>) {
  return { key, comparison: { ...still, ...part } }
}

test('lists begin with what exposes mail most', () => {
  const list = [
    item('b-still', {}),
    item('stops-one', { stops: ['tlsa-match'] }),
    item('a-still', {}),
    item('stops-two', { stops: ['tlsa-match', 'no-starttls'] }),
    item('by-dns', { lowest: 'verified-mx', exposes: ['tlsa-match'] }),
    item('encrypted-two', { lowest: 'encrypted', exposes: ['tlsa-match', 'tlsa-mismatch'] }),
    item('encrypted-one', { lowest: 'encrypted', exposes: ['tlsa-match'] }),
    item('encrypted-one-stops', {
      lowest: 'encrypted',
      exposes: ['tlsa-match'],
      stops: ['tlsa-match-trusted'],
    }),
    item('plaintext', { lowest: 'plaintext', exposes: ['no-starttls'] }),
  ]
  expect(list.toSorted(byExposure).map(({ key }) => key)).toEqual([
    'plaintext',
    'encrypted-two',
    'encrypted-one-stops',
    'encrypted-one',
    'by-dns',
    'stops-two',
    'stops-one',
    'a-still',
    'b-still',
  ])
})

test('keys are ordered by their characters in every locale', () => {
  const keys = ['é.example', 'z.example', '.example.com', '[a]:25', 'B.example', 'a.example']
  const sorted = keys.map(key => item(key, {})).toSorted(byExposure)
  expect(sorted.map(({ key }) => key)).toEqual([
    '.example.com',
    'B.example',
    '[a]:25',
    'a.example',
    'z.example',
    'é.example',
  ])
})

test('the order of a list does not depend on where it began', () => {
  const anyItem = fc.tuple(fc.string(), anyOutcomes, anyOutcomes)
  fc.assert(
    fc.property(fc.uniqueArray(anyItem, { selector: ([key]) => key }), drawn => {
      const list = drawn.map(([key, a, b]) => ({ key, comparison: compareOutcomes(a, b) }))
      expect(list.toReversed().toSorted(byExposure)).toEqual(list.toSorted(byExposure))
    }),
  )
})
