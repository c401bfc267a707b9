import { resolve } from 'node:path'
import { openRepository } from '../io/git.ts'
import { largestFile, settingsPath } from '../language/source.ts'
import type { History } from '../review/history.ts'
import { readHistory } from '../review/history.ts'
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
  const log = await repository.log()
  return log === undefined ? 'shallow' : readHistory(log)
}
