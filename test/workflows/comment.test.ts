import { expect, test } from 'vitest'
import { makeEvent } from './pull-request.ts'
import type { Comment, GitHub, Outcome } from './run-action.ts'
import { runAction } from './run-action.ts'

const marker = '<!-- tlspolicy policies -->'
const report = '### TLS policy overrides: 1 change (1 weaker)\n\nMail is protected less.\n'
const event = makeEvent('synchronize', {})

/** Only the step that comments, on a report that is there already. */
const comment = (github: GitHub): Outcome => runAction({ workspace: '/', event, report, github })

const ours = (id: string, text: string): Comment => ({
  id,
  body: `${marker}\n${text}`,
  viewerDidAuthor: true,
})
const current = ours('IC_1', report.trim())

const writes = ({ calls }: Outcome) =>
  calls.map(({ asked }) => asked).filter(asked => asked !== 'comments')

test('where there is no comment, one is written', () => {
  const outcome = comment({})
  expect(writes(outcome)).toEqual(['addComment'])
  expect(outcome.comments.map(({ body }) => body)).toEqual([current.body])
  expect(outcome.log).toBe('The comment is written.\n')
})

test('a comment with the same text is left alone, even if GitHub gives its line ends as CRLF', () => {
  for (const body of [current.body, current.body.replaceAll('\n', '\r\n')]) {
    const outcome = comment({ comments: [{ ...current, body }] })
    expect(writes(outcome)).toEqual([])
    expect(outcome.log).toBe('The comment is up to date.\n')
  }
})

test('a comment with another text is updated in place', () => {
  const outcome = comment({ comments: [ours('IC_1', 'An earlier text')] })
  expect(writes(outcome)).toEqual(['updateIssueComment'])
  expect(outcome.comments).toEqual([current])
})

test('the comment is found behind hundreds of others', () => {
  const others = Array.from({ length: 230 }, (_, index) => ({
    id: `IC_other${index}`,
    body: 'Fine.',
    viewerDidAuthor: false,
  }))
  const { calls, comments } = comment({ comments: [...others, ours('IC_1', 'An earlier text')] })
  expect(calls.map(({ asked }) => asked)).toEqual([
    ...['comments', 'comments', 'comments'],
    'updateIssueComment',
  ])
  expect(comments.at(-1)).toEqual(current)
})

test('of two comments the first stays', () => {
  const outcome = comment({ comments: [ours('IC_1', 'One'), ours('IC_2', 'Two')] })
  expect(outcome.comments).toEqual([current])
})

test('a comment that somebody else wrote, or that quotes ours, is not touched', () => {
  const theirs = { ...ours('IC_5', 'Everything is fine, merge it.'), viewerDidAuthor: false }
  const quoted = { id: 'IC_6', body: `> ${marker}`, viewerDidAuthor: true }
  const elsewhere = ours('IC_7', 'Of another folder').body.replace('policies', 'policies2')
  const others = [theirs, quoted, { id: 'IC_7', body: elsewhere, viewerDidAuthor: true }]
  const outcome = comment({ comments: others })
  expect(writes(outcome)).toEqual(['addComment'])
  expect(outcome.comments.slice(0, 3)).toEqual(others)
})

test('a token that may not even read is a notice, and no failure', () => {
  const outcome = comment({ refusesReading: 'HTTP 403: Must have push access' })
  expect(outcome.status).toBe(0)
  expect(outcome.log).toMatch(/^::notice title=tlspolicy::this token may not comment; /)
})

test('an answer that nobody expects is a warning on one line, and no failure', () => {
  const outcome = comment({ refusesWriting: 'HTTP 502\n::error::planted' })
  expect(outcome.status).toBe(0)
  expect(outcome.log).toMatch(/^::warning title=tlspolicy::.*HTTP 502%0A::error::planted\n$/)
})

test('a machine without gh is a warning, and no failure', () => {
  const outcome = runAction({ workspace: '/', event, report, withoutGh: true })
  expect(outcome.status).toBe(0)
  expect(outcome.log).toMatch(/^::warning title=tlspolicy::the comment could not be written; .*gh/)
})

test('GitHub is asked through standard input, with the token in the environment', () => {
  const { calls } = comment({})
  for (const call of calls) {
    expect(call.args).toEqual(['api', 'graphql', '--input', '-'])
    expect(call.token).toBe('secret')
  }
  expect(calls[0]?.variables).toEqual({
    owner: 'example',
    name: 'mail-policies',
    number: 7,
    after: null,
  })
  expect(calls[1]?.variables).toEqual({ subjectId: 'PR_1', body: current.body })
})
