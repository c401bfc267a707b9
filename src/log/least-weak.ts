import type { Kind, Problem } from '../language/kind.ts'
import type { Policy } from '../language/policy.ts'
import { policies as allPolicies } from '../language/policy.ts'
import type { Settings } from '../language/settings.ts'
import { outcomesOf } from '../outcomes/acting.ts'
import { compareOutcomes, exposure } from '../outcomes/compare.ts'
import { byExposure } from '../outcomes/order.ts'
import type { Outcomes } from '../outcomes/outcomes.ts'
import { outcomeOf } from '../outcomes/outcomes.ts'

/** Whether mail to such a recipient goes out under a policy, with its default parameters. */
export function delivers(policy: Policy, problem: Problem, settings: Settings): boolean {
  return outcomeOf(outcomesOf({ policy, parameters: {} }, settings), kindOf(problem)) !== 'deferred'
}

/** What is not told apart is treated as a certificate without proof. */
export function kindOf(problem: Problem): Kind {
  return problem === 'other' ? 'untrusted-certificate' : problem
}

/**
 * Of the policies that deliver without more to know, the one that exposes least. With a resolver of
 * MTA-STS policies `dane` as an override would only switch it off.
 */
export function leastWeak(
  kind: Kind,
  before: Outcomes,
  without: readonly Policy[],
  settings: Settings,
): Policy | undefined {
  const delivering = allPolicies
    .filter(policy => policy !== 'fingerprint' && !without.includes(policy))
    .map(policy => {
      const outcomes = outcomesOf({ policy, parameters: {} }, settings)
      const comparison = compareOutcomes(before, outcomes)
      return { key: policy, outcome: outcomeOf(outcomes, kind), outcomes, comparison }
    })
    .filter(({ outcome }) => outcome !== 'deferred')
  // What another one betters for some recipients, and for none the other way round, is out.
  const best = delivering.filter(
    one =>
      !delivering.some(
        other => compareOutcomes(one.outcomes, other.outcomes).verdict === 'stronger',
      ),
  )
  return best.toSorted((a, b) => exposure[b.outcome] - exposure[a.outcome] || byExposure(b, a))[0]
    ?.key
}
