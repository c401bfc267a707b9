import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run } from '../src/cli.ts'

const project = join(import.meta.dirname, '..')

interface Result {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command line in the project's own folder, on a fixed day. */
async function tlspolicy(...argv: readonly string[]): Promise<Result> {
  const out = { stdout: '', stderr: '' }
  const status = await run(argv, {
    cwd: project,
    env: {},
    stdout: { write: text => (out.stdout += text) },
    stderr: { write: text => (out.stderr += text) },
    today: () => '2026-11-22',
    now: () => new Date('2026-11-22T12:00:00Z'),
  })
  return { status, ...out }
}

const usages: readonly (readonly [string, number])[] = [
  ['', 2],
  ['--help', 0],
  ['help', 0],
  ['check --help', 0],
  ['check', 0],
  ['check --strict', 0],
  ['check --format yaml', 2],
  ['check --as-of tomorrow', 2],
  ['check --as-of 2026-02-30', 2],
  ['check --unknown', 2],
  ['check extra', 2],
  ['check --policies nowhere', 3],
  ['check --policies README.md', 3],
  ['compile', 0],
  ['compile --format json', 0],
  ['compile --output', 2],
  ['explain', 2],
  ['explain broken-dane.example', 0],
  ['report', 0],
  ['report --format markdown', 0],
  ['report --format yaml', 2],
  ['report --fail-on current', 2],
  ['report --send', 2],
  ['report --policies nowhere', 3],
  ['rules', 0],
  ['rules overdue', 0],
  ['rules overdu', 2],
  ['chekc', 2],
]

test.each(usages)('tlspolicy %s ends with status %i', async (line, status) => {
  const result = await tlspolicy(...line.split(' ').filter(word => word !== ''))
  expect(result.status).toBe(status)
  // Findings and answers on stdout, faults of usage and failures on stderr; never silence.
  expect(status === 0 ? result.stdout : result.stderr).not.toBe('')
  if (status >= 2) expect(result.stdout).toBe('')
  expect(result.stdout + result.stderr).not.toMatch(/\n {4}at |undefined|\[object/)
})

test('a misspelled command names the nearest one', async () => {
  expect((await tlspolicy('chekc')).stderr).toContain('check')
})

test('the built program answers like the function, and its pipe is not cut', () => {
  const bin = join(project, 'dist/bin.js')
  const table = execFileSync(process.execPath, [bin, 'compile'], { cwd: project, encoding: 'utf8' })
  expect(table).toContain('\nbroken-dane.example may protocols=>=TLSv1.2\n')
  expect(table.endsWith('\n')).toBe(true)
})
