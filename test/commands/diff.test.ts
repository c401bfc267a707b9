import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { run } from '../../src/cli.ts'
import { unknownHistory } from '../../src/review/history.ts'
import { complete } from '../review/sides.ts'
import type { Result, TestRepository } from './repository.ts'
import { makeRepository } from './repository.ts'

const override = (name: string, policy: string) =>
  complete(`destination: ${name}\npolicy: ${policy}`)
const may = override('partner.example', 'may')
const encrypt = override('other.example', 'encrypt')

interface Json {
  readonly base: string
  readonly head: string | null
  readonly digest: string | null
  readonly baselineChanged: { readonly verdict: string } | null
  readonly changes: readonly {
    readonly change: string
    readonly destination: string
    readonly verdict: string
  }[]
}

async function diffOf({ tlspolicy }: TestRepository, ...argv: readonly string[]): Promise<Json> {
  const { status, stdout, stderr } = await tlspolicy('diff', ...argv, '--format', 'json')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return JSON.parse(stdout)
}

const summary = ({ changes }: Json) =>
  changes.map(({ change, destination, verdict }) => `${change} ${destination} ${verdict}`)

test('the working tree is compared with a commit, untracked files and all', async () => {
  const repository = makeRepository()
  const base = repository.commit({ 'other.yaml': encrypt })
  repository.write({ 'new.yaml': may, 'other.yaml': null })
  const json = await diffOf(repository, 'main')
  expect(json).toMatchObject({ base, head: null })
  expect(summary(json)).toEqual(['added partner.example weaker', 'removed other.example mixed'])
})

test('the digest is that of the table which compile makes', async () => {
  const repository = makeRepository()
  repository.commit({ 'other.yaml': encrypt })
  repository.write({ 'new.yaml': may })
  const { digest } = await diffOf(repository)
  expect(digest).toMatch(/^[\da-f]{64}$/)
  expect((await repository.tlspolicy('compile')).stdout).toContain(`sha256:${digest}\n`)
  expect((await repository.tlspolicy('diff')).stdout).toMatch(
    new RegExp(`\nDigest of the table: sha256:${digest}\n$`),
  )
})

test('a change that moves the folder is compared with where the policies were', async () => {
  for (const folder of ['mail/policies', 'tls']) {
    const repository = makeRepository()
    const base = repository.commit({ 'other.yaml': encrypt, '_settings.yaml': 'review: {}\n' })
    repository.git('checkout', '--quiet', '-b', 'move')
    mkdirSync(join(repository.path, 'mail'))
    repository.git('mv', 'policies', folder)
    const at = ['--policies', folder]
    const json = await diffOf(repository, 'main', ...at)
    expect(json).toMatchObject({ base, head: null, movedFrom: 'policies', changes: [] })
    repository.commit({ [`../${folder}/new.yaml`]: may })
    for (const head of [[], ['--head', 'move']]) {
      const json = await diffOf(repository, 'main', ...head, ...at)
      expect(summary(json)).toEqual(['added partner.example weaker'])
      expect((await repository.tlspolicy('diff', 'main', ...head, ...at)).stdout).toContain(
        '; the policies move here from policies, so that whatever compiles or installs them',
      )
    }
    const { stdout } = await repository.tlspolicy('check', '--changed-since', 'main', ...at)
    expect(stdout).toContain('2 overrides')
  }
})

test('a folder that is copied, and not moved, is new', async () => {
  const repository = makeRepository()
  repository.commit({ 'other.yaml': encrypt })
  repository.write({ '../copy/other.yaml': encrypt })
  const json = await diffOf(repository, 'main', '--policies', 'copy')
  expect(json).not.toHaveProperty('movedFrom')
  expect(summary(json)).toEqual(['added other.example mixed'])
})

