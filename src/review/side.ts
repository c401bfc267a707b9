import type { Destination } from '../language/destination.ts'
import { comparable } from '../language/destination.ts'
import type { Override } from '../language/override.ts'
import type { Effect, Settings } from '../language/settings.ts'
import type { Decision } from '../outcomes/acting.ts'
import { baselineOutcomes, outcomesOf } from '../outcomes/acting.ts'
import { compareDecisions } from '../outcomes/compare.ts'
import type { Outcomes } from '../outcomes/outcomes.ts'
import { decisionFor } from '../outcomes/override.ts'
import type { Entry } from '../table/entries.ts'
import { compileEntries, indexEntries } from '../table/entries.ts'
import { findParent } from '../table/lookup.ts'

/** The overrides before or after a change, and the settings by which they are judged. */
export interface Side {
  readonly overrides: readonly Override[]
  readonly settings: Settings
}

/** An override, as one of its destinations names it. */
export interface Named {
  readonly override: Override
  readonly destination: Destination
}

/** A side by what it names; of two overrides for one destination the first counts. */
export interface IndexedSide extends Side {
  readonly active: ReadonlyMap<string, Named>
  readonly inactive: ReadonlyMap<string, Named>
  /** The entries of overrides with a leading dot, which other destinations may fall back to. */
  readonly entries: ReadonlyMap<string, Entry>
}

/** What a side does with mail to a destination, and by whose decision. */
export interface Treatment {
  /** Where the decision comes from: the destination's own override, a parent's, or the servers' default. */
  readonly by: 'own' | 'parent' | 'baseline'
  /** The entry that applies through a parent. */
  readonly entry?: Entry
  readonly decision: Decision | null
  readonly settings: Settings
  readonly outcomes: Outcomes
  /** Against the baseline of the same side. */
  readonly effect: Effect
}

export function indexSide({ overrides, settings }: Side): IndexedSide {
  const active = new Map<string, Named>()
  const inactive = new Map<string, Named>()
  for (const override of overrides) {
    const names = override.active ? active : inactive
    for (const destination of override.destinations) {
      const name = nameOf(destination)
      if (!names.has(name)) names.set(name, { override, destination })
    }
  }
  const parents = overrides.filter(({ destinations }) => destinations.some(isParent))
  // Of two lines with one key Postfix takes the first.
  const entries = indexEntries(compileEntries(parents).toReversed())
  return { overrides, settings, active, inactive, entries }
}

function isParent({ form }: Destination): boolean {
  return form === 'parent'
}

/** One name for all spellings of a destination. */
export function nameOf({ keys: [key] }: Destination): string {
  return comparable(key)
}

/** What applies to a destination: its own override, else the nearest parent's, else the baseline. */
export function treatmentOf(destination: Destination, side: IndexedSide): Treatment {
  return treat(destination, side, side.active.get(nameOf(destination))?.override)
}

/** What would apply to a destination if its own override were gone. */
export function treatmentWithout(destination: Destination, side: IndexedSide): Treatment {
  return treat(destination, side, undefined)
}

function treat(
  destination: Destination,
  { settings, entries }: IndexedSide,
  own: Override | undefined,
): Treatment {
  const entry = own ? undefined : findParent(entries, destination.keys[0])
  const override = own ?? entry?.override
  const decision = override ? decisionFor(override, destination) : null
  return {
    by: own ? 'own' : entry ? 'parent' : 'baseline',
    ...(entry && { entry }),
    decision,
    settings,
    outcomes: decision
      ? outcomesOf(decision, settings)
      : baselineOutcomes(settings, destination.host),
    effect: compareDecisions(null, decision, settings, settings).verdict,
  }
}
