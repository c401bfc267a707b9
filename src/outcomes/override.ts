import type { Destination } from '../language/destination.ts'
import type { Override } from '../language/override.ts'
import type { Effect, Settings } from '../language/settings.ts'
import type { Decision } from './acting.ts'
import { compareDecisions } from './compare.ts'
import { combineEffects } from './effect.ts'

/** What an override decides for one of its destinations. */
export function decisionFor({ policy, parameters }: Override, { host }: Destination): Decision {
  return { policy, parameters, host }
}

/** An override against the baseline, over all its destinations. */
export function effectOf(override: Override, settings: Settings): Effect {
  return combineEffects(
    override.destinations.map(destination => {
      const decision = decisionFor(override, destination)
      return compareDecisions(null, decision, settings, settings).verdict
    }),
  )
}
