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

/**
 * The effect of overrides against the baseline, each over all its destinations. Decisions repeat
 * from override to override, and each is compared once.
 */
export function effectsUnder(settings: Settings): (override: Override) => Effect {
  const known = new Map<string, Effect>()
  const compare = (decision: Decision): Effect => {
    const provesName = decision.policy === 'verify' || decision.policy === 'secure'
    const key = JSON.stringify({ ...decision, host: provesName ? decision.host : undefined })
    const effect = known.get(key) ?? compareDecisions(null, decision, settings, settings).verdict
    known.set(key, effect)
    return effect
  }
  return override =>
    combineEffects(
      override.destinations.map(destination => compare(decisionFor(override, destination))),
    )
}
