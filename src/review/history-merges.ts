import type { LoggedCommit } from './history-log.ts'
import { pullRequestOf } from './history-pull-request.ts'

type Graph = ReadonlyMap<string, LoggedCommit>

/** One commit of the main line, and what it brought there. */
export interface Landing {
  readonly commit: LoggedCommit
  /** For a merge, the commits that were not there before; the oldest first. */
  readonly brought: readonly Brought[]
}

export interface Brought {
  readonly commit: LoggedCommit
  /** The merge of a pull request that had brought it to the branch that was merged. */
  readonly through?: LoggedCommit
}

/**
 * The main line is the chain of first parents: what each merge says is what it did there. The
 * oldest first.
 */
export function* walkMainLine(commits: readonly LoggedCommit[]): Iterable<Landing> {
  const graph: Graph = new Map(commits.map(commit => [commit.hash, commit]))
  const seen = new Set<LoggedCommit>()
  const line = chainFrom(commits[0]?.hash, graph, seen)
  for (const commit of line.toReversed())
    yield { commit, brought: commit.parents.length > 1 ? findBrought(commit, graph, seen) : [] }
}

/** First parents from a commit on, as far as nobody has seen them; the latest first. */
function chainFrom(hash: string | undefined, graph: Graph, seen: Set<LoggedCommit>) {
  const chain: LoggedCommit[] = []
  let commit = graph.get(hash ?? '')
  while (commit && !seen.has(commit)) {
    seen.add(commit)
    chain.push(commit)
    commit = graph.get(commit.parents[0] ?? '')
  }
  return chain
}

function findBrought(merge: LoggedCommit, graph: Graph, seen: Set<LoggedCommit>): Brought[] {
  const brought: Brought[] = []
  const waiting: Brought[] = []
  const wait = ({ parents }: LoggedCommit, through: LoggedCommit | undefined) => {
    for (const parent of parents.slice(1))
      for (const commit of chainFrom(parent, graph, seen))
        waiting.push(through ? { commit, through } : { commit })
  }
  wait(merge, undefined)
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { commit, through } = next
    if (commit.parents.length < 2) brought.push(next)
    else wait(commit, through ?? (pullRequestOf(commit) ? commit : undefined))
  }
  return brought
}
