import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { onTestFinished } from 'vitest'
import { run } from '../../src/cli.ts'

interface Ran {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** A folder of overrides, and what a test does with it. */
export interface TestFolder {
  readonly write: (name: string, text: string, mode?: number) => void
  readonly read: (name: string) => string
  readonly mode: (name: string) => number
  readonly names: () => readonly string[]
  readonly tlspolicy: (...argv: readonly string[]) => Promise<Ran>
  /** The same on a terminal, where somebody types these lines. */
  readonly typing: (lines: readonly string[], ...argv: readonly string[]) => Promise<Ran>
}

/** An empty folder of overrides on 2026-11-23, a Monday; gone when the test is. */
export function makeFolder(): TestFolder {
  const cwd = mkdtempSync(join(tmpdir(), 'tlspolicy-upkeep-'))
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }))
  const policies = join(cwd, 'policies')
  mkdirSync(policies)
  const start = async (argv: readonly string[], typed?: readonly string[]): Promise<Ran> => {
    const out = { stdout: '', stderr: '' }
    const input = new PassThrough()
    if (typed) input.end(typed.map(line => `${line}\n`).join(''))
    const isTTY = typed !== undefined
    const status = await run(argv, {
      cwd,
      env: { NO_COLOR: '1' },
      stdin: Object.assign(input, { isTTY }),
      stdout: { isTTY, write: text => (out.stdout += text) },
      stderr: { write: text => (out.stderr += text) },
      today: () => '2026-11-23',
      now: () => new Date('2026-11-23T12:00:00Z'),
    })
    return { status, ...out }
  }
  return {
    write: (name, text, mode = 0o644) => {
      writeFileSync(join(policies, name), text)
      chmodSync(join(policies, name), mode)
    },
    read: name => readFileSync(join(policies, name), 'utf8'),
    mode: name => statSync(join(policies, name)).mode & 0o777,
    names: () => readdirSync(policies).toSorted(),
    tlspolicy: (...argv) => start(argv),
    typing: (lines, ...argv) => start(argv, lines),
  }
}

/** An override that nothing is wrong with. */
export const sound = `destination: partner.example # theirs
policy: may
justification: Their TLSA record names an old certificate; the postmaster was told.
review_date: 2026-12-15
`
