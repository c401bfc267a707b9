import type { Problem } from '../language/kind.ts'
import { exposure } from '../outcomes/compare.ts'
import type { Outcome } from '../outcomes/outcomes.ts'
import type { HostResult } from './host.ts'
import type { State } from './judge.ts'

/** All that was seen of one destination at one time. */
export interface Pass {
  readonly destination: string
  /** The policy that was asked, as the table would write it. */
  readonly policy: string
  /** When it began, as ISO 8601 in UTC. */
  readonly time: string
  readonly hosts: readonly HostResult[]
}

/** What the servers of a destination mean together. */
export interface Summary {
  readonly state: State
  readonly outcome: Outcome | null
  readonly problem: Problem | null
  readonly why: string
  /** No server failed, and each was reached over some family: such passes let an override go. */
  readonly clean: boolean
}

/**
 * What real delivery would do now. Postfix goes on to the next server after a failed handshake or an
 * unproven certificate, so one that delivers is enough; one that nobody reached might have been it.
 */
export function summarize(hosts: readonly HostResult[]): Summary {
  const those = (state: State) => hosts.filter(host => host.state === state)
  const [fixed, broken] = [those('fixed'), those('broken')]
  const clean =
    fixed.length > 0 &&
    broken.length === 0 &&
    hosts.every(({ mx }) => fixed.some(host => host.mx === mx))
  const [first] = fixed.length > 0 ? fixed : broken.length < hosts.length ? [] : broken
  if (!first) {
    const silent = those('unknown')[0]
    const why = silent?.why ?? 'no server was asked'
    return { state: 'unknown', outcome: null, problem: null, why, clean: false }
  }
  // Which server a mail meets is chance, so the least that it may get is told.
  const { outcome } = fixed.toSorted(byExposure)[0] ?? first
  const failing = broken[0]
  return {
    state: first.state,
    outcome,
    problem: failing?.problem ?? null,
    why:
      first.state === 'fixed' && failing
        ? `${first.why}, but at ${failing.mx}: ${failing.why}`
        : first.why,
    clean,
  }
}

function byExposure(a: HostResult, b: HostResult): number {
  return exposure[a.outcome ?? 'deferred'] - exposure[b.outcome ?? 'deferred']
}