test('a folder that keeps an override has not moved', async () => {
  const repository = makeRepository()
  repository.commit({ 'other.yaml': encrypt, 'partner.yaml': may })
  mkdirSync(join(repository.path, 'production'))
  repository.git('mv', 'policies/other.yaml', 'production')
  const at = ['--policies', 'production']
  const working = await diffOf(repository, 'main', ...at)
  repository.git('branch', 'start')
  repository.commit({})
  for (const json of [working, await diffOf(repository, 'start', '--head', 'main', ...at)]) {
    expect(json).not.toHaveProperty('movedFrom')
    expect(summary(json)).toEqual(['added other.example mixed'])
  }
})

test('files of another kind are no overrides that moved, even with the same name', async () => {
  const repository = makeRepository()
  repository.commit({ '../pods/partner.yaml': 'kind: Pod\n', '../pods/other.yaml': 'kind: Pod\n' })
  repository.write({ '../pods/partner.yaml': null, 'partner.yaml': may })
  const json = await diffOf(repository, 'main')
  expect(json).toMatchObject({ unread: [] })
  expect(json).not.toHaveProperty('movedFrom')
})

test('what a sparse checkout leaves out has not moved', async () => {
  const repository = makeRepository()
  repository.commit({ '../staging/partner.yaml': may, '../staging/other.yaml': encrypt })
  repository.git('sparse-checkout', 'set', 'policies')
  repository.write({ 'partner.yaml': may })
  const json = await diffOf(repository, 'main')
  expect(json).not.toHaveProperty('movedFrom')
  expect(summary(json)).toEqual(['added partner.example weaker'])
})

test.each([
  ['the folder', ['docs']],
  ['a file', ['--no-cone', '/policies/partner.yaml']],
])('where a sparse checkout leaves out %s, nothing is said to be removed', async (_, kept) => {
  const repository = makeRepository()
  repository.commit({ 'partner.yaml': may, 'other.yaml': encrypt, '../docs/a': 'a' })
  repository.git('sparse-checkout', 'set', ...kept)
  for (const argv of [['diff'], ['check', '--changed-since', 'main']]) {
    const { status, stdout, stderr } = await repository.tlspolicy(...argv)
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
    expect(stderr).toMatch(/leaves out "policies\/other.yaml".*git sparse-checkout disable/)
  }
  expect(summary(await diffOf(repository, 'main', '--head', 'main'))).toEqual([])
})

test('a link that takes the place of the folder leads to where it moved', async () => {
  const repository = makeRepository()
  repository.commit({ 'other.yaml': encrypt })
  repository.git('mv', 'policies', 'moved')
  symlinkSync('moved', join(repository.path, 'policies'))
  const json = await diffOf(repository, 'main')
  expect(json).toMatchObject({ movedFrom: 'policies', changes: [] })
})

test('a file that takes the place of the folder hides nothing between two commits', async () => {
  const repository = makeRepository()
  repository.commit({ 'other.yaml': encrypt })
  repository.git('branch', 'start')
  rmSync(join(repository.path, 'policies'), { recursive: true })
  writeFileSync(join(repository.path, 'policies'), 'a file')
  repository.git('add', '--all')
  repository.git('commit', '--quiet', '--message', 'A file')
  const json = await diffOf(repository, 'start', '--head', 'main')
  expect(summary(json)).toEqual(['removed other.example mixed'])
  const { status, stderr } = await repository.tlspolicy('diff', 'start')
  expect({ status, stderr }).toMatchObject({ status: 3, stderr: expect.stringContaining('folder') })
})

test('behind a link to the folder nothing else seems gone', async () => {
  const repository = makeRepository()
  repository.commit({ '../a/b/other/partner.yaml': may, '../a/b/other/other.yaml': encrypt })
  repository.write({ '../a/b/policies/partner.yaml': may })
  symlinkSync('a/b/policies', join(repository.path, 'link'))
  const json = await diffOf(repository, 'main', '--policies', 'link')
  expect(json).not.toHaveProperty('movedFrom')
  expect(summary(json)).toEqual(['added partner.example weaker'])
})

