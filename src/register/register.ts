import type { Day } from '../language/day.ts'
import type { Override } from '../language/override.ts'
import type { Policies } from '../language/policies.ts'
import type { Effect, Settings } from '../language/settings.ts'
import { effectsUnder } from '../outcomes/override.ts'
import type { History } from '../review/history.ts'
import { indexSide } from '../review/side.ts'
import type { Consequence } from './consequences.ts'
import { consequencesIn } from './consequences.ts'
import type { Past } from './past.ts'
import { pastOf } from './past.ts'
import type { ReviewStatus, Standing } from './status.ts'
import { standingOf } from './status.ts'
import type { Evidence, Trial } from './trial.ts'
import { trialOf } from './trial.ts'

/** An active override on the day of the report. */
export interface RegisteredOverride extends Standing {
  readonly override: Override
  readonly effect: Effect
  /** What it does to mail; destinations that fare alike are told once. */
  readonly consequences: readonly Consequence[]
  readonly past: Past
  /** What its recipients said; null where nobody asked them. */
  readonly trial: Trial | null
}

/** The review status of every override on one day. */
export interface Register {
  readonly asOf: Day
  readonly settings: Settings
  /** In the order of every list: emergencies, what can go, beyond grace, then by review date. */
  readonly overrides: readonly RegisteredOverride[]
  /** They are in no table, and never overdue. */
  readonly inactive: readonly Override[]
  readonly counts: Counts
}

export type Counts = Readonly<
  Record<ReviewStatus | 'beyondGrace' | 'emergency' | 'removable' | 'inactive' | 'unread', number>
>

/**
 * Judges every override on a day. `history` is what Git says of them; 'shallow' where the clone is
 * too young to tell, 'none' outside of Git. `evidence` is what earlier rechecks saw.
 */
export function makeRegister(
  policies: Policies,
  asOf: Day,
  history: History | 'shallow' | 'none',
  evidence: Evidence = new Map(),
): Register {
  const { settings } = policies
  const side = indexSide(policies)
  const effectOf = effectsUnder(settings)
  const consequencesOf = consequencesIn(side)
  const overrides = policies.overrides
    .filter(({ active }) => active)
    .map(override => ({
      override,
      ...standingOf(override.reviewDate, asOf, settings.review),
      effect: effectOf(override),
      consequences: consequencesOf(override),
      past: pastOf(override, asOf, history),
      trial: trialOf(override, side, evidence),
    }))
    .toSorted(byUrgency)
  const inactive = policies.overrides.filter(({ active }) => !active)
  const counts = {
    ...count(overrides),
    inactive: inactive.length,
    // They may be overdue as well, so that no form may pass over them.
    unread: policies.paths.length - policies.overrides.length,
  }
  return { asOf, settings, overrides, inactive, counts }
}

function byUrgency(a: RegisteredOverride, b: RegisteredOverride): number {
  return (
    Number(b.override.emergency) - Number(a.override.emergency) ||
    Number(b.trial?.removable ?? false) - Number(a.trial?.removable ?? false) ||
    Number(b.beyondGrace) - Number(a.beyondGrace) ||
    a.daysLeft - b.daysLeft ||
    (a.override.path < b.override.path ? -1 : 1)
  )
}

function count(overrides: readonly RegisteredOverride[]): Omit<Counts, 'inactive' | 'unread'> {
  const those = (test: (one: RegisteredOverride) => boolean) => overrides.filter(test).length
  return {
    overdue: those(({ status }) => status === 'overdue'),
    due: those(({ status }) => status === 'due'),
    current: those(({ status }) => status === 'current'),
    beyondGrace: those(({ beyondGrace }) => beyondGrace),
    emergency: those(({ override }) => override.emergency),
    removable: those(({ trial }) => trial?.removable === true),
  }
}
