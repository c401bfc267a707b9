import { readDestination } from '../language/destination.ts'
import type { Problem } from '../language/kind.ts'
import type { Policies } from '../language/policies.ts'
import type { Policy } from '../language/policy.ts'
import { policies as allPolicies } from '../language/policy.ts'
import type { Settings } from '../language/settings.ts'
import { compileEntries, indexEntries } from '../table/entries.ts'
import { joined } from './join.ts'
import { judgeTrouble } from './judge-trouble.ts'
import { delivers } from './least-weak.ts'
import { ownSideOf } from './own-side.ts'
import type { Trouble } from './trouble.ts'

/** An override that would deliver what waits, for all destinations with one fault at one server. */
export interface Suggestion {
  readonly destinations: readonly string[]
  readonly problem: Problem
  readonly policy: Policy
  /** What would be weaker than now if somebody pinned the key instead is nothing; worth a word. */
  readonly pinHelps: boolean
  readonly troubles: readonly Trouble[]
  /** Why the sender's own side is to be looked at first; such a draft is to be mistrusted. */
  readonly ownSide?: string
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
  const ownSide = ownSideOf(troubles)
  const suggestions = new Map<string, Suggestion>()
  const remarks: Remark[] = []
  for (const trouble of troubles) {
    const judged = judgeTrouble(trouble, policies, index)
    if ('why' in judged) {
      remarks.push({ trouble, why: judged.why })
      continue
    }
    const own = ownSide.find(side => side.troubles.has(trouble))?.text
    const key = keyOf(trouble.domain)
    const known = suggestions.get(key)
    const next: Suggestion = {
      ...judged,
      ...{ destinations: [trouble.domain], troubles: [trouble] },
      ...(own !== undefined && { ownSide: own }),
    }
    suggestions.set(key, known ? combined(known, next, policies.settings) : next)
  }
  return {
    suggestions: joined([...suggestions.values()]),
    remarks,
    ownSide: ownSide.map(({ text }) => text),
  }
}

/** Both spellings of an internationalised name are one destination. */
function keyOf(domain: string): string {
  const read = readDestination(domain, '')
  return 'rule' in read ? domain : read.keys[0]
}

/** A destination with two faults needs one override, which delivers in spite of both. */
function combined(one: Suggestion, other: Suggestion, settings: Settings): Suggestion {
  const isWeaker = allPolicies.indexOf(other.policy) < allPolicies.indexOf(one.policy)
  const [weaker, stronger] = isWeaker ? [other, one] : [one, other]
  const policy = [stronger, weaker]
    .map(each => each.policy)
    .find(each => [one, other].every(({ problem }) => delivers(each, problem, settings)))
  return {
    ...weaker,
    policy: policy ?? 'may',
    pinHelps: one.pinHelps && other.pinHelps,
    troubles: [...one.troubles, ...other.troubles],
  }
}
