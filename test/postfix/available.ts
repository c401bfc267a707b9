import { describe, test } from 'vitest'
import type { Need } from './needs.mjs'
import { adviceFor, POSTFIX_NEEDS } from './needs.mjs'

/** `describe` for tests that need a real Postfix. */
export const describeWithPostfix = (name: string, tests: () => void) =>
  describeWith(POSTFIX_NEEDS, name, tests)

/**
 * `describe` for tests that need something from the machine. Without it they are skipped, with a line that says
 * what to install; in CI (`CI` is set) that is a failure, or nobody would notice that nothing was tried.
 */
export function describeWith(needs: readonly Need[], name: string, tests: () => void): void {
  const advice = adviceFor(needs)
  if (advice !== undefined && process.env.CI) {
    describe(name, () => {
      test('everything that these tests need is here', () => {
        throw new Error(advice)
      })
    })
    return
  }
  if (advice !== undefined) {
    console.warn(`skipped: ${name} ${advice}`)
  }
  describe.skipIf(advice !== undefined)(name, tests)
}
