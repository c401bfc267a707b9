import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { files } from '../register/forms/team.ts'
import { complete } from '../review/sides.ts'
import type { TestRepository } from './repository.ts'
import { makeRepository } from './repository.ts'

/** A repository with one override of each sort, committed. */
function makeTeam(): TestRepository {
  const repository = makeRepository()
  repository.commit(files)
  return repository
}

const json = async (repository: TestRepository, ...argv: readonly string[]) => {
  const { stdout, stderr } = await repository.tlspolicy('report', '--format', 'json', ...argv)
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

test('the history says since when an override stands, and how often it was extended', async () => {
  const repository = makeTeam()
  const later = files['broken-dane.yaml']?.replace('2026-11-03', '2026-11-10') ?? ''
  repository.commit({ 'broken-dane.yaml': later })
  repository.write({ 'new.yaml': complete('destination: new.example\npolicy: may') })
  const { overrides } = await json(repository)
  const named = (name: string) =>
    overrides.find(({ file }: { readonly file: string }) => file === `policies/${name}.yaml`)
  const origin = { since: '2026-11-20', ageDays: 2, extensions: 1, historyKnown: 'git' }
  expect(named('broken-dane')).toMatchObject({ ...origin, written: { author: 'Ann' } })
  expect(named('new')).toMatchObject({ historyKnown: 'uncommitted', since: null })
})

test('a repository without a commit, and a folder outside of Git, are reported too', async () => {
  const repository = makeRepository()
  repository.write(files)
  expect((await json(repository)).counts.overdue).toBe(1)
  rmSync(join(repository.path, '.git'), { recursive: true })
  expect((await json(repository)).overrides[0].historyKnown).toBe('none')
})

test.each([
  ['2026-11-22', 'overdue', 1],
  ['2026-11-22', 'due', 1],
  ['2026-11-01', 'overdue', 0],
  ['2026-11-01', 'due', 1],
  ['2027-01-01', 'due', 1],
  ['2026-09-01', 'due', 0],
])('on %s --fail-on %s ends with status %i', async (day, failOn, status) => {
  const repository = makeTeam()
  const argv = ['report', '--as-of', day, '--fail-on', failOn]
  expect(await repository.tlspolicy(...argv)).toMatchObject({ status, stderr: '' })
})

test('without --fail-on the status is 0, whatever is overdue', async () => {
  expect(await makeTeam().tlspolicy('report')).toMatchObject({ status: 0, stderr: '' })
})

test('an inactive override fails nothing', async () => {
  const repository = makeRepository()
  repository.commit({ 'off.yaml': files['off.yaml'] ?? '' })
  const { status, stdout } = await repository.tlspolicy('report', '--fail-on', 'due')
  expect(status).toBe(0)
  expect(stdout).toContain('inactive')
})

test.each(['text', 'markdown', 'html', 'json', 'ics', 'metrics', 'mail'])(
  '%s is the same on a second run, and the same in a file',
  async format => {
    const repository = makeTeam()
    const first = await repository.tlspolicy('report', '--format', format)
    expect(first.status).toBe(0)
    expect(first.stdout).toContain('broken-dane.example')
    expect(await repository.tlspolicy('report', '--format', format)).toEqual(first)
    const written = await repository.tlspolicy('report', '--format', format, '-o', 'out/report')
    expect(written.stdout).toMatch(/^wrote out\/report: 1 overdue \(1 beyond grace\), 2 due, /)
    expect(readFileSync(join(repository.path, 'out/report'), 'utf8')).toBe(first.stdout)
  },
)

test('a calendar is refused in a young clone, and the other forms say what they miss', async () => {
  const repository = makeTeam()
  repository.commit({ 'more.yaml': complete('destination: more.example\npolicy: may') })
  const head = repository.git('rev-parse', 'HEAD')
  writeFileSync(join(repository.path, '.git/shallow'), `${head}\n`)
  const { status, stdout, stderr } = await repository.tlspolicy('report', '--format', 'ics')
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
  expect(stderr).toContain('git fetch --unshallow (in a workflow: fetch-depth: 0)')
  expect((await repository.tlspolicy('report')).stdout).toMatch(/git fetch\s+--unshallow/)
  expect((await json(repository)).overrides[0].since).toBe(null)
})

test('what cannot be read is missing, and that is said', async () => {
  const repository = makeTeam()
  repository.write({ 'broken.yaml': 'destination: [' })
  const { status, stdout, stderr } = await repository.tlspolicy('report')
  expect(status).toBe(0)
  expect(stdout).toContain('broken-dane.example')
  expect(stderr).toContain('see tlspolicy check')
})

test.each([
  ['text', /1 unread and\s+missing here/],
  ['markdown', /1 unread and missing here/],
  ['html', /1 file cannot be read and is missing here/],
  ['json', /"unread": 1/],
  ['metrics', /^tlspolicy_unread_files 1$/m],
])('%s itself says that a file is missing', async (format, words) => {
  const repository = makeRepository()
  repository.write({ 'broken.yaml': 'destination: [' })
  const { stdout } = await repository.tlspolicy('report', '--format', format)
  expect(stdout).toMatch(words)
  expect(stdout).not.toMatch(/nothing is due|No override is active/)
})

test('on a day before an override was written, nothing says that it has stood for -21 days', async () => {
  for (const format of ['text', 'markdown', 'html']) {
    const argv = ['--format', format, '--as-of', '2026-10-30'] as const
    const { stdout } = await makeTeam().tlspolicy('report', ...argv)
    expect(stdout).toContain('2026-11-20')
    expect(stdout).not.toMatch(/[-−]\d+ days/)
  }
})

test('the time of the metrics is that of the clock, not of the report', async () => {
  const { stdout } = await makeTeam().tlspolicy(
    'report',
    '--format',
    'metrics',
    '--as-of',
    '2020-01-01',
  )
  expect(stdout).toContain(` ${Date.parse('2026-11-22T12:00:00Z') / 1000}\n`)
})

/** A stand-in for sendmail that keeps what it is given; it fails at the message with this number. */
function putSendmail(repository: TestRepository, failing = 0): () => string {
  const folder = mkdtempSync(join(tmpdir(), 'tlspolicy-sendmail-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const script = `#!/bin/sh
cd '${folder}'
echo "$*" >> args
test "$(wc -l < args)" -ne ${failing} || { cat > /dev/null; echo "postdrop: warning: no space" >&2; exit 75; }
cat >> mails
`
  mkdirSync(join(folder, 'bin'))
  writeFileSync(join(folder, 'bin/sendmail'), script)
  chmodSync(join(folder, 'bin/sendmail'), 0o755)
  repository.env.PATH = `bin:${join(folder, 'bin')}:${process.env.PATH}`
  return () =>
    `${readFileSync(join(folder, 'args'), 'utf8')}${readFileSync(join(folder, 'mails'), 'utf8')}`
}

const forBob = complete('destination: b.example\npolicy: may\nowner: bob@example.org')

test('--send hands each message to sendmail, and says how many', async () => {
  const repository = makeTeam()
  repository.write({ 'bob.yaml': forBob })
  const sent = putSendmail(repository)
  const result = await repository.tlspolicy('report', '--format', 'mail', '--send')
  expect(result).toMatchObject({ status: 0, stdout: 'sent 2 messages\n' })
  expect(result.stderr).toBe(
    '1 override due without a message, since the owner has no e-mail address\n',
  )
  expect(sent()).toMatch(/^-t -i\n-t -i\n/)
  expect(sent().match(/^To: .*/gm)).toEqual(['To: mail-team@example.org', 'To: bob@example.org'])
  expect(sent()).not.toMatch(/^From /m)
})

test('a sendmail that fails is told, with what was sent before', async () => {
  const repository = makeTeam()
  repository.write({ 'bob.yaml': forBob })
  const sent = putSendmail(repository, 2)
  const { status, stdout, stderr } = await repository.tlspolicy(
    'report',
    '--format',
    'mail',
    '--send',
  )
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
  expect(stderr).toMatch(
    /did not take a message: postdrop: warning: no space; 1 of 2 messages were/,
  )
  expect(sent()).toContain('mail-team@example.org')
})

test.each([
  ['--send', '--format mail --send'],
  ['--send --format html', '--format mail --send'],
  ['--send --format mail -o mails', 'choose one'],
  ['--format yaml', 'Allowed choices'],
  ['--fail-on current', 'Allowed choices'],
])('report %s is wrong usage', async (line, said) => {
  const { status, stdout, stderr } = await makeTeam().tlspolicy('report', ...line.split(' '))
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toContain(said)
})