test('two commits are compared, whatever lies in the working tree', async () => {
  const repository = makeRepository()
  const base = repository.commit({ 'other.yaml': encrypt })
  repository.git('switch', '--quiet', '--create', 'topic')
  const head = repository.commit({ 'new.yaml': may })
  repository.git('switch', '--quiet', 'main')
  repository.write({ 'other.yaml': 'destination: [', 'more.yaml': may })
  const json = await diffOf(repository, 'main', '--head', 'topic')
  expect(json).toMatchObject({ base, head })
  expect(summary(json)).toEqual(['added partner.example weaker'])
  expect(json.digest).not.toBe(null)
  repository.write({ 'other.yaml': null, 'more.yaml': null })
  repository.commit({ 'later.yaml': may })
  repository.git('update-ref', 'refs/remotes/origin/main', 'main')
  const implied = await diffOf(repository, '--head', 'topic')
  expect(implied).toMatchObject({ base, head })
})

test('a branch that is behind removes nobody’s override', async () => {
  const repository = makeRepository()
  const base = repository.commit({ 'other.yaml': encrypt })
  repository.git('switch', '--quiet', '--create', 'topic')
  repository.commit({ 'new.yaml': may })
  repository.git('switch', '--quiet', 'main')
  repository.commit({ 'later.yaml': override('later.example', 'may'), 'other.yaml': null })
  repository.git('switch', '--quiet', 'topic')
  for (const argv of [[], ['main'], ['main', '--head', 'topic']]) {
    const json = await diffOf(repository, ...argv)
    expect(json.base).toBe(base)
    expect(summary(json)).toEqual(['added partner.example weaker'])
  }
})

test('GITHUB_BASE_REF names what a pull request is compared with', async () => {
  const repository = makeRepository()
  const base = repository.commit({})
  repository.git('update-ref', 'refs/remotes/origin/release', 'HEAD')
  repository.commit({ 'new.yaml': may })
  repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD')
  repository.env.GITHUB_BASE_REF = 'release'
  const json = await diffOf(repository)
  expect(json.base).toBe(base)
  expect(summary(json)).toEqual(['added partner.example weaker'])
})

test('each side is judged by its own settings, and a change of them is told', async () => {
  const repository = makeRepository()
  const dane = override('partner.example', 'dane')
  repository.commit({ 'a.yaml': dane, '_settings.yaml': 'postfix: { dns_support_level: dnssec }' })
  repository.write({ '_settings.yaml': 'postfix: { dns_support_level: enabled }' })
  const json = await diffOf(repository)
  expect(json.baselineChanged?.verdict).toBe('weaker')
  expect(summary(json)).toEqual(['changed partner.example weaker'])
})

test('line ends, layout and a renamed file are no change for mail', async () => {
  const repository = makeRepository()
  repository.commit({ 'a.yaml': may, 'b.yaml': encrypt })
  repository.write({ 'a.yaml': may.replaceAll('\n', '\r\n'), 'b.yaml': null, 'c/d.yaml': encrypt })
  expect(summary(await diffOf(repository))).toEqual(['moved other.example same'])
  repository.write({ 'a.yaml': `# a remark\n${may}` })
  expect(summary(await diffOf(repository))).toEqual(['moved other.example same'])
})

test('a policies folder that is new is compared with nothing', async () => {
  const repository = makeRepository()
  repository.git('commit', '--quiet', '--allow-empty', '--message', 'Begin')
  repository.write({ 'a.yaml': may })
  expect(summary(await diffOf(repository))).toEqual(['added partner.example weaker'])
})

