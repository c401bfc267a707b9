import { expect, test } from 'vitest'
import type { Diagnostic } from '../../src/check/diagnostic.ts'
import type { TestRepository } from './repository.ts'
import { makeRepository } from './repository.ts'

const text = `destination: partner.example
policy: may
parameters: { protocols: "!TLSv1.3" }
justification: TODO
review_date: 2026-11-10
owner: mail-team@example.org
`
const far = text.replace('2026-11-10', '2027-09-30')

/** `error rule file`, for each diagnostic of the strict rules. */
async function found({ tlspolicy }: TestRepository, ...argv: readonly string[]) {
  const { stdout } = await tlspolicy('check', '--format', 'json', ...argv)
  const { diagnostics } = JSON.parse(stdout) as { readonly diagnostics: readonly Diagnostic[] }
  return diagnostics.map(({ severity, rule, file }) => `${severity} ${rule} ${file}`).toSorted()
}

const since = (repository: TestRepository) => found(repository, '--changed-since', 'main')

const strict = (severity: string, file = 'policies/a.yaml') =>
  ['overdue', 'protocols-no-floor', 'thin-justification'].map(rule => `${severity} ${rule} ${file}`)

function branch(files: Readonly<Record<string, string | null>>): TestRepository {
  const repository = makeRepository()
  repository.commit(files)
  repository.git('switch', '--quiet', '--create', 'topic')
  return repository
}

test('a new override is judged strictly', async () => {
  const repository = branch({ 'b.yaml': text.replace('partner', 'other') })
  repository.write({ 'a.yaml': text })
  expect(await since(repository)).toEqual([
    ...strict('error'),
    ...strict('warning', 'policies/b.yaml'),
  ])
  expect((await repository.tlspolicy('check')).status).toBe(0)
  expect((await repository.tlspolicy('check', '--changed-since', 'main')).status).toBe(1)
})

test('rules that are not strict stay warnings', async () => {
  const repository = branch({ 'b.yaml': text.replace('partner', 'other') })
  repository.write({ 'a.yaml': text.replace('2026-11-10', '2026-11-28') })
  expect(await since(repository)).toContain('warning on-weekend policies/a.yaml')
})

test.each([
  ['policy', 'policy: may', 'policy: encrypt'],
  ['parameter', '"!TLSv1.3"', '"!TLSv1.3:!TLSv1"'],
  ['destination', 'partner.example', 'partner2.example'],
  ['list of destinations', 'partner.example', '[partner.example, more.example]'],
  ['review date', '2026-11-10', '2026-11-11'],
  ['justification', 'TODO', 'todo'],
])('an override is touched by another %s', async (_name, from, to) => {
  const repository = branch({ 'a.yaml': text })
  repository.write({ 'a.yaml': text.replace(from, to) })
  expect(await since(repository)).toEqual(strict('error'))
})

test('switching an override on or off touches it', async () => {
  const repository = branch({ 'a.yaml': `${text}active: false\n` })
  repository.write({ 'a.yaml': text })
  expect(await since(repository)).toEqual(strict('error'))
  repository.commit({})
  repository.write({ 'a.yaml': `${text}active: false\n` })
  const off = await found(repository, '--changed-since', 'topic')
  expect(off).toEqual(strict('error').filter(line => !line.includes('overdue')))
})

test.each([
  ['nothing', 'x', 'x'],
  ['other line ends', '\n', '\r\n'],
  ['a comment', 'policy: may', 'policy: may # for now'],
  ['another order of its fields', 'policy: may\n', ''],
  ['another owner', 'mail-team', 'other-team'],
])('an override is not touched by %s', async (_name, from, to) => {
  const repository = branch({ 'a.yaml': text })
  const after = text.replaceAll(from, to)
  repository.write({ 'a.yaml': after.includes('policy') ? after : `policy: may\n${after}` })
  expect(await since(repository)).toEqual(strict('warning'))
})

