import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { run } from '../../src/cli.ts'
import { openCache } from '../../src/io/cache.ts'

let home = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tlspolicy-cache-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const file = (text: string) => [{ path: 'a.yaml', bytes: new TextEncoder().encode(text) }]
const open = (text: string, question = 'check 2026-11-22') =>
  openCache({ XDG_CACHE_HOME: home }, '/policies', file(text), question)
const keptPath = () => join(home, 'tlspolicy', readdirSync(join(home, 'tlspolicy'))[0] ?? '')

test('an answer is recalled for the same files and question alone', () => {
  expect(open('one').recall()).toBeUndefined()
  open('one').remember({ said: 1 })
  expect(open('one').recall()).toEqual({ said: 1 })
  expect(open('two').recall()).toBeUndefined()
  expect(open('one', 'check 2026-11-23').recall()).toBeUndefined()
})

test('what others can write, or what is damaged, is no answer', () => {
  open('one').remember({ said: 1 })
  chmodSync(keptPath(), 0o622)
  expect(open('one').recall()).toBeUndefined()
  chmodSync(keptPath(), 0o600)
  expect(open('one').recall()).toEqual({ said: 1 })
  writeFileSync(keptPath(), '{"state":')
  expect(open('one').recall()).toBeUndefined()
})

test('without a place to write, nothing is remembered and nothing fails', () => {
  const closed = openCache({ XDG_CACHE_HOME: '/dev/null' }, '/policies', file('one'), 'check')
  closed.remember({ said: 1 })
  expect(closed.recall()).toBeUndefined()
  expect(openCache({}, '/policies', file('one'), 'check').recall()).toBeUndefined()
})

test('check answers from it, and compile never does', async () => {
  const project = join(import.meta.dirname, '../..')
  const tlspolicy = async (command: string) => {
    let stdout = ''
    await run([command], {
      cwd: project,
      env: { XDG_CACHE_HOME: home },
      stdout: { write: text => (stdout += text) },
      stderr: { write: () => undefined },
      today: () => '2026-11-22',
      now: () => new Date('2026-11-22T12:00:00Z'),
    })
    return stdout
  }
  const table = await tlspolicy('compile')
  expect(await tlspolicy('check')).toBe('4 overrides, no faults\n')
  const [state] = /"state":"\w+"/.exec(readFileSync(keptPath(), 'utf8')) ?? []
  writeFileSync(keptPath(), `{${state},"answer":{"diagnostics":[],"overrides":77}}`)
  expect(await tlspolicy('check')).toBe('77 overrides, no faults\n')
  expect(await tlspolicy('compile')).toBe(table)
})
