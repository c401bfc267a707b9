import { expect, test } from 'vitest'
import { readCommits } from '../../src/review/history-log.ts'
import { pullRequestOf, reviewersOf } from '../../src/review/history-pull-request.ts'

const commit = (subject: string, ...body: readonly string[]) => {
  const lines = [`commit ${'a'.repeat(40)}`, 'time 1767225600', 'author A', `subject ${subject}`]
  const [read] = readCommits([...lines, ...body.map(line => ` ${line}`), ''].join('\n'))
  if (!read) throw new Error('no commit was read')
  return read
}

test.each([
  ['Merge pull request #12 from org/topic', '#12'],
  ['Merge pull request #12 in MAIL/policies from topic to main', '#12'],
  ["Merge pull request 'Add (#3) again' (#12) from topic into main", '#12'],
  ['Add a.example (#12)', '#12'],
  ['Revert "Add a.example (#12)" (#15)', '#15'],
  ['Merged in topic (pull request #12)', '#12'],
  ['Merged PR 12: Add a.example', '#12'],
  ['Revert "Add a.example (#12)"', undefined],
  ['Add a.example, see #12', undefined],
  ["Merge branch 'topic'", undefined],
  ['(#1234567890)', undefined],
  ['', undefined],
])('%j names the pull request %s', (subject, expected) => {
  expect(pullRequestOf(commit(subject))).toBe(expected)
})

test.each([
  [['See merge request mail/policies!7'], 'mail/policies!7'],
  [['Text.', '', 'Pull-Request: #8'], '#8'],
  [['PR-URL: https://git.example/mail/pulls/9'], 'https://git.example/mail/pulls/9'],
  [['Reviewed-on: https://git.example/mail/pulls/9'], 'https://git.example/mail/pulls/9'],
  [['We see merge request mail/policies!7'], undefined],
  [['See merge request $(x)!7'], undefined],
  [['Pull-Request: one with blanks'], undefined],
])('the body %j names %s', (body, expected) => {
  expect(pullRequestOf(commit('A subject', ...body))).toBe(expected)
})

test('reviewers are those whom trailers name', () => {
  const body = [
    'Text.',
    'Reviewed-by:  B <b@example.org>',
    'approved-by:C',
    'Signed-off-by: D',
    'Acked-By:',
  ]
  expect(reviewersOf(commit('A subject', ...body))).toEqual(['B <b@example.org>', 'C'])
})

test.each([
  ['1767225599', '2025-12-31'],
  ['1767225600', '2026-01-01'],
  ['-1', '1970-01-01'],
  ['99999999999999999', '9999-12-31'],
  ['what', '1970-01-01'],
])('the time %s is on %s, in UTC', (time, day) => {
  const [read] = readCommits(`commit ${'a'.repeat(40)}\ntime ${time}\nauthor A\nsubject S\n`)
  expect(read?.day).toBe(day)
})
