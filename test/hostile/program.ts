import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect } from 'vitest'

const program = join(import.meta.dirname, '../../dist/bin.js')

/** Writes what the process has used to file descriptor 3, whatever way it ends. */
const meter = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from 'node:fs'
  process.on('exit', () => writeSync(3, JSON.stringify(process.resourceUsage())))
`)}`

/** What came out of one run of the built program; processor time, since the machine may be busy. */
interface Run {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
  readonly seconds: number
  readonly megabytes: number
}

interface Options {
  readonly cwd?: string
  /** Another user than root, where the tests run as root. */
  readonly asNobody?: boolean
}

/** Runs the built program without a home, so that it remembers nothing. */
export function tlspolicy(argv: readonly string[], { cwd, asNobody = false }: Options = {}): Run {
  const ended = spawnSync(process.execPath, ['--import', meter, program, ...argv], {
    cwd,
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    encoding: 'utf8',
    timeout: 30_000,
    maxBuffer: 64 * 1024 * 1024,
    ...(asNobody && process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}),
  })
  const used = JSON.parse(ended.output[3] || '{}') as Partial<NodeJS.ResourceUsage>
  return {
    status: ended.status,
    stdout: ended.stdout,
    stderr: ended.stderr,
    seconds: ((used.userCPUTime ?? Number.NaN) + (used.systemCPUTime ?? Number.NaN)) / 1e6,
    megabytes: (used.maxRSS ?? Number.NaN) / 1024,
  }
}

/** Controls but LF, marks that turn the direction of writing, and halves of a pair. */
export const unprintable = /[^\n\P{Cc}]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

/** Holds for every run: it ended by itself, said what is wrong in its own words, and stayed small. */
export function expectHarmless(run: Run, limit = { seconds: 2, megabytes: 200 }): void {
  expect(run.stdout + run.stderr).not.toMatch(/\n {4}at |node:internal|Error: |undefined|\[object/)
  expect(run.stdout + run.stderr).not.toMatch(unprintable)
  expect([0, 1, 3]).toContain(run.status)
  expect(run.seconds).toBeLessThan(limit.seconds)
  expect(run.megabytes).toBeLessThan(limit.megabytes)
}
