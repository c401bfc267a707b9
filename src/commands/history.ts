import { resolve } from 'node:path'
import type { Repository } from '../io/git.ts'
import { openRepository } from '../io/git.ts'
import { largestFile, settingsPath } from '../language/source.ts'
import type { History } from '../review/history.ts'
import { readHistory } from '../review/history.ts'
import type { Earlier } from '../review/history-folders.ts'
import { findFormerFolder } from './former-folder.ts'
import type { CommonOptions, World } from './world.ts'

/**
 * What Git says of the policies up to the last commit: 'shallow' where the clone is too young to
 * tell, 'none' outside of Git. Throws a Failure where Git is missing or refuses the repository.
 */
export async function historyOf(
  world: World,
  { policies }: CommonOptions,
): Promise<History | 'shallow' | 'none'> {
  const path = resolve(world.cwd, policies)
  const repository = await openRepository(path, world.env, { largestFile, settingsPath })
  if (!repository) return 'none'
  return (await followHistory(repository)) ?? 'shallow'
}

/**
 * The history up to a commit or to HEAD, through all folders in which the policies lay; undefined in
 * a shallow clone.
 */
export async function followHistory(
  repository: Repository,
  commit?: string,
): Promise<History | undefined> {
  const log = await repository.log(commit)
  if (log === undefined) return undefined
  const earlier: Earlier[] = []
  const seen = new Set<string>()
  let history = readHistory(log)
  for (;;) {
    const move = await findMove(repository, history, seen)
    if (!move) return history
    const { until, folder } = move
    earlier.push({ until, log: (await repository.at(folder).log(commit)) ?? '' })
    history = readHistory(log, earlier)
  }
}

/** The latest move that is not known yet. What was empty in between had come from elsewhere before. */
async function findMove(repository: Repository, { arrivals = [] }: History, seen: Set<string>) {
  for (const { commit: until, parent, paths } of arrivals) {
    if (seen.has(until)) continue
    seen.add(until)
    const folder = await findFormerFolder(repository, paths, parent, until)
    if (folder !== undefined) return { until, folder }
  }
  return undefined
}
