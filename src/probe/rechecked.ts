import type { Notice } from './notices.ts'
import type { Standing } from './removable.ts'
import type { Target } from './targets.ts'

/** What a recheck found of one destination. */
export interface Rechecked extends Standing {
  readonly target: Target
  readonly notices: readonly Notice[]
  /** The command that removes the override, where it can go. */
  readonly retire: string | null
}

/** Groups in the order in which they are told. */
export const groups = ['removable', 'newly-broken', 'fixed', 'broken', 'unknown'] as const

export type Group = (typeof groups)[number]

export function groupOf({ removable, newlyBroken, summary }: Rechecked): Group {
  if (removable) return 'removable'
  return newlyBroken ? 'newly-broken' : summary.state
}

/** Sorted as they are told: by group, then by name. */
export function inOrder(results: readonly Rechecked[]): readonly Rechecked[] {
  const rank = (one: Rechecked) => groups.indexOf(groupOf(one))
  return results.toSorted(
    (a, b) => rank(a) - rank(b) || (a.target.destination.text < b.target.destination.text ? -1 : 1),
  )
}
