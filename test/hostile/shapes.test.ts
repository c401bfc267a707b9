import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { diagnose } from '../../src/check/diagnose.ts'
import { plain } from '../../src/check/forms/paint.ts'
import { formatText } from '../../src/check/forms/text.ts'
import { compile } from './compile.ts'
import { expectHarmless, tlspolicy } from './program.ts'
import { shapes, worst } from './shapes.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tlspolicy-shapes-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

// What grows with the square of a file takes far longer; the time itself is for the program below.
test.each(Object.keys(shapes))('%s take no long time, and little paper', name => {
  const text = shapes[name] ?? ''
  const { user: before } = process.cpuUsage()
  const { faults } = compile([['a.yaml', text]])
  const diagnostics = diagnose(faults, { textOf: () => text, display: path => path })
  const report = formatText({ diagnostics, overrides: 1 }, { textOf: () => text, paint: plain })
  expect((process.cpuUsage().user - before) / 1e6).toBeLessThan(5)
  expect(faults).not.toEqual([])
  expect(report.length).toBeLessThan(200_000)
})

test.each(worst)('%s, read by the program, take less than 2 s and 200 MB', name => {
  writeFileSync(join(folder, 'a.yaml'), shapes[name] ?? '')
  const run = tlspolicy(['check', '--format', 'sarif', '--policies', folder])
  expectHarmless(run)
  expect([0, 1]).toContain(run.status)
})

test('a file of ten megabytes is refused unread', () => {
  writeFileSync(join(folder, 'a.yaml'), 'a: 1\n'.repeat(2_000_000))
  const run = tlspolicy(['check', '--policies', folder])
  expectHarmless(run, { seconds: 2, megabytes: 100 })
  expect(run.stdout).toMatch(/^error\[too-large\]: .*\n.*a\.yaml:1:1\n/)
})
