import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { describeWith } from './postfix/available.ts'

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
const part = /\n## Still needed\?\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? ''

/** What cron(8) hands to the shell, from a file of /etc/cron.d: where programs are, five times, a user, a command. */
const [, path = '', times = '', user = '', command = ''] =
  /```\nPATH=(\S+)\n((?:[\d*]+ ){5})(\w+) (.*)\n```/.exec(part) ?? []

/** Runs the line as cron does, where tlspolicy writes evidence and ends as it is told. */
function runCron(status: number, isThere = true) {
  const root = mkdtempSync(join(tmpdir(), 'tlspolicy-cron-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const folder of ['usr/local/bin', 'srv/policies', 'var/lib/tlspolicy-evidence'])
    mkdirSync(join(root, folder), { recursive: true })
  const tool = join(root, 'usr/local/bin/tlspolicy')
  writeFileSync(tool, `#!/bin/sh\npwd\necho "$*"\necho seen >> "$3"\nexit ${status}\n`)
  chmodSync(tool, 0o755)
  const line = command.replaceAll(/(?<= |>)\/(?=srv|var)/g, `${root}/`)
  if (!isThere) rmSync(join(root, 'srv/policies'), { recursive: true })
  const env = { PATH: path.replace('/usr/local', `${root}/usr/local`) }
  const ran = spawnSync('sh', ['-c', line], { cwd: '/', env, encoding: 'utf8' })
  const read = (name: string) =>
    readFileSync(join(root, 'var/lib/tlspolicy-evidence', name), 'utf8')
  return { ...ran, root, read }
}

test('the line for cron keeps evidence, and mails only what somebody should act on', () => {
  expect(command).not.toContain('%')
  expect(times.trim().split(' ')).toHaveLength(5)
  const quiet = runCron(0)
  expect(quiet).toMatchObject({ status: 0, stdout: '', stderr: '' })
  expect(quiet.read('evidence.jsonl')).toBe('seen\n')
  for (const status of [1, 3]) {
    const found = runCron(status)
    const evidence = join(found.root, 'var/lib/tlspolicy-evidence/evidence.jsonl')
    const told = `${join(found.root, 'srv/policies')}\nrecheck --evidence ${evidence}\n`
    expect(found).toMatchObject({ status: 0, stdout: told, stderr: '' })
    expect(found.read('recheck.txt')).toBe(told)
  }
})

test('without the clone, cron mails why, and no old result', () => {
  const { stdout, stderr, status } = runCron(0, false)
  expect({ stdout, status }).toEqual({ stdout: '', status: 2 })
  expect(stderr).toContain('/srv/policies')
})

/** The keys of each section, by the file that the comment before them names. */
function readUnits(text: string): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const units: Record<string, Record<string, string>> = {}
  let [file, section] = ['', '']
  for (const line of text.split('\n')) {
    const [, named] = /^# \/etc\/systemd\/system\/(\S+)$/.exec(line) ?? []
    const [, head] = /^\[(\w+)\]$/.exec(line) ?? []
    const [, key, value] = /^(\w+)=(.+)$/.exec(line) ?? []
    if (named) file = named
    else if (head) section = `${file} ${head}`
    else if (key && value) units[section] = { ...units[section], [key]: value }
    else if (!line.startsWith('# ')) expect(line, 'a line of a unit').toBe('')
  }
  return units
}

test('the units of systemd run the same command, at the same hour, and take status 1 for a success', () => {
  const [, text = ''] = /```ini\n([\s\S]*?)\n```/.exec(part) ?? []
  const units = readUnits(text)
  expect(Object.keys(units)).toEqual([
    'tlspolicy-recheck.service Unit',
    'tlspolicy-recheck.service Service',
    'tlspolicy-recheck.timer Timer',
    'tlspolicy-recheck.timer Install',
  ])
  const service = units['tlspolicy-recheck.service Service']
  const [, folder, run] = /^cd (\S+) && \{ (.*?) >/.exec(command) ?? []
  expect(service).toMatchObject({ Type: 'oneshot', WorkingDirectory: folder, User: user })
  expect(service?.ExecStart).toBe(`/usr/bin/env ${run}`)
  expect(service?.SuccessExitStatus).toBe('1')
  expect(run).toContain(`/var/lib/${service?.StateDirectory}/`)
  const [minute, hour] = times.split(' ').map(time => time.padStart(2, '0'))
  expect(units['tlspolicy-recheck.timer Timer']?.OnCalendar).toBe(`*-*-* ${hour}:${minute}`)
  expect(units['tlspolicy-recheck.timer Install']).toEqual({ WantedBy: 'timers.target' })
})

const needs = [
  { name: 'systemd-analyze', shell: 'command -v systemd-analyze', packages: ['systemd'] },
]

describeWith(needs, 'systemd', () => {
  test('takes every unit of the README without a word', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tlspolicy-units-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const blocks = [...readme.matchAll(/```ini\n([\s\S]*?)```/g)].map(([, text = '']) => text)
    const units = blocks.flatMap(text => text.split(/^(?=# \/etc\/systemd)/m))
    const names = units.map(unit => {
      const name = /^# \/etc\/systemd\/system\/(\S+)$/m.exec(unit)?.[1] ?? ''
      // Whether the tool itself is installed here is another matter.
      writeFileSync(join(folder, name), unit.replaceAll('/usr/local/bin/tlspolicy', '/bin/true'))
      return join(folder, name)
    })
    expect(names.length).toBeGreaterThan(5)
    const env = { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:` }
    const options = { env, encoding: 'utf8' } as const
    const { stdout, stderr } = spawnSync(
      'systemd-analyze',
      ['verify', '--man=no', ...names],
      options,
    )
    expect(`${stdout}${stderr}`.split('\n').filter(line => line.includes('tlspolicy'))).toEqual([])
  })
})
