import { resolve } from 'node:path'
import { Failure } from '../io/failure.ts'
import type { Repository } from '../io/git.ts'
import { openRepository } from '../io/git.ts'
import type { FileReading, Policies } from '../language/policies.ts'
import { collectPolicies } from '../language/policies.ts'
import { readFile } from '../language/read-file.ts'
import type { SourceFile } from '../language/source.ts'
import { largestFile, settingsPath } from '../language/source.ts'
import type { Compared } from '../review/forms/heads.ts'
import { findFormerFolder } from './former-folder.ts'
import type { Folder } from './load.ts'
import { folderOf, openFolder } from './load.ts'
import type { CommonOptions, World } from './world.ts'

/** The policies before and after a change, each complete. */
export interface Sides {
  /** At the folder before the change. */
  readonly repository: Repository
  /** The folder after the change. */
  readonly folder: Folder
  readonly before: Policies
  readonly after: Policies
  /** The paths of the files that differ, inside the folder. */
  readonly changed: ReadonlySet<string>
  readonly compared: Compared
}

export interface Range {
  readonly base?: string
  readonly head?: string
}

/**
 * Reads both sides of a change. The base is always a merge base, so that a branch that is behind
 * removes nobody's overrides. `workingTree` is the folder, where it is open already. Throws a Failure outside Git and for a commit that is not there.
 */
export async function openSides(
  world: World,
  options: CommonOptions,
  range: Range,
  workingTree?: Folder,
): Promise<Sides> {
  const path = resolve(world.cwd, options.policies)
  const repository = await openRepository(path, world.env, { largestFile, settingsPath })
  if (!repository)
    throw new Failure(
      `${options.policies} is not in a Git repository, and only Git knows what was there before; run it where the overrides are cloned`,
    )
  const { base, head } = await findRange(repository, world, range)
  const folder = head
    ? folderOf(path, await repository.filesAt(head.commit), options)
    : (workingTree ?? openFolder(world, options, true))
  const { former, files } = await findDifferences(
    repository,
    base.commit,
    head?.commit,
    folder.files,
  )
  // Where no side has a file, the name of the folder may be wrong.
  if (files.length === 0 && folder.files.length === 0) openFolder(world, options)
  const changed = new Set(files.map(({ path }) => path))
  const read = readOnce()
  const kept = folder.files.filter(({ path }) => !changed.has(path))
  const earlier = files.flatMap(({ before }): SourceFile[] => (before ? [before] : []))
  const after = collectPolicies(folder.files, read)
  const before = collectPolicies([...kept, ...earlier], read)
  return {
    repository: former === undefined ? repository : repository.at(former),
    folder,
    before,
    after,
    changed,
    compared: { base, head, ...(former === undefined ? {} : { former }) },
  }
}

/** A folder that the change itself moved is compared with the one in which it was. */
async function findDifferences(
  repository: Repository,
  base: string,
  head: string | undefined,
  after: readonly SourceFile[],
) {
  const files = await repository.changedFiles(base, head ?? after)
  const isNew = files.length === after.length && files.every(({ before }) => before === null)
  if (!isNew || files.length === 0) return { files }
  const paths = files.map(({ path }) => path)
  const former = await findFormerFolder(repository, paths, base, head ?? null)
  if (former === undefined) return { files }
  return { former, files: await repository.at(former).changedFiles(base, after) }
}

async function findRange(repository: Repository, { env }: World, range: Range) {
  const tip = range.head === undefined ? undefined : await repository.resolve(range.head)
  const head = tip === undefined ? null : { commit: tip, name: range.head ?? '' }
  if (range.base === undefined) return { base: await repository.reviewBase(env, tip), head }
  const named = await repository.resolve(range.base)
  const commit = await repository.mergeBase(named, tip ?? (await repository.headCommit()))
  return { base: { commit, name: range.base }, head }
}

/** A file that both sides have is one array of bytes, and is read once. */
function readOnce(): (path: string, bytes: Uint8Array) => FileReading {
  const known = new Map<Uint8Array, FileReading>()
  return (path, bytes) => {
    const reading = known.get(bytes) ?? readFile(path, bytes)
    known.set(bytes, reading)
    return reading
  }
}
