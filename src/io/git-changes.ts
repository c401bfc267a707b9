import { lstatSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { SourceFile } from '../language/source.ts'
import type { ReadLimits } from './files.ts'
import type { Listed } from './git-files.ts'
import { hashOf, listFiles, readBlobs, withContent, withLineFeeds } from './git-files.ts'
import type { Git } from './git-run.ts'
import { listLeftOut, requireWhole } from './git-sparse.ts'

/** A file that two sides do not have alike; a rename is one file removed and one added. */
export interface FileChange {
  readonly path: string
  readonly before: SourceFile | null
  readonly after: SourceFile | null
}

type Known = Listed | SourceFile

/**
 * The files that differ, line ends aside, by path. The other side is a commit, or the files that a
 * folder holds now, tracked or not. Only what differs is read from Git.
 */
export async function findChanges(
  git: Git,
  folder: string,
  base: string,
  head: string | readonly SourceFile[],
  limits: ReadLimits,
): Promise<readonly FileChange[]> {
  const [before] = await Promise.all([
    listFiles(git, folder, base, limits),
    typeof head === 'string' ? undefined : requireWhole(git, folder, head, limits),
  ])
  const after: ReadonlyMap<string, Known> =
    typeof head === 'string'
      ? await listFiles(git, folder, head, limits)
      : new Map(head.map(file => [file.path, file]))
  const paths = [...new Set([...before.keys(), ...after.keys()])]
    .filter(path => !isSame(before.get(path), after.get(path)))
    .sort()
  const known = paths.flatMap(path => [before.get(path) ?? [], after.get(path) ?? []].flat())
  const hashes = new Set(known.flatMap(file => ('hash' in file ? [file.hash] : [])))
  const blobs = await readBlobs(git, hashes)
  const read = (file: Known | undefined): SourceFile | null =>
    file ? ('bytes' in file ? file : withContent(file, blobs)) : null
  return paths
    .map(path => ({ path, before: read(before.get(path)), after: read(after.get(path)) }))
    .filter(({ before, after }) => !isSameText(before, after))
}

/**
 * The files, named from the top of the repository, that a commit has and a later one lacks, or the
 * working tree at the path `top`.
 */
export async function listRemoved(
  git: Git,
  base: string,
  head: string | { readonly top: string },
): Promise<readonly string[]> {
  if (typeof head === 'string')
    return namesIn(
      await git.text(['diff-tree', ...namesOnly, '--no-renames', '--diff-filter=D', base, head]),
    )
  const leftOut = await listLeftOut(git, '')
  return namesIn(await git.text(['ls-tree', ...namesOnly, '--full-tree', base])).filter(
    name => !leftOut.has(name) && !isThere(head.top, name),
  )
}

/** What a link in place of a folder leads to is not that folder. */
function isThere(top: string, name: string): boolean {
  const path = join(top, name)
  if (!lstatSync(path, { throwIfNoEntry: false })) return false
  return realpathSync(dirname(path)) === dirname(path)
}

function namesIn(output: string): readonly string[] {
  return output.split('\0').slice(0, -1)
}

const namesOnly = ['-r', '-z', '--name-only'] as const

function isSame(before: Listed | undefined, after: Known | undefined): boolean {
  if (!before || !after) return false
  if ('refused' in before) return 'refused' in after && before.refused === after.refused
  if ('hash' in after) return before.hash === after.hash
  if (!('bytes' in after)) return false
  const { hash } = before
  return hash === hashOf(after.bytes, hash) || hash === hashOf(withLineFeeds(after.bytes), hash)
}

function isSameText(before: SourceFile | null, after: SourceFile | null): boolean {
  if (!before || !after || !('bytes' in before && 'bytes' in after)) return false
  return Buffer.compare(withLineFeeds(before.bytes), withLineFeeds(after.bytes)) === 0
}
