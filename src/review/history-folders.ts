import { settingsPath } from '../language/source.ts'
import type { LoggedCommit } from './history-log.ts'
import { readPatch } from './history-patch.ts'

/** The commit of the main line that brought the first files into a folder that had none. */
export interface Arrival {
  readonly commit: string
  /** Its first parent. */
  readonly parent: string
  /** Inside the folder, with slashes. */
  readonly paths: readonly string[]
}

/** Where the policies lay before a commit brought them to another folder. */
export interface Earlier {
  /** The hash of that commit. */
  readonly until: string
  /** The text of `Repository.log` for the folder in which they lay. */
  readonly log: string
}

/**
 * The folders from which the files of a new folder may have come, by the paths that the same change
 * removed anywhere in the repository: a folder that moved has the same names inside. The likeliest
 * first, none where all are new.
 */
export function rankFormerFolders(
  paths: readonly string[],
  removed: readonly string[],
): readonly string[] {
  const arrived = new Set(paths)
  const votes = new Map<string, number>()
  for (const path of removed) {
    const names = path.split('/')
    const depth = names.findIndex((_, index) => arrived.has(names.slice(index).join('/')))
    if (depth < 0) continue
    const folder = names.slice(0, depth).join('/')
    votes.set(folder, (votes.get(folder) ?? 0) + 1)
  }
  return [...votes].toSorted(([, a], [, b]) => b - a).map(([folder]) => folder)
}

/**
 * Whether a folder moved to where `paths` are new; `own` are its overrides and its settings, named
 * inside it. One in which an override stays goes on beside the new one, and what left it was moved by
 * itself.
 */
export function isMoved(
  folder: string,
  own: readonly string[],
  paths: readonly string[],
  removed: readonly string[],
): boolean {
  const [gone, arrived] = [new Set(removed), new Set(paths)]
  const prefix = folder === '' ? '' : `${folder}/`
  return (
    own.every(path => path === settingsPath || gone.has(`${prefix}${path}`)) &&
    own.some(path => arrived.has(path))
  )
}

/**
 * One history of the folders in which the policies lay in turn. Of the main line each commit counts
 * for the folder of its time; a branch may be older than a move that came before its merge, so that
 * its commits count for all folders.
 */
export function joinLogs(
  latest: readonly LoggedCommit[],
  earlier: readonly (Omit<Earlier, 'log'> & { readonly commits: readonly LoggedCommit[] })[],
): readonly LoggedCommit[] {
  const folders = [latest, ...earlier.map(({ commits }) => commits)].map(patchesByHash)
  const ofTime = new Map<string, readonly string[]>()
  const byHash = new Map(latest.map(commit => [commit.hash, commit]))
  let time = 0
  for (let next = latest[0]; next; next = byHash.get(next.parents[0] ?? '')) {
    const { hash } = next
    const own = folders[time]?.get(hash) ?? []
    const isMove = earlier[time]?.until === hash
    if (isMove) time += 1
    const left = isMove ? (folders[time]?.get(hash) ?? []).filter(isRemoval) : []
    ofTime.set(hash, [...own, ...left])
  }
  return latest.map(commit => ({
    ...commit,
    patches: ofTime.get(commit.hash) ?? folders.flatMap(patches => patches.get(commit.hash) ?? []),
  }))
}

function patchesByHash(commits: readonly LoggedCommit[]): ReadonlyMap<string, readonly string[]> {
  return new Map(commits.map(({ hash, patches }) => [hash, patches]))
}

function isRemoval(patch: string): boolean {
  return readPatch(patch)?.text === null
}