test('a move does not touch an override, and one with a change does', async () => {
  const repository = branch({ 'old.yaml': text })
  repository.write({ 'old.yaml': null, 'a.yaml': text })
  expect(await since(repository)).toEqual(strict('warning'))
  repository.write({ 'a.yaml': text.replace('may', 'encrypt') })
  expect(await since(repository)).toEqual(strict('error'))
})

test('a file that changes places with another, or whose old name is used again, is not touched', async () => {
  const other = text.replace('partner', 'b')
  const repository = branch({ 'a.yaml': text, 'b.yaml': other })
  repository.write({ 'a.yaml': other, 'b.yaml': text })
  expect(await since(repository)).toEqual(
    [...strict('warning', 'policies/a.yaml'), ...strict('warning', 'policies/b.yaml')].toSorted(),
  )
  const fresh = text.replace('partner', 'new')
  repository.write({ 'a.yaml': fresh, 'b.yaml': other, 'c.yaml': text })
  expect(await since(repository)).toEqual(
    [
      ...strict('error', 'policies/a.yaml'),
      ...strict('warning', 'policies/b.yaml'),
      ...strict('warning', 'policies/c.yaml'),
    ].toSorted(),
  )
})

test('a copy beside the file is new', async () => {
  const repository = branch({ 'old.yaml': text })
  repository.write({ 'a.yaml': text })
  const lines = await since(repository)
  expect(lines).toEqual(expect.arrayContaining(strict('error')))
  expect(lines).toEqual(expect.arrayContaining(strict('warning', 'policies/old.yaml')))
})

const isFar = (lines: readonly string[]) => lines.filter(line => line.includes('too-far-ahead'))
const tooFar = ['error too-far-ahead policies/a.yaml']

test('a date too far ahead counts where it is new or moved', async () => {
  const repository = branch({ 'a.yaml': far })
  expect(isFar(await found(repository))).toEqual(['warning too-far-ahead policies/a.yaml'])
  expect(isFar(await since(repository))).toEqual([])
  repository.write({ 'a.yaml': far.replace('TODO', 'todo') })
  expect(isFar(await since(repository))).toEqual([])
  repository.write({ 'a.yaml': far.replace('09-30', '09-29') })
  expect(isFar(await since(repository))).toEqual(tooFar)
  repository.write({ 'a.yaml': far, 'b.yaml': far.replace('partner', 'other') })
  expect(isFar(await since(repository))).toEqual(['error too-far-ahead policies/b.yaml'])
})

test('a date stands for the decision that it was chosen for', async () => {
  const stronger = far.replace('policy: may', 'policy: dane-only').replace(/parameters.*\n/, '')
  const repository = branch({ 'a.yaml': stronger })
  expect(isFar(await found(repository))).toEqual([])
  repository.write({ 'a.yaml': stronger.replace('dane-only', 'may') })
  expect(isFar(await since(repository))).toEqual(tooFar)
})

test('what a branch behind its base lacks is no change of its own', async () => {
  const repository = branch({ 'a.yaml': text })
  repository.git('switch', '--quiet', 'main')
  repository.commit({ 'a.yaml': text.replace('may', 'encrypt') })
  repository.git('switch', '--quiet', 'topic')
  expect(await since(repository)).toEqual(strict('warning'))
})

test('what is committed meanwhile counts at once', async () => {
  const repository = branch({})
  repository.env.XDG_CACHE_HOME = repository.path
  repository.commit({ 'a.yaml': text })
  expect(await since(repository)).toEqual(strict('error'))
  expect(await found(repository)).toEqual(strict('warning'))
  expect(await found(repository, '--changed-since', 'topic')).toEqual(strict('warning'))
  expect(await since(repository)).toEqual(strict('error'))
})

test('a commit that is not there is a failure', async () => {
  const { status, stderr } = await branch({ 'a.yaml': text }).tlspolicy(
    'check',
    '--changed-since',
    'nowhere',
  )
  expect(status).toBe(3)
  expect(stderr).toContain('there is no commit "nowhere"')
})
