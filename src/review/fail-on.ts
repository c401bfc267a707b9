import type { Effect } from '../language/settings.ts'
import { effects } from '../language/settings.ts'
import type { DecisionComparison } from '../outcomes/compare.ts'
import type { Review } from './review.ts'

/** What `--fail-on` takes: a verdict, or that mail is exposed or stops. */
export const failures = [...effects, 'exposes', 'stops'] as const

export type Failing = (typeof failures)[number]

/** Whether a change of an override, or of the settings, is of one of these sorts. */
export function failsOn({ changes, baseline }: Review, failing: readonly Failing[]): boolean {
  const comparisons = changes.map(({ comparison }) => comparison)
  if (baseline) comparisons.push(baseline.comparison)
  return comparisons.some(comparison => failing.some(sort => isOfSort(comparison, sort)))
}

function isOfSort(comparison: DecisionComparison, sort: Failing): boolean {
  if (sort === 'stops') return comparison.stops.length > 0
  if (sort === 'exposes') return comparison.exposes.length > 0
  return comparison.verdict === sort || (sort === 'weaker' && weakens(comparison))
}

/** What is weaker anywhere is weaker, even if something stronger beside it makes the verdict mixed. */
function weakens({ exposes, parameters }: DecisionComparison): boolean {
  const moved: readonly Effect[] = Object.values(parameters)
  return exposes.length > 0 || moved.includes('weaker')
}
