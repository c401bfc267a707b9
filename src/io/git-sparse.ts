import type { SourceFile } from '../language/source.ts'
import { Failure } from './failure.ts'
import type { ReadLimits } from './files.ts'
import { judgePath } from './git-files.ts'
import type { Git } from './git-run.ts'
import { plain } from './git-run.ts'

/**
 * The files in a folder, named from the top of the repository, that a sparse checkout may leave out:
 * nobody has removed them.
 */
export async function listLeftOut(git: Git, folder: string): Promise<ReadonlySet<string>> {
  const args = ['-v', '-z', '--full-name', '--', `:(top,literal)${folder}`]
  const lines = (await git.text(['ls-files', ...args])).split('\0')
  // A small letter means that the file is also assumed to be unchanged.
  return new Set(lines.flatMap(line => (/^s /i.test(line) ? [line.slice(2)] : [])))
}

/** Throws a Failure where a folder on disk lacks overrides that nobody has removed. */
export async function requireWhole(
  git: Git,
  folder: string,
  onDisk: readonly SourceFile[],
  { settingsPath }: ReadLimits,
): Promise<void> {
  const below = folder === '' ? '' : `${folder}/`
  const here = new Set(onDisk.map(({ path }) => path))
  for (const name of await listLeftOut(git, folder)) {
    const path = name.slice(below.length)
    if (here.has(path) || judgePath(path, 'file', settingsPath) !== 'read') continue
    throw new Failure(
      `this sparse checkout leaves out "${plain(name)}", which would look removed; run: git sparse-checkout disable`,
    )
  }
}