test('a file that cannot be read counts as absent, and both sides say so', async () => {
  const repository = makeRepository()
  repository.commit({ 'a.yaml': may })
  repository.write({ 'a.yaml': 'destination: [' })
  const { stdout, status } = await repository.tlspolicy('diff')
  expect(status).toBe(0)
  expect(stdout).toContain('policies/a.yaml cannot be read as it is after the change')
  expect(stdout).toContain('override for partner.example removed')
  expect(stdout).toContain('No table can be made of this')
})

const unchanged = {
  'a.yaml': override('partner.example', 'dane'),
  'b.yaml': override('clinic.example', 'dane-only'),
}
const daneOnly = override('partner.example', 'dane-only')

const failing: readonly (readonly [string, string, number, Record<string, string | null>])[] = [
  ['what is weaker', 'weaker', 1, { 'a.yaml': may }],
  ['what is weaker', 'mixed', 0, { 'a.yaml': may }],
  ['what is weaker', 'mixed,weaker', 1, { 'a.yaml': may }],
  ['what is weaker', 'exposes', 1, { 'a.yaml': may }],
  ['what is weaker', 'stops', 0, { 'a.yaml': may }],
  ['what is mixed', 'mixed', 1, { 'a.yaml': override('partner.example', 'encrypt') }],
  ['what is mixed', 'weaker', 1, { 'a.yaml': override('partner.example', 'encrypt') }],
  ['what stops mail', 'stops', 1, { 'a.yaml': daneOnly }],
  ['what stops mail', 'weaker,exposes', 0, { 'a.yaml': daneOnly }],
  [
    'a weaker parameter beside a stronger policy',
    'weaker',
    1,
    { 'a.yaml': `${daneOnly}parameters: { protocols: SSLv3 }` },
  ],
  ['an override that cannot be read any more', 'weaker', 1, { 'b.yaml': 'policy: [' }],
  ['a weaker default', 'weaker', 1, { '_settings.yaml': 'postfix: { default_policy: may }' }],
  ['settings that mail does not feel', 'weaker', 0, { '_settings.yaml': 'require: [ticket]' }],
  ['nothing', 'weaker,mixed,other,stronger,exposes,stops', 0, {}],
]

test.each(failing)(
  '%s, with --fail-on %s, ends with status %i',
  async (_, sorts, status, files) => {
    const repository = makeRepository()
    repository.commit(unchanged)
    repository.write(files)
    expect((await repository.tlspolicy('diff', '--fail-on', sorts)).status).toBe(status)
    expect((await repository.tlspolicy('diff')).status).toBe(0)
  },
)

function expectFailure({ status, stdout, stderr }: Result, words: RegExp) {
  expect(status).toBe(3)
  expect(stdout).toBe('')
  expect(stderr).toMatch(words)
}

test('what cannot be compared is a failure that says what to do', async () => {
  const repository = makeRepository()
  repository.write({ 'a.yaml': may })
  expectFailure(await repository.tlspolicy('diff'), /no commit yet; commit/)
  repository.commit({})
  for (const ref of ['nowhere', '--output=x', '', 'main:policies'])
    expectFailure(await repository.tlspolicy('diff', '--', ref), /write a branch, a tag or a hash/)
  expectFailure(
    await repository.tlspolicy('diff', '--head', 'nowhere'),
    /there is no commit "nowhere".*write a branch, a tag or a hash/,
  )
  expectFailure(await repository.tlspolicy('diff', '--policies', 'nowhere'), /folder/)
  expect((await repository.tlspolicy('diff', '--fail-on', 'weake')).status).toBe(2)
})

test('outside of Git there is nothing to compare with', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'tlspolicy-no-git-'))
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }))
  mkdirSync(join(cwd, 'policies'))
  let stderr = ''
  for (const argv of [['diff'], ['check', '--changed-since', 'main']]) {
    const status = await run(argv, {
      cwd,
      env: { PATH: process.env.PATH },
      stdout: { write: text => expect(text).toBe('nothing') },
      stderr: { write: text => (stderr += text) },
      today: () => '2026-11-22',
      now: () => new Date('2026-11-22T12:00:00Z'),
    })
    expect(status).toBe(3)
  }
  expect(stderr.match(/policies is not in a Git repository/g)).toHaveLength(2)
})

