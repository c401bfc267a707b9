import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import type { TestRepository } from '../commands/repository.ts'
import { makeRepository } from '../commands/repository.ts'
import { override } from './pull-request.ts'
import type { GitHub, Issue, Outcome } from './run-action.ts'
import { runAction } from './run-action.ts'

const marker = '<!-- tlspolicy report policies -->'

const due = override('due.example', 'may', 'owner: "@hostmaster"')
const overdue = override('overdue.example', 'may', 'review_date: 2026-11-01')
const current = override('current.example', 'dane-only', 'review_date: 2027-03-16')

const anIssue: Issue = {
  id: 'I_1',
  number: 1,
  title: 'TLS policy overrides are due for review',
  body: `${marker}\nAn earlier text`,
  state: 'OPEN',
  viewerDidAuthor: true,
}

/** The whole action on the files of one commit, on 2026-11-22. */
function report(files: Readonly<Record<string, string>>, github: GitHub = {}): Outcome {
  return reportIn(makeRepository(), files, github)
}

function reportIn(
  { path, commit }: TestRepository,
  files: Readonly<Record<string, string | null>>,
  github: GitHub = {},
): Outcome {
  commit(files)
  const job = { workspace: path, event: {}, eventName: 'schedule' }
  return runAction({ ...job, action: 'expiry-report', github })
}

const fileIn = ({ temp }: Outcome, name: string) =>
  readFileSync(join(temp, 'tlspolicy-report', name), 'utf8')

test('what is due is told in the summary, a page, a calendar and an issue', () => {
  const outcome = report({ 'due.yaml': due, 'current.yaml': current })
  expect(outcome).toMatchObject({ status: 0, ran: ['report', 'issue'] })
  expect(outcome.summary).toMatch(/^### TLS policy overrides: 1 due, 1 current\n/)
  expect(outcome.summary).toContain('\ntlspolicy retire due.example\n')
  expect(outcome.summary).toMatch(/\ntlspolicy renew due\.example --until 20/)
  expect(outcome.issues.map(({ body }) => body)).toEqual([`${marker}\n${outcome.summary.trim()}`])
  expect(fileIn(outcome, 'report.html')).toMatch(/^<!doctype html>/i)
  const events = new ICAL.Component(ICAL.parse(fileIn(outcome, 'report.ics')))
  expect(events.getAllSubcomponents('vevent')).toHaveLength(2)
})

test('what is overdue fails the job, after its owners are called', () => {
  const address = override('other.example', 'may', 'owner: mail-team@example.org')
  const outcome = report({ 'due.yaml': due, 'other.yaml': address, 'overdue.yaml': overdue })
  expect(outcome).toMatchObject({ status: 1, ran: ['report', 'issue', 'end'] })
  expect(outcome.log).toMatch(
    /^::error title=tlspolicy::review dates have passed, or files cannot be read; /m,
  )
  expect(outcome.summary).toContain('1 overdue')
  const [issue] = outcome.issues
  // The owner with a login is called, and the one with an address is not.
  expect(issue?.body.replaceAll(/`[^`\n]*`/g, '').match(/@[\w.-]+/g)).toEqual(['@hostmaster'])
  expect(issue?.body).toContain('mail-team@example.org')
})

test('the issue follows what is due from run to run', () => {
  const repository = makeRepository()
  const first = reportIn(repository, { 'due.yaml': due })
  const again = reportIn(repository, {}, first)
  expect(again).toMatchObject({ status: 0, issues: first.issues })
  expect(again.log).toContain('Issue #1 is up to date.')
  const renewed = { 'due.yaml': due.replace('2026-12-15', '2027-01-15') }
  const later = reportIn(repository, renewed, again)
  expect(later.issues.map(({ state }) => state)).toEqual(['CLOSED'])
  expect(later.issues[0]?.body).toContain('nothing is due')
  const next = reportIn(repository, { 'overdue.yaml': overdue }, later)
  expect(next.issues.map(({ state }) => state)).toEqual(['OPEN'])
})

test('an override that cannot be read may be overdue, so that the issue stays and says so', () => {
  const open = [anIssue]
  const broken = report({ 'due.yaml': due.replace('policy: may', 'policy: mya') }, { issues: open })
  expect(broken).toMatchObject({ status: 1, ran: ['report', 'issue', 'end'] })
  expect(broken.issues).toMatchObject([{ state: 'OPEN', number: anIssue.number }])
  expect(broken.issues[0]?.body).toContain('1 unread and missing here')
  expect(broken.log).toMatch(/^::error file=policies\/due.yaml,.*title=unknown-value::/m)
  expect(broken.log).toMatch(
    /^::error title=tlspolicy::.*; there are errors in the overrides, so that/m,
  )
})

test('a tool that could not work is told, and leaves the issue alone', () => {
  const issues = [anIssue]
  const gone = report({ '../notes.txt': 'No policies here.' }, { issues })
  expect(gone).toMatchObject({ status: 1, ran: ['report', 'end'], issues, calls: [] })
  expect(gone.summary).toMatch(/^### TLS policy overrides: unknown\n/)
  expect(gone.log).toMatch(
    /^::error title=tlspolicy::what is due could not be told, .* as markdown, html, ics$/m,
  )
})

test('a shallow clone is refused with what to write', () => {
  const { path, commit, git } = makeRepository()
  commit({ 'due.yaml': due })
  commit({ 'due.yaml': current })
  git('clone', '--quiet', '--depth', '1', `file://${path}`, `${path}/shallow`)
  const job = { workspace: `${path}/shallow`, event: {}, eventName: 'schedule' }
  const outcome = runAction({ ...job, action: 'expiry-report' })
  expect(outcome).toMatchObject({ status: 1, ran: ['report'], issues: [] })
  expect(outcome.log).toMatch(/^::error title=tlspolicy::.*"fetch-depth: 0"/)
})

test('hostile names and texts are never run, and start no command, mention or comment', () => {
  const said =
    '::error::planted\n\n  <!-- tlspolicy --> <img src=x> @everyone $(touch pwned) `touch pwned`'
  const repository = makeRepository()
  const outcome = reportIn(repository, {
    '$(touch pwned);.yaml': override('evil.example', 'may', `justification: |-\n  ${said}`),
    '::error::x.yaml': override('planted.example', '"::error::planted"'),
    'ok.yaml': override('ok.example', 'may', 'ticket: "$(touch pwned) @everyone ::error::planted"'),
  })
  expect(repository.git('status', '--porcelain')).toBe('')
  expect(existsSync(join(repository.path, 'pwned'))).toBe(false)
  expect(readdirSync(outcome.temp)).not.toContain('pwned')
  const commands = outcome.log.split('\n').filter(line => line.startsWith('::'))
  const own = /^::(?:error|warning|notice) (?:file=policies\/[^:]*,title=[a-z-]+|title=tlspolicy)::/
  expect(commands.length).toBeGreaterThan(1)
  expect(commands.filter(line => !own.test(line))).toEqual([])
  expect(outcome.log).not.toContain('### TLS policy overrides')
  const [issue] = outcome.issues
  expect(issue?.body).toContain('evil.example')
  const outside = issue?.body.replace(marker, '').replaceAll(/``.*``|`[^`\n]*`/g, '')
  expect(outside).not.toMatch(/<img|<!--|@everyone/)
})
