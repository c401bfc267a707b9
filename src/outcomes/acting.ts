import type { Parameters } from '../language/override.ts'
import type { Policy } from '../language/policy.ts'
import type { Settings } from '../language/settings.ts'
import type { AcceptedNames } from './names.ts'
import { acceptedNames, namesOf } from './names.ts'
import type { Outcome, Outcomes } from './outcomes.ts'
import { measuredOutcomes, outcomesBy, withStsKinds } from './outcomes.ts'

/** What one override decides for one destination. */
export interface Decision {
  readonly policy: Policy
  readonly parameters: Parameters
  /** The destination's host (`Destination.host`): names of `match` under it prove something else. */
  readonly host?: string
}

/**
 * The policy as which Postfix acts. Without DNSSEC lookups it treats `dane` as `may` and logs a
 * warning (smtp_tls_policy.c, dane_incompat).
 */
export function actingPolicy(policy: Policy, settings: Settings): Policy {
  return policy === 'dane' && !looksUpTlsa(settings) ? 'may' : policy
}

/**
 * What happens to a mail to each kind of recipient under a decision; `null` is the baseline.
 * The MTA-STS kinds are present where the settings have a resolver of such policies.
 */
export function outcomesOf(decision: Decision | null, settings: Settings): Outcomes {
  if (!decision) return baselineOutcomes(settings)
  const outcomes = ourOutcomes(decision, settings)
  return settings.postfix.dynamicPolicy === 'mta-sts' ? withStsKinds(outcomes) : outcomes
}

/** What happens where no override applies: the default policy, and the resolver if there is one. */
export function baselineOutcomes(settings: Settings, host?: string): Outcomes {
  const { defaultPolicy: policy, dynamicPolicy } = settings.postfix
  const outcomes = ourOutcomes({ policy, parameters: {}, ...(host && { host }) }, settings)
  if (dynamicPolicy === 'none') return outcomes
  return { ...outcomes, 'sts-valid': 'verified', 'sts-broken': 'deferred' }
}

function ourOutcomes({ policy, parameters, host }: Decision, settings: Settings): Outcomes {
  const acting = actingPolicy(policy, settings)
  if (acting === 'dane-only' && !looksUpTlsa(settings)) return outcomesBy(() => 'deferred')
  if (acting !== 'verify' && acting !== 'secure') return measuredOutcomes(acting)
  return outcomesByName(acceptedNames(namesOf(acting, parameters.match), host))
}

/**
 * `verify` and `secure` differ by their default `match` alone, so the names decide. A list that
 * accepts the MX host's name proves no more than DNS does, whatever else it holds.
 */
function outcomesByName({ hostname, domain, foreign }: AcceptedNames): Outcomes {
  const proof = hostname ? 'verified-mx' : 'verified'
  const mxName: Outcome = hostname || foreign ? proof : 'deferred'
  const domainName: Outcome = hostname || domain ? proof : 'deferred'
  return {
    ...measuredOutcomes('secure'),
    'trusted-mx-name': mxName,
    'trusted-domain-name': domainName,
    'tlsa-match-trusted': domainName,
  }
}

function looksUpTlsa(settings: Settings): boolean {
  return settings.postfix.dnsSupportLevel === 'dnssec'
}