test('Markdown and text tell the same change', async () => {
  const repository = makeRepository()
  repository.commit({})
  repository.write({ 'a.yaml': may })
  const { stdout } = await repository.tlspolicy('diff', '--format', 'markdown')
  expect(stdout).toContain('#### Weaker: new override for `partner.example`')
  expect(stdout).toContain('(`HEAD`)')
  repository.git('branch', 'topic')
  const text = (await repository.tlspolicy('diff', 'topic')).stdout
  expect(text).toContain('weaker: new override for partner.example')
  expect(text).toContain('(topic)')
})

test('the history is that from before the change, and unknown in a shallow clone', async () => {
  const repository = makeRepository()
  repository.commit({ 'old.yaml': may }, 'Let it out (#7)')
  repository.commit({ 'old.yaml': null })
  repository.commit({ 'a.yaml': may })
  repository.commit({ 'a.yaml': may.replace('2026-12-15', '2027-01-15') })
  repository.git('switch', '--quiet', '--create', 'topic')
  repository.commit({ 'a.yaml': may.replace('2026-12-15', '2027-02-15') })
  const { stdout } = await repository.tlspolicy('diff')
  expect(stdout).toContain('review     2027-02-15, 31 days later than before (2027-01-15)\n')
  expect(stdout).toContain('written on 2026-11-20 by Ann\n')
  expect(stdout).toContain('the review date was moved to a later day once before\n')
  expect(stdout).toContain('overridden once before, from 2026-11-20 until 2026-11-20')
  expect(stdout).not.toContain('#7')
  repository.git(
    'clone',
    '--quiet',
    '--depth=2',
    '--branch=topic',
    `file://${repository.path}`,
    'c',
  )
  const shallow = await repository.tlspolicy('diff', 'HEAD~1', '--policies', 'c/policies')
  expect(shallow.stdout.replace(/\s+/g, ' ')).toContain(` history ${unknownHistory}`)
})

test('a change that removes the last file, and with it the folder, is reviewed', async () => {
  const repository = makeRepository()
  repository.commit({ 'a.yaml': may })
  repository.git('checkout', '--quiet', '-b', 'topic')
  repository.commit({ 'a.yaml': null }, 'Remove the last override')
  rmSync(join(repository.path, 'policies'), { recursive: true, force: true })
  for (const argv of [
    ['diff', 'main'],
    ['diff', 'main', '--head', 'topic'],
  ]) {
    const { status, stdout, stderr } = await repository.tlspolicy(...argv, '--format', 'json')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(JSON.parse(stdout).changes).toMatchObject([
      { change: 'removed', file: 'policies/a.yaml', history: { written: { author: 'Ann' } } },
    ])
  }
  const checked = await repository.tlspolicy('check', '--changed-since', 'main')
  expect(checked).toMatchObject({ status: 0, stderr: '' })
  const typo = await repository.tlspolicy('diff', 'main', '--policies', 'polices')
  expect(typo).toMatchObject({ status: 3 })
  expect(typo.stderr).toContain('there is no folder')
})

test('a folder below another that is gone, too, is found in the history', async () => {
  const repository = makeRepository()
  repository.commit({ 'mail/a.yaml': may, '../README': 'text' })
  repository.commit({ 'mail/a.yaml': null })
  rmSync(join(repository.path, 'policies'), { recursive: true, force: true })
  const argv = ['diff', 'HEAD^', '--policies', 'policies/mail', '--format', 'json']
  const { stdout } = await repository.tlspolicy(...argv)
  expect(JSON.parse(stdout).changes).toMatchObject([
    { change: 'removed', file: 'policies/mail/a.yaml', history: { extensions: 0 } },
  ])
})
