import { comparable } from '../language/destination.ts'
import type { Settings } from '../language/settings.ts'
import type { Pass, Summary } from './pass.ts'
import { summarize } from './pass.ts'

/** What all evidence together says of a destination under one policy. */
export interface Standing {
  readonly latest: Pass
  readonly summary: Summary
  /** Passes in a row without a failure at any server, up to the latest. */
  readonly passed: number
  /** Whole days between the first and the last of them. */
  readonly days: number
  readonly removable: boolean
  /** It worked the last time that anybody could tell, and now it does not. */
  readonly newlyBroken: boolean
}

const day = 24 * 60 * 60 * 1000

/** No timer wakes at the same second each day; in milliseconds. */
const slack = 10 * 60 * 1000

/**
 * Judges the passes of one destination and policy, in order of time. A pass in which a server failed
 * starts the count again; one that nobody can tell anything from neither counts nor resets.
 */
export function standingOf(
  passes: readonly Pass[],
  { passes: needed, days: neededDays }: Settings['recheck'],
): Standing | undefined {
  const latest = passes.at(-1)
  if (!latest) return undefined
  const summaries = passes.map(pass => ({ time: Date.parse(pass.time), ...summarize(pass.hosts) }))
  const reset = passes.findLastIndex(({ hosts }) => hosts.some(({ state }) => state === 'broken'))
  const good = summaries.slice(reset + 1).filter(({ clean }) => clean)
  const span = (good.at(-1)?.time ?? 0) - (good[0]?.time ?? 0)
  const summary = summarize(latest.hosts)
  const known = summaries.slice(0, -1).findLast(({ state }) => state !== 'unknown')
  return {
    latest,
    summary,
    passed: good.length,
    days: Math.floor((span + slack) / day),
    removable: summary.clean && good.length >= needed && span + slack >= neededDays * day,
    newlyBroken: summary.state === 'broken' && known?.state === 'fixed',
  }
}

/** The latest standing of each destination that evidence tells of, by its lookup key. */
export function latestStates(
  passes: readonly Pass[],
  recheck: Settings['recheck'],
): ReadonlyMap<string, Standing> {
  const groups = new Map<string, Pass[]>()
  for (const pass of passes) {
    const key = comparable(pass.destination)
    const group = groups.get(key)
    if (group) group.push(pass)
    else groups.set(key, [pass])
  }
  return new Map(
    [...groups].flatMap(([key, group]) => {
      const policy = group.at(-1)?.policy
      const standing = standingOf(
        group.filter(pass => pass.policy === policy),
        recheck,
      )
      return standing ? [[key, standing] as const] : []
    }),
  )
}
