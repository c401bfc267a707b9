import type { SourceFile } from '../language/source.ts'
import type { ReadLimits } from './files.ts'
import type { ReviewBase } from './git-base.ts'
import {
  checkHash,
  findDescent,
  findHead,
  findMergeBase,
  findReviewTarget,
  resolveCommit,
} from './git-base.ts'
import type { FileChange } from './git-changes.ts'
import { findChanges, listRemoved } from './git-changes.ts'
import { listFiles, readFiles } from './git-files.ts'
import { readLog } from './git-log.ts'
import type { Place } from './git-place.ts'
import { nearestFolder, placeOf } from './git-place.ts'
import type { Environment, Git } from './git-run.ts'
import { gitFailure } from './git-run.ts'
import { startGit } from './git-start.ts'

/**
 * The Git repository of a policies folder. A commit is given as the hash that `resolve` returned.
 * Everything throws a Failure that says what to do, and nothing that the repository says runs a
 * program.
 */
export interface Repository {
  /** The policies folder inside the repository, with slashes; '' for its root. */
  readonly folder: string
  /** The same repository, for another folder of it. */
  readonly at: (folder: string) => Repository
  /** The hash of a commit that somebody named. */
  readonly resolve: (ref: string) => Promise<string>
  readonly mergeBase: (a: string, b: string) => Promise<string>
  /** Where the change of HEAD, or of another commit, began. */
  readonly reviewBase: (env: Environment, head?: string) => Promise<ReviewBase>
  readonly headCommit: () => Promise<string>
  /** Whether a commit comes after an earlier one, or is it; unknown where the clone lacks that one. */
  readonly descent: (commit: string, earlier: string) => Promise<'later' | 'older' | 'unknown'>
  readonly isShallow: () => Promise<boolean>
  /** Every policy file of a commit, by the rules of `readPolicyFiles`. */
  readonly filesAt: (commit: string) => Promise<readonly SourceFile[]>
  /**
   * What differs, line ends aside; the other side is a commit, or the files that the folder holds
   * now, tracked or not.
   */
  readonly changedFiles: (
    base: string,
    head: string | readonly SourceFile[],
  ) => Promise<readonly FileChange[]>
  /**
   * The files anywhere in the repository, named from its top, that a commit has and a later one
   * lacks, or the working tree.
   */
  readonly removedFiles: (base: string, head: string | null) => Promise<readonly string[]>
  /**
   * The text for `readHistory`, up to a commit or to HEAD; undefined in a shallow clone, which would
   * give wrong dates, and empty without any commit.
   */
  readonly log: (commit?: string) => Promise<string | undefined>
}

/**
 * The repository in which a folder (an absolute path) lies; undefined outside of Git. Throws a
 * Failure where Git is missing, refuses the repository, or has no files of it on disk.
 */
export async function openRepository(
  folder: string,
  env: Environment,
  limits: ReadLimits,
): Promise<Repository | undefined> {
  const start = nearestFolder(folder)
  const git = startGit(start, env)
  const { stdout, stderr, exitCode } = await git.ask([
    'rev-parse',
    '--is-inside-work-tree',
    '--is-shallow-repository',
    '--show-prefix',
  ])
  if (/^fatal: not a git repository \(or any/m.test(stderr)) return undefined
  if (exitCode !== 0) throw gitFailure('rev-parse', stderr)
  const [inside, shallow, prefix = ''] = stdout.split('\n')
  if (inside !== 'true') throw gitFailure('rev-parse', 'safe.bareRepository')
  return repositoryOf(git, placeOf(folder, start, prefix), shallow === 'true', limits)
}

function repositoryOf(
  git: Git,
  { top, folder }: Place,
  isShallow: boolean,
  limits: ReadLimits,
): Repository {
  const mergeBase = (a: string, b: string) => findMergeBase(git, a, b, isShallow)
  return {
    folder,
    at: other => repositoryOf(git, { top, folder: other }, isShallow, limits),
    resolve: ref => resolveCommit(git, ref),
    mergeBase,
    reviewBase: async (env, of) => {
      const head = of === undefined ? await findHead(git) : checkHash(of)
      const target = await findReviewTarget(git, env, head)
      return { ...target, commit: await mergeBase(target.commit, head) }
    },
    headCommit: () => findHead(git),
    descent: (commit, earlier) => findDescent(git, commit, earlier),
    isShallow: async () => isShallow,
    filesAt: async commit =>
      readFiles(git, [...(await listFiles(git, folder, checkHash(commit), limits)).values()]),
    changedFiles: async (base, head) => {
      const other = typeof head === 'string' ? checkHash(head) : head
      return findChanges(git, folder, checkHash(base), other, limits)
    },
    removedFiles: (base, head) =>
      listRemoved(git, checkHash(base), head === null ? { top } : checkHash(head)),
    log: async commit => (isShallow ? undefined : readLog(git, folder, commit)),
  }
}
