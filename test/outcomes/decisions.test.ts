import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultSettings } from '../../src/language/settings.ts'
import { compareDecisions } from '../../src/outcomes/compare.ts'
import { anyDecision, mirrored } from './arbitrary.ts'

test('a decision compared with itself is the same', () => {
  fc.assert(
    fc.property(anyDecision, decision => {
      const comparison = compareDecisions(decision, decision, defaultSettings, defaultSettings)
      expect(comparison).toMatchObject({ verdict: 'same', parameters: {} })
    }),
  )
})

test('the way back between two decisions mirrors the way there', () => {
  const side = fc.option(anyDecision)
  fc.assert(
    fc.property(side, side, (before, after) => {
      const there = compareDecisions(before, after, defaultSettings, defaultSettings)
      const back = compareDecisions(after, before, defaultSettings, defaultSettings)
      expect(back.verdict).toBe(mirrored[there.verdict])
    }),
  )
})

test('neither the order nor the repetition of a list counts', () => {
  fc.assert(
    fc.property(anyDecision, decision => {
      const { exclude = [], match = [], ...rest } = decision.parameters
      const turned = (list: readonly string[]) => [...list.toReversed(), ...list.slice(0, 1)]
      const again = {
        ...decision,
        parameters: {
          ...rest,
          ...(exclude.length > 0 && { exclude: turned(exclude) }),
          ...(match.length > 0 && { match: turned(match) }),
        },
      }
      const comparison = compareDecisions(decision, again, defaultSettings, defaultSettings)
      expect(comparison.verdict).toBe('same')
    }),
  )
})
