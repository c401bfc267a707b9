import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { run } from '../../src/cli.ts'

export interface Result {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** A temporary repository, and what a test does with it. */
export interface TestRepository {
  readonly path: string
  readonly git: (...args: readonly string[]) => string
  /** Writes files; null removes one. */
  readonly write: (files: Readonly<Record<string, string | null>>) => void
  /** Writes and commits; returns the hash. */
  readonly commit: (files: Readonly<Record<string, string | null>>, subject?: string) => string
  readonly tlspolicy: (...argv: readonly string[]) => Promise<Result>
  readonly env: Record<string, string>
}

/** An empty repository with the branch main, gone when the test is. */
export function makeRepository(): TestRepository {
  const path = mkdtempSync(join(tmpdir(), 'tlspolicy-diff-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    HOME: path,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_DATE: '2026-11-20T12:00:00Z',
    GIT_COMMITTER_DATE: '2026-11-20T12:00:00Z',
  }
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: path, env, encoding: 'utf8', stdio: 'pipe' }).trim()
  git('init', '--quiet', '--initial-branch=main')
  git('config', 'user.name', 'Ann')
  git('config', 'user.email', 'ann@example.org')
  const write: TestRepository['write'] = files => {
    for (const [name, text] of Object.entries(files)) {
      const file = join(path, 'policies', name)
      mkdirSync(dirname(file), { recursive: true })
      if (text === null) rmSync(file)
      else writeFileSync(file, text)
    }
  }
  const commit: TestRepository['commit'] = (files, subject = 'Change the policies') => {
    write(files)
    git('add', '--all')
    git('commit', '--quiet', '--allow-empty', '--message', subject)
    return git('rev-parse', 'HEAD')
  }
  const tlspolicy: TestRepository['tlspolicy'] = async (...argv) => {
    const out = { stdout: '', stderr: '' }
    const status = await run(argv, {
      cwd: path,
      env: { PATH: env.PATH, HOME: path, ...worldEnv },
      stdout: { write: text => (out.stdout += text) },
      stderr: { write: text => (out.stderr += text) },
      today: () => '2026-11-22',
      now: () => new Date('2026-11-22T12:00:00Z'),
    })
    return { status, ...out }
  }
  const worldEnv: Record<string, string> = {}
  return { path, git, write, commit, tlspolicy, env: worldEnv }
}
