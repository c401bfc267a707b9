import { expect, test } from 'vitest'
import type { PullRequest } from './pull-request.ts'
import { before, makePullRequest, override } from './pull-request.ts'
import type { GitHub, Outcome } from './run-action.ts'
import { runAction } from './run-action.ts'

const marker = '<!-- tlspolicy policies -->'
const weaker = { 'other.yaml': override('other.example', 'may') }
const elsewhere = { '../notes.txt': 'Nothing about mail.' }

const withComment = ({ workspace, event }: PullRequest, github: GitHub = {}): Outcome =>
  runAction({ workspace, event, github })

const withoutComment = (
  { workspace, event }: PullRequest,
  inputs: Readonly<Record<string, string>> = {},
): Outcome => runAction({ workspace, event, inputs: { comment: 'false', ...inputs } })

test('a change is told in the summary and in one new comment', () => {
  const outcome = withComment(makePullRequest({ files: weaker }))
  expect(outcome).toMatchObject({ status: 0, ran: ['compare', 'review', 'comment'] })
  expect(outcome.summary).toMatch(/^### TLS policy overrides: 1 change \(1 weaker\)\n/)
  expect(outcome.comments.map(({ body }) => body)).toEqual([`${marker}\n${outcome.summary.trim()}`])
})

test('a fork gets the summary and a notice, and the job does not fail', () => {
  const pull = makePullRequest({ files: weaker, event: 'fork' })
  const refusesWriting = 'Resource not accessible by integration'
  const outcome = withComment(pull, { refusesWriting })
  expect(outcome).toMatchObject({ status: 0, comments: [] })
  expect(outcome.summary).toContain('1 weaker')
  expect(outcome.log).toMatch(/^::notice title=tlspolicy::the token of a fork may not comment; /m)
})

test('a pull request that leaves the overrides alone ends early, with a clear line', () => {
  const outcome = withComment(makePullRequest({ files: elsewhere }))
  expect(outcome).toMatchObject({ status: 0, ran: ['compare', 'comment'], comments: [] })
  expect(outcome.log).toMatch(/^Nothing in policies differs from [\da-f]{40}: mail is treated as/)
  expect(outcome.summary).toMatch(/^### TLS policy overrides: no changes\n/)
})

test('a comment on changes that are gone is corrected', () => {
  const stale = { id: 'IC_1', body: `${marker}\n1 change (1 weaker)`, viewerDidAuthor: true }
  const outcome = withComment(makePullRequest({ files: elsewhere }), { comments: [stale] })
  const body = `${marker}\n${outcome.summary.trim()}`
  expect(outcome.comments).toEqual([{ ...stale, body }])
})

test('an error is annotated, told in the comment, and fails the job at the end', () => {
  const outcome = withComment(
    makePullRequest({ files: { 'a.yaml': override('"*.example"', 'may') } }),
  )
  expect(outcome).toMatchObject({ status: 1, ran: ['compare', 'review', 'comment', 'end'] })
  expect(outcome.log).toMatch(/^::error file=policies\/a.yaml,.*title=destination-wildcard::/m)
  expect(outcome.log).toMatch(/^::error title=tlspolicy::there are errors in the overrides/m)
  expect(outcome.summary).toMatch(/^\*\*Not ready to be merged:\*\*/)
  expect(outcome.comments[0]?.body).toBe(`${marker}\n${outcome.summary.trim()}`)
})

const old = override('old.example', 'may', 'review_date: 2026-11-01')

test('the check is strict with what the pull request changes', () => {
  const outcome = withoutComment(makePullRequest({ files: { 'old.yaml': old } }))
  expect(outcome.log).toMatch(/^::error file=policies\/old.yaml,.*title=overdue::/m)
  expect(outcome.status).toBe(1)
})

test('what others merged meanwhile is neither told nor judged as a change of this one', () => {
  const pull = makePullRequest({ files: weaker, meanwhile: { 'old.yaml': old } })
  const outcome = withoutComment(pull)
  expect(outcome.status).toBe(0)
  expect(outcome.summary).toContain('1 change (1 weaker)')
  expect(outcome.log).toMatch(/^::warning file=policies\/old.yaml,.*title=overdue::/m)
})

test('a merge queue gets the same check, and no comment', () => {
  const pull = makePullRequest({ files: { 'old.yaml': old } })
  const sha = (ref: string) => pull.repository.git('rev-parse', ref)
  const outcome = runAction({
    workspace: pull.workspace,
    eventName: 'merge_group',
    event: { merge_group: { base_sha: sha('HEAD^1'), head_sha: sha('HEAD') } },
  })
  expect(outcome).toMatchObject({ status: 1, calls: [] })
  expect(outcome.ran).not.toContain('comment')
  expect(outcome.log).toMatch(/^::error file=policies\/old.yaml,.*title=overdue::/m)
})

test('a checkout of the branch itself is compared with where it began', () => {
  const pull = makePullRequest({ files: weaker, meanwhile: { 'old.yaml': old } })
  pull.repository.git('checkout', '--quiet', 'change')
  expect(withoutComment(pull, { base: 'main' }).summary).toContain('1 change (1 weaker)')
  const other = makePullRequest({ files: elsewhere, meanwhile: { 'old.yaml': old } })
  other.repository.git('checkout', '--quiet', 'change')
  expect(withoutComment(other, { base: 'main' }).ran).toEqual(['compare'])
})

test('fail-on fails the job at the end, for such changes alone', () => {
  const pull = makePullRequest({ files: weaker })
  const outcome = withoutComment(pull, { 'fail-on': 'weaker' })
  expect(outcome).toMatchObject({ status: 1, ran: ['compare', 'review', 'end'] })
  expect(outcome.log).toMatch(
    /^::error title=tlspolicy::the change is of a sort that fail-on names/m,
  )
  expect(withoutComment(pull, { 'fail-on': 'stops' }).status).toBe(0)
})

test('a tool that could not work is told, and fails the job', () => {
  const pull = makePullRequest({ files: weaker })
  const outcome = withoutComment(pull, { 'fail-on': 'weeker' })
  expect(outcome.status).toBe(1)
  expect(outcome.summary).toContain('What this pull request does to mail could not be found out.')
  const noFolder = makePullRequest({ files: elsewhere })
  expect(withoutComment(noFolder, { policies: 'notes.txt' })).toMatchObject({
    status: 1,
    summary: expect.stringMatching(/^\*\*The overrides could not be checked\.\*\*/),
  })
})

test('the removal of the last override, and with it of the folder, is told', () => {
  const gone = makePullRequest({ files: { ...elsewhere, 'other.yaml': null } })
  expect(withoutComment(gone)).toMatchObject({
    status: 0,
    summary: expect.stringMatching(/^### TLS policy overrides: 1 change \(1 mixed\)\n/),
  })
})

test('another folder, base and event than those of a pull request', () => {
  const files = { '../mail/tls/new.yaml': override('new.example', 'may') }
  const { workspace } = makePullRequest({ files })
  const job = { workspace, event: {}, eventName: 'push' }
  const outcome = runAction({ ...job, inputs: { policies: 'mail/tls', base: 'main' } })
  expect(outcome).toMatchObject({ status: 0, ran: ['compare', 'review'], calls: [] })
  expect(outcome.summary).toContain('new.example')
  const option = runAction({ ...job, inputs: { base: '--output=x' } })
  expect(option.log).toContain('is not in this clone')
  expect(runAction(job).log).toContain('this is no pull request; name the commit')
})

test('a shallow clone is refused with what to write', () => {
  const { workspace, event, repository } = makePullRequest({ files: weaker })
  const shallow = `${workspace}/shallow`
  repository.git('clone', '--quiet', '--depth', '1', `file://${workspace}`, shallow)
  const outcome = runAction({ workspace: shallow, event })
  expect(outcome).toMatchObject({ status: 1, ran: ['compare'] })
  expect(outcome.log).toMatch(
    /^::error title=tlspolicy::this clone is too shallow.*"fetch-depth: 0"/,
  )
})

test('hostile names, titles and texts are never run, and start no command and no comment', () => {
  const said =
    '::error::planted\n\n  <!-- tlspolicy policies --> <img src=x> @everyone $(touch pwned)'
  const more = `justification: |-\n  ${said}`
  const pull = makePullRequest({
    branch: `x;touch\${IFS}pwned;$(touch\${IFS}pwned)\`touch\${IFS}pwned\``,
    title: '$(touch pwned) `touch pwned` "; touch pwned #',
    files: {
      '$(touch pwned);.yaml': override('evil.example', 'may', more),
      '::error::x.yaml': override('planted.example', '"::error::planted"'),
    },
    event: 'fork',
  })
  const { status, log, summary, comments } = withComment(pull)
  expect(status).toBe(1)
  expect(pull.repository.git('status', '--porcelain')).toBe('')
  const commands = log.split('\n').filter(line => line.startsWith('::'))
  const own = /^::(?:error|warning|notice) (?:file=policies\/[^:]*,title=[a-z-]+|title=tlspolicy)::/
  expect(commands.length).toBeGreaterThan(1)
  expect(commands.filter(line => !own.test(line))).toEqual([])
  expect(summary).toContain('evil.example')
  expect(summary.replaceAll(/`[^`\n]*`|``.*``/g, '')).not.toMatch(/<img|<!--|@everyone/)
  expect(comments).toHaveLength(1)
  expect(log).not.toContain('### TLS policy overrides')
})

test('a comment on more changes than fit stays under what GitHub takes', () => {
  const names = Array.from({ length: 120 }, (_, index) => `recipient-${index}`)
  const reasonFor = (name: string) => `justification: ${name} ${'äöü ß '.repeat(300)}.`
  const files = names.map(name => [
    `${name}.yaml`,
    override(`${name}.example`, 'may', reasonFor(name)),
  ])
  const pull = makePullRequest({ files: { ...Object.fromEntries(files), ...before } })
  const { comments } = withComment(pull)
  const [comment] = comments
  expect(comment?.body.length).toBeGreaterThan(20_000)
  expect(comment?.body.length).toBeLessThan(65_536)
  expect(comment?.body).toContain('not fit here')
})
