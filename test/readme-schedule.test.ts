import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
const part = /\n## Still needed\?\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? ''

/** What cron(8) hands to the shell, from a line of /etc/cron.d: five times, a user, a command. */
const [, times = '', command = ''] = /```\n((?:[\d*]+ ){5})\w+ (.*)\n```/.exec(part) ?? []

/** Runs the line as cron does, where tlspolicy writes evidence and ends as it is told. */
function runCron(status: number) {
  const root = mkdtempSync(join(tmpdir(), 'tlspolicy-cron-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const folder of ['bin', 'srv/policies', 'var/lib/tlspolicy'])
    mkdirSync(join(root, folder), { recursive: true })
  const tool = join(root, 'bin/tlspolicy')
  writeFileSync(tool, `#!/bin/sh\npwd\necho "$*"\necho seen >> "$3"\nexit ${status}\n`)
  chmodSync(tool, 0o755)
  const line = command.replaceAll(/(?<= |>)\/(?=srv|var)/g, `${root}/`)
  const env = { PATH: `${join(root, 'bin')}:/usr/bin:/bin` }
  const ran = spawnSync('sh', ['-c', line], { cwd: '/', env, encoding: 'utf8' })
  const read = (name: string) => readFileSync(join(root, 'var/lib/tlspolicy', name), 'utf8')
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
    const evidence = join(found.root, 'var/lib/tlspolicy/evidence.jsonl')
    const told = `${join(found.root, 'srv/policies')}\nrecheck --evidence ${evidence}\n`
    expect(found).toMatchObject({ status: 0, stdout: told, stderr: '' })
    expect(found.read('recheck.txt')).toBe(told)
  }
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
    else expect(line, 'a line of a unit').toBe('')
  }
  return units
}

test('the units of systemd run the same command, at the same hour, and take status 1 for a success', () => {
  const [, text = ''] = /```ini\n([\s\S]*?)\n```/.exec(part) ?? []
  const units = readUnits(text)
  expect(Object.keys(units)).toEqual([
    'tlspolicy-recheck.service Service',
    'tlspolicy-recheck.timer Timer',
    'tlspolicy-recheck.timer Install',
  ])
  const service = units['tlspolicy-recheck.service Service']
  const [, folder, run] = /^cd (\S+) && (.*?) >/.exec(command) ?? []
  expect(service).toMatchObject({ Type: 'oneshot', WorkingDirectory: folder, ExecStart: run })
  expect(service?.SuccessExitStatus).toBe('1')
  expect(run).toContain(`/var/lib/${service?.StateDirectory}/`)
  const [minute, hour] = times.split(' ').map(time => time.padStart(2, '0'))
  expect(units['tlspolicy-recheck.timer Timer']?.OnCalendar).toBe(`*-*-* ${hour}:${minute}`)
  expect(units['tlspolicy-recheck.timer Install']).toEqual({ WantedBy: 'timers.target' })
})
