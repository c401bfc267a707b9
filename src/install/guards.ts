import { harmless } from '../language/harmless.ts'
import type { Content } from './content.ts'
import { readCompiled } from './content.ts'
import type { Finding } from './host-facts.ts'
import type { Installed } from './installed.ts'
import type { Plan } from './plan.ts'

/** What is to be installed, and where it comes from. */
export interface Proposal {
  readonly content: Content
  /** Null where Git does not tell, as with a table that was compiled elsewhere. */
  readonly commit: string | null
  /** Whether the policies differ from that commit, or are in none; null where that is unknown. */
  readonly state: 'committed' | 'changed' | 'outside Git' | 'compiled elsewhere' | 'previous'
  readonly policies: string | null
}

/** What a person may have asked for in spite of a guard. */
export interface Permissions {
  readonly adopt?: boolean
  readonly uncommitted?: boolean
  readonly allowOlder?: boolean
  readonly allowLargeChange?: boolean
  readonly allowHostFaults?: boolean
  /** The digest that was reviewed. */
  readonly expect?: string
}

/** How the commit of the proposal stands to the installed one. */
type Descent = 'later' | 'older' | 'unknown'

export interface Situation {
  readonly table: string
  readonly installed: Installed
  readonly proposal: Proposal
  readonly plan: Plan
  readonly descent: Descent
  readonly findings: readonly Finding[]
}

type Guard = (situation: Situation, permissions: Permissions) => string | undefined

/** An entry more or less says nothing about a small table. */
const smallTable = 10

const largestShare = 0.3

const guards: readonly Guard[] = [
  ({ proposal: { content } }, { expect }) =>
    expect === undefined || expect === content.digest
      ? undefined
      : `the table has the digest sha256:${content.digest}, and --expect says sha256:${expect}: what was reviewed is not what would be installed; deploy the commit that was reviewed, or have this one reviewed`,

  ({ installed: { origin, content }, proposal, table }, { adopt }) => {
    if (adopt || origin === 'ours' || origin === 'none') return undefined
    if (content?.hash === proposal.content.hash) return undefined
    if (origin === 'by-hand' && content && !('refused' in readCompiled(content.text)))
      return `${table} was compiled by tlspolicy, and put there by other means than deploy, so that nobody knows of which commit it is; replace it with --adopt (a copy is kept as ${table}.previous)`
    return origin === 'edited'
      ? `${table} was changed by hand since it was installed; carry the change into the policies, or give it up with --adopt (a copy is kept as ${table}.previous)`
      : `${table} was not written by tlspolicy, and what it says would be gone; take its entries over with: tlspolicy import ${table}, and then replace it with --adopt (a copy is kept as ${table}.previous)`
  },

  ({ proposal: { state, policies } }, { uncommitted }) => {
    if (uncommitted || (state !== 'changed' && state !== 'outside Git')) return undefined
    const why =
      state === 'changed'
        ? 'differ from the last commit, so that nobody has reviewed them'
        : 'are not in Git'
    return `the policies in ${harmless(policies ?? '')} ${why}; commit them, or install them as they are with --uncommitted`
  },

  ({ descent, installed: { manifest }, proposal: { commit } }, { allowOlder }) => {
    if (allowOlder || descent === 'later') return undefined
    const hash = manifest?.commit?.slice(0, 12)
    return descent === 'older'
      ? `the commit ${commit?.slice(0, 12)} does not follow ${hash}, which is installed, so that a later decision would be undone; fetch the newest commit, or install this one with --allow-older`
      : `the installed commit ${hash} is not in this clone, so that nobody can tell which is later; fetch it (in a workflow: fetch-depth: 0), or install this one with --allow-older`
  },

  ({ plan: { entries, installed, reduced } }, { allowLargeChange }) => {
    if (allowLargeChange) return undefined
    if (entries === 0)
      return 'the table is empty; if no override is left on purpose, install it with --allow-large-change'
    return installed >= smallTable && reduced > installed * largestShare
      ? `${reduced} of ${installed} entries would be removed or protect less than before; if that is meant, install it with --allow-large-change`
      : undefined
  },

  ({ findings }, { allowHostFaults }) =>
    !allowHostFaults && findings.some(({ severity }) => severity === 'error')
      ? 'mail would be deferred on this host because of what is said above; repair that, or install the table in spite of it with --allow-host-faults'
      : undefined,
]

/** Why nothing is installed; each names the option that permits it. */
export function findObjections(situation: Situation, permissions: Permissions): readonly string[] {
  return guards.flatMap(guard => guard(situation, permissions) ?? [])
}
