import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'
import { readPolicyFiles } from '../../src/io/files.ts'
import type { Repository } from '../../src/io/git.ts'
import { openRepository } from '../../src/io/git.ts'
import { largestFile, settingsPath } from '../../src/language/source.ts'

const root = mkdtempSync(join(tmpdir(), 'tlspolicy-git-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** What a command would know of the process; nobody's own settings of Git are read. */
export const env = { PATH: process.env.PATH, HOME: join(root, 'home') }
mkdirSync(env.HOME)

const time = '2026-01-01T12:00:00Z'

/** Real Git in a folder. Names and times are fixed, so that hashes are, too. */
export function git(folder: string, args: readonly string[], more: Record<string, string> = {}) {
  return execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: 'pipe',
    env: {
      ...env,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'Alice',
      GIT_AUTHOR_EMAIL: 'alice@example.org',
      GIT_AUTHOR_DATE: time,
      GIT_COMMITTER_NAME: 'Carol',
      GIT_COMMITTER_EMAIL: 'carol@example.org',
      GIT_COMMITTER_DATE: time,
      ...more,
    },
  }).trim()
}

/** A new folder, outside of any repository. */
export function makeFolder(): string {
  return mkdtempSync(join(root, 'folder-'))
}

export interface Scratch {
  readonly folder: string
  readonly git: (...args: readonly string[]) => string
  readonly write: (path: string, content: string | Uint8Array) => void
  /** Commits all files, after writing some; null removes one. Returns the hash. */
  readonly commit: (message: string, files?: Files, by?: By) => string
  /** Merges a branch without fast-forward. Returns the hash. */
  readonly merge: (branch: string, message: string, by?: By) => string
}

type Files = Readonly<Record<string, string | null>>

interface By {
  readonly author?: string
  /** The day on which it is committed; it was written years before. */
  readonly day?: string
}

/** An empty repository with a branch main. */
export function makeRepository(...options: readonly string[]): Scratch {
  const folder = makeFolder()
  git(folder, ['init', '-q', '-b', 'main', ...options])
  return scratchAt(folder)
}

/** A repository that is there already. */
export function scratchAt(folder: string): Scratch {
  const run = (...args: readonly string[]) => git(folder, args)
  const write = (path: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  const record = (args: readonly string[], { author = 'Alice', day }: By = {}) => {
    const dates = day
      ? { GIT_COMMITTER_DATE: `${day}T12:00:00Z`, GIT_AUTHOR_DATE: '2020-02-02T00:00:00Z' }
      : {}
    git(folder, args, { GIT_AUTHOR_NAME: author, ...dates })
    return run('rev-parse', 'HEAD')
  }
  return {
    folder,
    git: run,
    write,
    commit: (message, files = {}, by = {}) => {
      for (const [path, content] of Object.entries(files))
        if (content === null) rmSync(join(folder, path), { recursive: true })
        else write(path, content)
      run('add', '--all')
      return record(['commit', '-q', '--allow-empty', '-m', message], by)
    },
    merge: (branch, message, by = {}) =>
      record(['merge', '-q', '--no-ff', '-m', message, branch], by),
  }
}

/** The policy files that a folder below the repository holds now. */
export function onDisk({ folder }: Scratch, inside = 'policies') {
  return readPolicyFiles(join(folder, inside), { largestFile, settingsPath, mayBeMissing: true })
}

/** Opens the policies folder of a repository, or fails the test. */
export async function open(folder: string, more: Record<string, string> = {}): Promise<Repository> {
  const limits = { largestFile, settingsPath }
  const repository = await openRepository(folder, { ...env, ...more }, limits)
  if (!repository) throw new Error(`${folder} is in no repository`)
  return repository
}

/** An override for a destination. */
export function override(destination: string, reviewDate = '2026-12-15', note = 'Told.'): string {
  return `destination: ${destination}
policy: may
justification: Their certificate expired, and the postmaster promised a new one. ${note}
review_date: ${reviewDate}
`
}

/** The paths and what became of them, for comparing. */
export function summary(
  files: readonly ({ readonly path: string } & (
    | { readonly bytes: Uint8Array }
    | { readonly refused: string }
  ))[],
): Record<string, string> {
  const said = files.map(file => [
    file.path,
    'bytes' in file ? Buffer.from(file.bytes).toString() : `refused: ${file.refused}`,
  ])
  return Object.fromEntries(said.toSorted())
}
