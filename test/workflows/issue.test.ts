import { expect, test } from 'vitest'
import type { GitHub, Issue, Outcome } from './run-action.ts'
import { runAction } from './run-action.ts'

const marker = '<!-- tlspolicy report policies -->'
const report = '### TLS policy overrides: 1 due\n\n@hostmaster has something to review.\n'
const title = 'TLS policy overrides are due for review'

/** Only the step that keeps the issue, on a report that is there already. */
const keep = (github: GitHub, state = 'due'): Outcome =>
  runAction({ workspace: '/', action: 'expiry-report', event: {}, report, state, github })

const ours = (number: number, more: Partial<Issue> = {}): Issue => ({
  id: `I_${number}`,
  number,
  title,
  body: `${marker}\n${report.trim()}`,
  state: 'OPEN',
  viewerDidAuthor: true,
  ...more,
})
const stale = { body: `${marker}\nAn earlier text` }

const asked = ({ calls }: Outcome) => calls.map(call => call.asked)
const writes = (outcome: Outcome) => asked(outcome).filter(name => name !== 'issues')

test('where something is due and there is no issue, one is opened', () => {
  const outcome = keep({})
  expect(outcome).toMatchObject({ status: 0, ran: ['issue'], log: 'Issue #1 is opened.\n' })
  expect(writes(outcome)).toEqual(['createIssue'])
  expect(outcome.issues).toEqual([ours(1)])
})

test('an issue with the same text is left alone, even if GitHub gives its line ends as CRLF', () => {
  for (const body of [ours(1).body, ours(1).body.replaceAll('\n', '\r\n')]) {
    const outcome = keep({ issues: [ours(1, { body })] })
    expect(asked(outcome)).toEqual(['issues'])
    expect(outcome.log).toBe('Issue #1 is up to date.\n')
  }
})

test('an issue with another text is updated in place', () => {
  const outcome = keep({ issues: [ours(1, stale)] }, 'overdue')
  expect(writes(outcome)).toEqual(['updateIssue'])
  expect(outcome.issues).toEqual([ours(1)])
  expect(outcome.log).toBe('Issue #1 is updated.\n')
})

test('the issue is closed with the last word when nothing is due any more', () => {
  const outcome = keep({ issues: [ours(1, stale)] }, 'none')
  expect(writes(outcome)).toEqual(['updateIssue'])
  expect(outcome.issues).toEqual([ours(1, { state: 'CLOSED' })])
  expect(outcome.log).toBe('Issue #1 is closed: nothing is due.\n')
})

test('where nothing is due and no issue is open, nothing is written', () => {
  const outcome = keep({ issues: [ours(1, { state: 'CLOSED', ...stale })] }, 'none')
  expect(asked(outcome)).toEqual(['issues'])
  expect(outcome.log).toBe('No issue is needed.\n')
})

test('a closed issue is opened again', () => {
  const outcome = keep({ issues: [ours(1, { state: 'CLOSED', ...stale })] })
  expect(writes(outcome)).toEqual(['updateIssue'])
  expect(outcome.issues).toEqual([ours(1)])
  expect(outcome.log).toBe('Issue #1 is reopened.\n')
})

test('the issue is found behind hundreds of others', () => {
  const others = Array.from({ length: 230 }, (_, index) =>
    ours(index + 2, { body: 'A question.', viewerDidAuthor: false }),
  )
  const outcome = keep({ issues: [...others, ours(1, stale)] })
  expect(asked(outcome)).toEqual(['issues', 'issues', 'issues', 'updateIssue'])
  expect(outcome.issues.at(-1)).toEqual(ours(1))
})

test.each(['due', 'none'])(
  'an issue that somebody else opened, or that quotes ours, is not touched where %s is due',
  state => {
    const others = [
      ours(1, { viewerDidAuthor: false, ...stale }),
      ours(2, { viewerDidAuthor: false, state: 'CLOSED' }),
      ours(3, { body: `> ${ours(3).body}` }),
      ours(4, { body: ours(4).body.replace('policies', 'policies2') }),
    ]
    const outcome = keep({ issues: others }, state)
    expect(writes(outcome)).toEqual(state === 'due' ? ['createIssue'] : [])
    expect(outcome.issues.slice(0, 4)).toEqual(others)
  },
)

test('what GitHub refuses is told on one line, and fails the job', () => {
  for (const refusal of [
    { refusesReading: 'HTTP 502\n::warning::planted' },
    { refusesWriting: 'HTTP 502\n::warning::planted' },
  ]) {
    const outcome = keep(refusal)
    expect(outcome).toMatchObject({ status: 1, ran: ['issue', 'end'], issues: [] })
    expect(outcome.log.split('\n')).toEqual([
      '::error title=tlspolicy::the issue could not be kept; the job summary has its text. gh: HTTP 502%0A::warning::planted',
      '::error title=tlspolicy::the issue could not be kept',
      '',
    ])
  }
})

test('a machine without gh is told, and fails the job', () => {
  const job = { workspace: '/', event: {}, report, state: 'due', withoutGh: true } as const
  const outcome = runAction({ ...job, action: 'expiry-report' })
  expect(outcome.status).toBe(1)
  expect(outcome.log).toMatch(/^::error title=tlspolicy::the issue could not be kept; .*gh/)
})

test('GitHub is asked through standard input, with the token in the environment', () => {
  const { calls } = keep({})
  for (const call of calls) {
    expect(call.args).toEqual(['api', 'graphql', '--input', '-'])
    expect(call.token).toBe('secret')
  }
  const listed = { owner: 'example', name: 'mail-policies', after: null }
  expect(calls.map(({ variables }) => variables)).toEqual([
    { ...listed, state: 'OPEN' },
    { ...listed, state: 'CLOSED' },
    { repositoryId: 'R_1', title, body: ours(1).body },
  ])
})
