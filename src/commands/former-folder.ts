import type { Repository } from '../io/git.ts'
import { decode } from '../language/encoding.ts'
import type { SourceFile } from '../language/source.ts'
import { settingsPath } from '../language/source.ts'
import { isMoved, rankFormerFolders } from '../review/history-folders.ts'
import { readFacts } from '../review/history-patch.ts'

/** Folders of other things may have lost a file of the same name; few come into question. */
const mostTried = 3

/**
 * The folder from which a change moved the policies, named from the top of the repository, where
 * `paths` are new in their folder; `head` null is the working tree. Undefined where they are new.
 */
export async function findFormerFolder(
  repository: Repository,
  paths: readonly string[],
  base: string,
  head: string | null,
): Promise<string | undefined> {
  const removed = await repository.removedFiles(base, head)
  for (const folder of rankFormerFolders(paths, removed).slice(0, mostTried)) {
    const files = await repository.at(folder).filesAt(base)
    const own = files.filter(isOwn).map(({ path }) => path)
    if (isMoved(folder, own, paths, removed)) return folder
  }
  return undefined
}

/** Other YAML may lie beside the overrides where they are at the top of the repository. */
function isOwn(file: SourceFile): boolean {
  if (!('bytes' in file)) return false
  return file.path === settingsPath || readFacts(file.path, decode(file.bytes).text) !== undefined
}
