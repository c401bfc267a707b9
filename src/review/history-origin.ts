import type { Day } from '../language/day.ts'
import type { LoggedCommit } from './history-log.ts'
import type { Brought, Landing } from './history-merges.ts'
import { readFacts, readPatch, readPath } from './history-patch.ts'
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
  const touching = followTouches(brought)
  return path => {
    const touches = touching.get(path) ?? []
    const [first, last] = [touches[0]?.by, touches.at(-1)?.by]
    // What a merge did beyond the commits that it brought is the work of who merged.
    if (!first || !last) return { first: own, last: own }
    return { first: originOf(commit, first), last: originOf(commit, last) }
  }
}

interface Touch {
  readonly by: Brought
  readonly patch: string
}

/** Which of the commits that a merge brought wrote each file, under whatever name. */
function followTouches(brought: readonly Brought[]): ReadonlyMap<string, readonly Touch[]> {
  const touching = new Map<string, readonly Touch[]>()
  for (const by of brought) {
    const { patches } = by.commit
    // To read no more than the path takes far less time, and one file alone cannot have moved.
    const changes = patches.map(patch => ({ path: readPath(patch), patch }))
    const isMove = changes.length > 1 && changes.some(({ path = '' }) => touching.has(path))
    const moves = isMove ? findMoves(patches, touching) : undefined
    for (const { path, patch } of changes) {
      if (path === undefined) continue
      const move = moves?.get(path)
      const earlier = move?.from ?? touching.get(path) ?? []
      touching.set(path, move?.isSame ? earlier : [...earlier, { by, patch }])
    }
  }
  return touching
}

/** Files of a commit that lay elsewhere in the branch before, with what was done to them there. */
function findMoves(patches: readonly string[], touching: ReadonlyMap<string, readonly Touch[]>) {
  const read = patches.flatMap(patch => readPatch(patch) ?? [])
  const gone = read.flatMap(({ path, text }) => {
    const touches = text === null ? touching.get(path) : undefined
    const patch = touches?.at(-1)?.patch
    const before = patch === undefined ? undefined : readPatch(patch)?.text
    return touches && before ? [{ touches, before, keys: readFacts(path, before)?.keys ?? [] }] : []
  })
  const moves = new Map<string, { readonly from: readonly Touch[]; readonly isSame: boolean }>()
  for (const { path, text } of gone.length > 0 ? read : []) {
    const keys = text === null ? [] : (readFacts(path, text)?.keys ?? [])
    const found = gone.find(other => other.keys.some(key => keys.includes(key)))
    if (found) moves.set(path, { from: found.touches, isSame: found.before === text })
  }
  return moves
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
