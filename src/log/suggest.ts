import { readDestination } from '../language/destination.ts'
import type { Kind, Problem } from '../language/kind.ts'
import type { Policies } from '../language/policies.ts'
import type { Policy } from '../language/policy.ts'
import { policies as allPolicies } from '../language/policy.ts'
import type { Settings } from '../language/settings.ts'
import type { Decision } from '../outcomes/acting.ts'
import { actingPolicy, outcomesOf } from '../outcomes/acting.ts'
import { compareOutcomes, exposure } from '../outcomes/compare.ts'
import { byExposure } from '../outcomes/order.ts'
import { outcomeOf } from '../outcomes/outcomes.ts'
import { compileEntries, indexEntries } from '../table/entries.ts'
import { findEntry } from '../table/lookup.ts'
import type { LogFault } from './fault.ts'
import type { Trouble } from './gather.ts'

/** An override that would deliver what waits, for all destinations with one fault at one server. */
export interface Suggestion {
  readonly destinations: readonly string[]
  readonly problem: Problem
  readonly policy: Policy
  /** What would be weaker than now if somebody pinned the key instead is nothing; worth a word. */
  readonly pinHelps: boolean
  readonly troubles: readonly Trouble[]
}

/** Troubles for which no override is drafted, and why. */
export interface Remark {
  readonly trouble: Trouble
  readonly why: string
}

export interface Advice {
  readonly suggestions: readonly Suggestion[]
  readonly remarks: readonly Remark[]
  /** Where the log looks as if the fault were on this side. */
  readonly ownSide: readonly string[]
}

/** What to do about the troubles, under the overrides and settings as they stand. */
export function advise(policies: Policies, troubles: readonly Trouble[]): Advice {
  const index = indexEntries(compileEntries(policies.overrides))
  const groups = new Map<string, Suggestion>()
  const remarks: Remark[] = []
  for (const trouble of troubles) {
    const judged = judgeTrouble(trouble, policies, index)
    if ('why' in judged) remarks.push({ trouble, why: judged.why })
    else {
      const key = JSON.stringify([
        judged.problem,
        judged.policy,
        trouble.servers[0] ?? trouble.domain,
      ])
      const known = groups.get(key)
      groups.set(key, {
        ...judged,
        destinations: [...(known?.destinations ?? []), trouble.domain],
        troubles: [...(known?.troubles ?? []), trouble],
      })
    }
  }
  return { suggestions: [...groups.values()], remarks, ownSide: ownSideOf(troubles) }
}

type Judged = Pick<Suggestion, 'problem' | 'policy' | 'pinHelps'> | { readonly why: string }

function judgeTrouble(
  trouble: Trouble,
  { settings }: Policies,
  index: ReturnType<typeof indexEntries>,
): Judged {
  const { domain, fault } = trouble
  const read = readDestination(domain, '')
  if ('rule' in read) return { why: 'the log names no domain that an override could name' }
  if (fault === 'transient')
    return { why: 'no TLS policy keeps this mail back, so no override helps' }
  if (fault === 'own-table')
    return { why: 'an entry of your own table is refused: tlspolicy check, then deploy' }
  const match = findEntry(index, read.keys[0])
  const current: Decision = match
    ? { ...match.entry.override, host: read.host }
    : { policy: settings.postfix.defaultPolicy, parameters: {}, host: read.host }
  if (match?.how === 'exact')
    return {
      why: `an override stands already (${match.entry.override.path}); see tlspolicy recheck and try`,
    }
  const problem = problemOf(fault, actingPolicy(current.policy, settings), trouble)
  const kind = problem === 'other' ? 'untrusted-certificate' : problem
  const now = outcomesOf(current, settings)
  if (outcomeOf(now, kind) !== 'deferred')
    return {
      why: 'mail goes unencrypted after about five minutes; only if they publish TLSA records does it wait',
    }
  const policy = leastWeak(kind, current, settings)
  if (policy === undefined) return { why: 'no policy would deliver it' }
  return { problem, policy, pinHelps: outcomeOf(outcomesOf(pinned, settings), kind) === 'verified' }
}

const pinned: Decision = { policy: 'fingerprint', parameters: {} }

/** The kind of recipient, where the reason alone does not tell. */
function problemOf(fault: LogFault, policy: Policy, { cause }: Trouble): Problem {
  const dane = policy === 'dane' || policy === 'dane-only'
  if (fault === 'not-offered') return dane ? 'tlsa-no-starttls' : 'no-starttls'
  if (fault === 'unproven') {
    if (dane) return 'tlsa-mismatch'
    if (policy === 'fingerprint') return 'key-replaced'
    // A trusted certificate for another name may be for the server's own: verify would tell.
    return cause?.includes('hostname mismatch') && policy === 'secure'
      ? 'trusted-mx-name'
      : 'untrusted-certificate'
  }
  if (fault === 'no-tlsa' || fault === 'own-table' || fault === 'transient') return 'other'
  return fault
}

/** Of the policies that deliver without more to know, the one that exposes least. */
function leastWeak(kind: Kind, current: Decision, settings: Settings): Policy | undefined {
  const before = outcomesOf(current, settings)
  const delivering = allPolicies
    .filter(policy => policy !== 'fingerprint' && policy !== current.policy)
    .map(policy => {
      const outcomes = outcomesOf({ policy, parameters: {} }, settings)
      const comparison = compareOutcomes(before, outcomes)
      return { key: policy, outcome: outcomeOf(outcomes, kind), comparison }
    })
    .filter(({ outcome }) => outcome !== 'deferred')
  return delivering.toSorted(
    (a, b) => exposure[b.outcome] - exposure[a.outcome] || byExposure(b, a),
  )[0]?.key
}

/** So many servers that nothing else joins seldom break together. */
const together = 4

const ownFaults = {
  'tlsa-lookup-failure': 'look at your resolver first',
  'handshake-failure': 'look at your own TLS settings, firewall and MTU first',
  'own-table': 'look at your own table first: tlspolicy check',
} as const satisfies Partial<Record<LogFault, string>>

function ownSideOf(troubles: readonly Trouble[]): readonly string[] {
  return Object.entries(ownFaults).flatMap(([fault, advice]) => {
    const those = troubles.filter(trouble => trouble.fault === fault)
    const sites = new Set(those.map(({ servers, domain }) => siteOf(servers[0] ?? domain)))
    const enough = fault === 'own-table' ? 1 : together
    return sites.size < enough
      ? []
      : [`${sites.size} unrelated recipients fail alike (${fault}): ${advice}`]
  })
}

function siteOf(host: string): string {
  return host.split('.').slice(-2).join('.')
}
