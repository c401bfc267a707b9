import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { expectHarmless, tlspolicy } from './program.ts'
import { expectAsked } from './table.ts'

let base = ''
let folder = ''
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tlspolicy-folders-'))
  folder = join(base, 'policies')
  mkdirSync(folder)
})
afterEach(() => rmSync(base, { recursive: true }))

const override = (name: string) => `destination: ${name}.example
policy: may
justification: Their certificate expired in October; postmaster was told.
review_date: 2026-12-15
`

const write = (path: string | Buffer, text: string) =>
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(path)]), text)

/** Every place and message begins a line of ours, whatever the names of files hold. */
const ownLine =
  /^(?:$|(?:error|warning|notice)\[[a-z\d-]+\]: | *--> policies\/| *\d* \|| += help: |\d+ |nothing is compiled )/

test('what is no override is refused, and neither opened nor shown', () => {
  writeFileSync(join(base, 'secret.yaml'), 'secret: 4711\n')
  symlinkSync('../secret.yaml', join(folder, 'link.yaml'))
  symlinkSync('..', join(folder, 'up'))
  symlinkSync('.', join(folder, 'self'))
  symlinkSync('/dev/zero', join(folder, 'zero.yaml'))
  execFileSync('mkfifo', [join(folder, 'pipe.yaml')])
  mkdirSync(join(folder, '_settings.yaml'))
  write('_settings.yaml/a.yaml', override('a'))
  write('good.yaml', override('good'))
  for (const command of ['check', 'compile']) {
    const run = tlspolicy([command], { cwd: base })
    expectHarmless(run)
    expect(run.status).toBe(1)
    const report = run.stdout + run.stderr
    expect(report).not.toMatch(/secret|4711/)
    for (const path of ['link.yaml', 'up', 'self', 'zero.yaml', 'pipe.yaml', '_settings.yaml'])
      expect(report).toContain(` --> policies/${path}:1:1\n`)
  }
})

test('no name of a file gets out of its line', () => {
  const names = [
    'a\n::error::x.yaml',
    'b\u001b[2J.yaml',
    'c\u009b31m.yaml',
    'd\u202e.yaml',
    'e\r.yaml',
    '::error file=x::y.yaml',
    'f|g`h`.yaml',
    ' i.yaml',
    '#j.yaml',
    '%0A::error::k.yaml',
    `${'l'.repeat(250)}.yaml`,
  ]
  for (const name of names) write(name, 'a: [')
  write(Buffer.from('m\xff.yaml', 'latin1'), 'a: [')
  mkdirSync(join(folder, 'n\n::error::'))
  write('n\n::error::/o.yaml', 'a: [')
  const text = tlspolicy(['check'], { cwd: base })
  expectHarmless(text)
  expect(text.stdout.split('\n').filter(line => !ownLine.test(line))).toEqual([])
  expect(text.stdout).toMatch(/^13 errors in 13 overrides\n$/m)
  for (const format of ['json', 'sarif', 'github']) {
    const run = tlspolicy(['check', '--format', format], { cwd: base })
    expectHarmless(run)
    expect(run.status).toBe(1)
    if (format !== 'github') expect(() => JSON.parse(run.stdout)).not.toThrow()
  }
})

test('odd names that can be shown stay within the comments of the table', () => {
  const names = [
    ' a.yaml',
    '#b.yaml',
    '::error::c.yaml',
    'd|`e`.yaml',
    '= f, g.yaml',
    'h example may.yaml',
  ]
  for (const [index, name] of names.entries()) write(name, override(`d${index}`))
  const run = tlspolicy(['compile'], { cwd: base })
  expectHarmless(run)
  expect(run.status).toBe(0)
  expectAsked(
    run.stdout,
    names.map((_, index) => override(`d${index}`)),
  )
})

test('folders that cannot be read are named, and keep the table back', () => {
  chmodSync(base, 0o755)
  mkdirSync(join(folder, 'locked'))
  write('good.yaml', override('good'))
  chmodSync(join(folder, 'locked'), 0)
  const locked = tlspolicy(['compile'], { cwd: base, asNobody: true })
  chmodSync(folder, 0)
  const closed = tlspolicy(['compile'], { cwd: base, asNobody: true })
  chmodSync(folder, 0o755)
  for (const run of [locked, closed]) expectHarmless(run)
  expect(locked).toMatchObject({ status: 1, stdout: '' })
  expect(locked.stderr).toContain(' --> policies/locked:1:1\n')
  expect(closed).toMatchObject({ status: 3, stdout: '' })
  expect(closed.stderr).toMatch(/^tlspolicy: .*policies.*--policies\n$/)
})

test.each(['nowhere', 'file', 'loop', 'x'.repeat(5000)])(
  'no folder (%.9s) is a failure in words',
  path => {
    writeFileSync(join(base, 'file'), '')
    symlinkSync('loop', join(base, 'loop'))
    const run = tlspolicy(['compile', '--policies', path], { cwd: base })
    expectHarmless(run)
    expect(run).toMatchObject({ status: 3, stdout: '' })
  },
)

test('twenty thousand files with faults are read in reasonable time and space', () => {
  for (let index = 0; index < 20_000; index += 1) write(`${index}.yaml`, 'a: [')
  const run = tlspolicy(['check', '--format', 'json'], { cwd: base })
  expectHarmless(run, { seconds: 10, megabytes: 200 })
  expect(JSON.parse(run.stdout)).toMatchObject({ counts: { error: 20_000 }, overrides: 20_000 })
})

test('folders a thousand levels deep are read', () => {
  const deep = `${folder}${'/d'.repeat(1000)}`
  execFileSync('mkdir', ['-p', deep])
  for (let index = 0; index < 10; index += 1)
    writeFileSync(`${deep}/${index}.yaml`, override(`d${index}`))
  const run = tlspolicy(['compile'], { cwd: base })
  expectHarmless(run)
  expect(run.status).toBe(0)
  expect(run.stdout.match(/^d\d\.example may$/gm)?.length).toBe(10)
})

test('a table is written through a link, and a refused one leaves the old', () => {
  write('good.yaml', override('good'))
  writeFileSync(join(base, 'real'), 'old')
  symlinkSync('real', join(base, 'table'))
  expect(tlspolicy(['compile', '-o', 'table'], { cwd: base }).status).toBe(0)
  expect(lstatSync(join(base, 'table')).isSymbolicLink()).toBe(true)
  expect(readFileSync(join(base, 'real'), 'utf8')).toContain('\ngood.example may\n')
  write('bad.yaml', 'a: [')
  expect(tlspolicy(['compile', '-o', 'table'], { cwd: base }).status).toBe(1)
  expect(readFileSync(join(base, 'real'), 'utf8')).toContain('\ngood.example may\n')
  const device = tlspolicy(['compile', '-o', '/dev/null', '--policies', join(base, 'policies')])
  expectHarmless(device)
  expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true)
})
