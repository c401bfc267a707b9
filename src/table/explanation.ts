import { readDestination } from '../language/destination.ts'
import type { Override } from '../language/override.ts'
import type { Policies } from '../language/policies.ts'
import type { Effect, Settings } from '../language/settings.ts'
import type { Decision } from '../outcomes/acting.ts'
import { baselineOutcomes, outcomesOf } from '../outcomes/acting.ts'
import { compareDecisions } from '../outcomes/compare.ts'
import type { Outcomes } from '../outcomes/outcomes.ts'
import type { ParameterEffects } from '../outcomes/strength.ts'
import { compileEntries, indexEntries } from './entries.ts'
import type { Match } from './lookup.ts'
import { findEntry, lookupKeys, nextHopOf } from './lookup.ts'

/** Which override applies to a destination, and what it does to mail. */
export interface Explanation {
  /** As it was asked for. */
  readonly destination: string
  /** The keys that Postfix asks for, in its order. */
  readonly keys: readonly string[]
  readonly match: Match | null
  /** An override that would apply if it were active. */
  readonly inactive: Override | null
  readonly effect: Effect
  readonly outcomes: Outcomes
  readonly baseline: Outcomes
  /** How the override's parameters move what the servers do without them. */
  readonly parameters: ParameterEffects
  readonly settings: Settings
}

/** Looks a next-hop or a recipient up as Postfix does, in the table that the overrides make. */
export function explainDestination(policies: Policies, destination: string): Explanation {
  const { settings, overrides } = policies
  const nextHop = nextHopOf(destination)
  const match = findEntry(indexEntries(compileEntries(overrides)), nextHop) ?? null
  const decision = match && decisionOf(match, nextHop)
  const comparison = compareDecisions(null, decision, settings, settings)
  return {
    destination,
    keys: lookupKeys(nextHop),
    match,
    inactive: match ? null : findInactive(overrides, nextHop),
    effect: comparison.verdict,
    outcomes: outcomesOf(decision, settings),
    baseline: baselineOutcomes(settings),
    parameters: comparison.parameters,
    settings,
  }
}

/** Names of `match` are judged by the host that was asked for, not by the parent that matched. */
function decisionOf({ entry }: Match, nextHop: string): Decision {
  const { policy, parameters } = entry.override
  const asked = readDestination(nextHop, '')
  return { policy, parameters, ...('rule' in asked ? {} : { host: asked.host }) }
}

function findInactive(overrides: readonly Override[], nextHop: string): Override | null {
  const awakened = overrides
    .filter(({ active }) => !active)
    .map(override => ({ ...override, active: true }))
  return findEntry(indexEntries(compileEntries(awakened)), nextHop)?.entry.override ?? null
}
