import { comparable } from '../language/destination.ts'
import type { Override } from '../language/override.ts'
import type { State } from '../probe/judge.ts'
import type { Standing } from '../probe/removable.ts'
import { targetWithout } from '../probe/targets.ts'
import type { IndexedSide } from '../review/side.ts'

/** What the recipients of an override said when they were last asked; from evidence, not from the clock. */
export interface Trial {
  readonly state: State
  /** Nothing that the evidence knows of still needs the override. */
  readonly removable: boolean
  /** The earliest of the latest questions, as ISO 8601 in UTC. */
  readonly checkedAt: string
  readonly why: string
}

/** By the comparable lookup key of a destination, as `latestStates` gives them. */
export type Evidence = ReadonlyMap<string, Standing>

/**
 * The trial of an override: broken where one destination is, fixed where all are. Evidence of a time
 * when something else would have applied without the override does not count. Null without any.
 */
export function trialOf(override: Override, side: IndexedSide, evidence: Evidence): Trial | null {
  if (evidence.size === 0) return null
  const asked = override.destinations.map(destination => {
    const standing = evidence.get(comparable(destination.text))
    const { value, keeps, dynamic } = targetWithout(destination, override, side)
    if (standing?.latest.policy !== value) return undefined
    // A resolver of MTA-STS policies may ask for more than was tried, unless TLSA records decide.
    const isKept = keeps !== undefined || (dynamic && standing.summary.outcome !== 'verified')
    return { ...standing, removable: standing.removable && !isKept }
  })
  const known = asked.filter(standing => standing !== undefined)
  const told = known.find(({ summary }) => summary.state === 'broken') ?? known[0]
  if (!told) return null
  const isAll = known.length === asked.length
  const isFixed = isAll && known.every(({ summary }) => summary.state === 'fixed')
  return {
    state: told.summary.state === 'broken' ? 'broken' : isFixed ? 'fixed' : 'unknown',
    removable: isAll && known.every(({ removable }) => removable),
    checkedAt: known.map(({ latest }) => latest.time).toSorted()[0] ?? '',
    why: told.summary.why,
  }
}
