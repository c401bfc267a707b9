import type { Destination } from '../language/destination.ts'
import { readDestination } from '../language/destination.ts'
import type { Override } from '../language/override.ts'
import type { Policies } from '../language/policies.ts'
import type { Settings } from '../language/settings.ts'
import { actingPolicy } from '../outcomes/acting.ts'
import { compareOutcomes } from '../outcomes/compare.ts'
import type { IndexedSide } from '../review/side.ts'
import { indexSide, treatmentOf, treatmentWithout } from '../review/side.ts'
import { nextHopOf } from '../table/lookup.ts'
import { formatValue } from '../table/value.ts'
import type { Proposal } from './question.ts'

/** A destination whose servers are asked what would happen under a policy. */
export interface Target {
  readonly destination: Destination
  /** The override that is on trial; null where a policy is tried out. */
  readonly override: Override | null
  readonly proposal: Proposal
  /** The policy as the table would write it. */
  readonly value: string
  /** Why the override does not go even if all is well without it; undefined where it does. */
  readonly keeps?: string
  /** A resolver of MTA-STS policies would answer here, and is not asked. */
  readonly dynamic?: true
}

/** A destination that somebody named, and whose servers can be asked; or why they cannot. */
export function readAskable(written: string): Destination | { readonly refused: string } {
  const destination = readDestination(nextHopOf(written), '')
  if ('rule' in destination) return { refused: destination.message }
  return destination.form === 'parent'
    ? { refused: `${destination.text} stands for many domains: name one of them` }
    : destination
}

/** One target for every destination of the active overrides that wait for a recipient to be repaired. */
export function targetsOf(policies: Policies): readonly Target[] {
  const side = indexSide(policies)
  return policies.overrides
    .filter(({ active }) => active)
    .flatMap(override =>
      override.destinations.map(destination => targetWithout(destination, override, side)),
    )
    .filter(({ keeps }) => keeps !== forItself)
}

/** What would apply to a destination of an override if that override were gone. */
export function targetWithout(
  destination: Destination,
  override: Override,
  side: IndexedSide,
): Target {
  const own = override.destinations.includes(destination)
  const rest = own
    ? undefined
    : indexSide({ ...side, overrides: side.overrides.filter(other => other !== override) })
  const without = rest ? treatmentOf(destination, rest) : treatmentWithout(destination, side)
  const standing = treatmentOf(destination, side)
  const { releases } = compareOutcomes(without.outcomes, standing.outcomes)
  const waits =
    releases.length > 0 &&
    (override.problem !== undefined || ['weaker', 'mixed'].includes(standing.effect))
  const decision = without.decision ?? {
    policy: side.settings.postfix.defaultPolicy,
    parameters: {},
  }
  return {
    ...targetOf(destination, decision, side.settings, override),
    ...(without.by === 'baseline' &&
      side.settings.postfix.dynamicPolicy === 'mta-sts' && { dynamic: true }),
    ...(!waits && { keeps: forItself }),
    ...(waits && override.problem === 'other' && { keeps: unseen }),
  }
}

const forItself = 'it delivers nothing that would be refused without it, so it stands for itself'
const unseen = 'its problem is "other", which no test can see'

/** A policy on trial for a destination, as this sender would act on it. */
export function targetOf(
  destination: Destination,
  { policy, parameters }: Pick<Proposal, 'policy' | 'parameters'>,
  settings: Settings,
  override: Override | null = null,
): Target {
  return {
    destination,
    override,
    proposal: { policy: actingPolicy(policy, settings), parameters, host: destination.host },
    value: formatValue(policy, parameters),
  }
}
