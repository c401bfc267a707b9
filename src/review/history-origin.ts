import type { Day } from '../language/day.ts'
import type { LoggedCommit } from './history-log.ts'
import type { Brought, Landing } from './history-merges.ts'
import { readPath } from './history-patch.ts'
import { pullRequestOf, reviewersOf } from './history-pull-request.ts'

/**
 * Who did something, when, and who looked at it. All but the day and the hash is what strangers
 * wrote.
 */
export interface Origin {
  /** The day in UTC on which it came: that of the pull request's merge, else that of the commit. */
  readonly day: Day
  readonly author: string
  /** The hash of the commit that its author wrote. */
  readonly commit: string
  /** `#12`, `group/project!12`, or an address. */
  readonly pullRequest?: string
  readonly reviewers: readonly string[]
}

/** A merge may bring several commits to one file. */
export interface Origins {
  readonly first: Origin
  readonly last: Origin
}

/** Where that comes from which a commit of the main line did to a path. */
export function originsOf({ commit, brought }: Landing): (path: string) => Origins {
  const own = originOf(commit, { commit })
  const touching = new Map<string, Brought[]>()
  for (const one of brought)
    for (const patch of one.commit.patches) {
      const path = readPath(patch)
      if (path === undefined) continue
      const others = touching.get(path)
      if (others) others.push(one)
      else touching.set(path, [one])
    }
  return path => {
    const [first, last = first] = [touching.get(path)?.[0], touching.get(path)?.at(-1)]
    // What a merge did beyond the commits that it brought is the work of who merged.
    if (!first || !last) return { first: own, last: own }
    return { first: originOf(commit, first), last: originOf(commit, last) }
  }
}

function originOf(landing: LoggedCommit, { commit, through }: Brought): Origin {
  const merge = pullRequestOf(landing) === undefined ? through : landing
  const named = [merge, commit].find(one => one && pullRequestOf(one) !== undefined)
  const pullRequest = named && pullRequestOf(named)
  const messages = new Set([landing, ...(through ? [through] : []), commit])
  return {
    day: (merge ?? commit).day,
    author: commit.author,
    commit: commit.hash,
    ...(pullRequest === undefined ? {} : { pullRequest }),
    reviewers: [...new Set([...messages].flatMap(reviewersOf))],
  }
}
