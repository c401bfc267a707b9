import { Failure } from './failure.ts'
import type { Environment, Git } from './git-run.ts'
import { gitFailure, plain } from './git-run.ts'

/** Where a change began: the commit, and the name that its readers know. */
export interface ReviewBase {
  readonly commit: string
  readonly name: string
}

/**
 * The hash of a commit that somebody named. Throws a Failure that says what to write or to fetch.
 */
export async function resolveCommit(git: Git, ref: string): Promise<string> {
  if (ref === '')
    throw new Failure('the name of a commit is empty; write a branch, a tag or a hash')
  // No name begins with - or ^, and nothing else may become an option or a range.
  if (/^[-^]|[\0-\x1f\x7f]/.test(ref) || ref.length > 1024) throw unknownCommit(ref)
  const args = ['rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`]
  const { stdout, stderr, exitCode } = await git.ask(args)
  const hash = stdout.trim()
  if (exitCode === 128 && /safe\.directory|ENOENT/.test(stderr))
    throw gitFailure('rev-parse', stderr)
  if (exitCode !== 0 && ref === 'HEAD') return findHead(git)
  if (exitCode !== 0 || !isHash(hash)) throw unknownCommit(ref)
  const ambiguous = /refname '(.*)' is ambiguous/.exec(stderr)?.[1]
  // Git takes these two for what they are, even where a branch or a tag has such a name.
  if (ambiguous !== undefined && ambiguous !== 'HEAD' && !isHash(ambiguous))
    throw new Failure(
      `${shown(ref)} names a branch and a tag; write ${shown(`refs/heads/${ambiguous}`)} or ${shown(`refs/tags/${ambiguous}`)}`,
    )
  return hash
}

/** A name from outside reaches a command line as its hash alone. */
export function checkHash(commit: string): string {
  if (!isHash(commit)) throw unknownCommit(commit)
  return commit
}

function isHash(text: string): boolean {
  return /^(?:[\da-f]{40}|[\da-f]{64})$/.test(text)
}

function unknownCommit(ref: string): Failure {
  const branch = /^(?:refs\/remotes\/)?origin\/(\w[\w./-]*)$/.exec(ref)?.[1]
  const advice = branch === undefined ? '' : `, or fetch it with: git fetch origin ${branch}`
  return new Failure(
    `there is no commit ${shown(ref)} in this clone; write a branch, a tag or a hash${advice} (in a workflow: fetch-depth: 0)`,
  )
}

function shown(ref: string): string {
  return `"${plain(ref.length > 100 ? `${ref.slice(0, 100)}…` : ref)}"`
}

/** The last commit that two have in common. Throws a Failure that says what to fetch. */
export async function findMergeBase(git: Git, a: string, b: string, isShallow: boolean) {
  const args = ['merge-base', checkHash(a), checkHash(b)]
  const { stdout, stderr, exitCode } = await git.ask(args)
  if (exitCode === 0) return stdout.trim()
  if (exitCode !== 1 || stderr !== '') throw gitFailure('merge-base', stderr)
  throw new Failure(
    isShallow
      ? 'this clone is too shallow to show where the two commits parted; run: git fetch --unshallow (in a workflow: fetch-depth: 0)'
      : `the commits ${a.slice(0, 12)} and ${b.slice(0, 12)} have no history in common; name another base`,
  )
}

/** Whether a commit comes after an earlier one, or is it; unknown where the clone lacks that one. */
export async function findDescent(git: Git, commit: string, earlier: string) {
  const args = ['merge-base', '--is-ancestor', checkHash(earlier), checkHash(commit)]
  const { exitCode } = await git.ask(args)
  if (exitCode === 0) return 'later'
  return exitCode === 1 ? 'older' : 'unknown'
}

/** The commit of HEAD. Throws a Failure in a repository without one. */
export async function findHead(git: Git): Promise<string> {
  const head = await askHead(git)
  if (head !== undefined) return head
  throw new Failure('this repository has no commit yet; commit the policies first')
}

/** The same, or undefined. */
export async function askHead(git: Git): Promise<string | undefined> {
  const { stdout, exitCode } = await git.ask(['rev-parse', '--verify', 'HEAD^{commit}'])
  return exitCode === 0 ? stdout.trim() : undefined
}

const defaults = [
  'refs/remotes/origin/HEAD',
  'refs/remotes/origin/main',
  'refs/remotes/origin/master',
  'refs/heads/main',
  'refs/heads/master',
]

/**
 * What a change is to be merged into: the base branch of a pull request (GITHUB_BASE_REF), else the
 * default branch, else the last commit. Throws a Failure where a clone knows no such branch.
 */
export async function findReviewTarget(git: Git, env: Environment, head: string) {
  const named = env.GITHUB_BASE_REF
  if (named)
    return {
      commit: await resolveCommit(git, `refs/remotes/origin/${named}`),
      name: `origin/${named}`,
    }
  const format = '--format=%(refname) %(objectname) %(symref)'
  const output = await git.text([
    'for-each-ref',
    format,
    'refs/remotes/origin',
    ...defaults.slice(3),
  ])
  const refs = new Map(output.split('\n').map(line => [line.slice(0, line.indexOf(' ')), line]))
  for (const ref of defaults) {
    const [, commit = '', symbolic] = refs.get(ref)?.split(' ') ?? []
    // A change on the local default branch itself is compared with its last commit.
    if (!isHash(commit) || (ref.startsWith('refs/heads/') && commit === head)) continue
    return { commit, name: (symbolic || ref).replace(/^refs\/(?:heads|remotes)\//, '') }
  }
  if ([...refs.keys()].some(ref => ref.startsWith('refs/remotes/')))
    throw new Failure(
      'this clone does not know the default branch; run: git remote set-head origin --auto, or name the commit to compare with',
    )
  return { commit: head, name: 'HEAD' }
}
