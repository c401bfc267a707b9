// Keeps one comment on the pull request, and writes it only where its text changes. A comment is ours if
// it begins with the marker and the token wrote it: anybody may write the marker, and whoever owns a
// comment can rewrite it later.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const { CHANGED, GITHUB_REPOSITORY, HEAD_REPOSITORY, POLICIES, PULL_REQUEST, RUNNER_TEMP } =
  process.env

const marker = `<!-- tlspolicy ${encodeURIComponent(POLICIES)} -->`

const listComments = `query ($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      id
      comments(first: 100, after: $after) {
        nodes { id body viewerDidAuthor }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`

const addComment = `mutation ($subjectId: ID!, $body: String!) {
  addComment(input: { subjectId: $subjectId, body: $body }) { clientMutationId }
}`

const updateComment = `mutation ($id: ID!, $body: String!) {
  updateIssueComment(input: { id: $id, body: $body }) { clientMutationId }
}`

const deleteComment = `mutation ($id: ID!) {
  deleteIssueComment(input: { id: $id }) { clientMutationId }
}`

function ask(query, variables) {
  const answer = execFileSync('gh', ['api', 'graphql', '--input', '-'], {
    input: JSON.stringify({ query, variables }),
    encoding: 'utf8',
    stdio: 'pipe',
    maxBuffer: 2 ** 28,
  })
  return JSON.parse(answer).data
}

function findOurs() {
  const [owner, name] = GITHUB_REPOSITORY.split('/')
  const ours = []
  let after = null
  for (;;) {
    const data = ask(listComments, { owner, name, number: Number(PULL_REQUEST), after })
    const { id, comments } = data.repository.pullRequest
    ours.push(...comments.nodes.filter(node => node.viewerDidAuthor && isMarked(node.body)))
    if (!comments.pageInfo.hasNextPage) return { pullRequest: id, ours }
    after = comments.pageInfo.endCursor
  }
}

function isMarked(body) {
  return body.startsWith(marker)
}

/** Two runs at one time may both have written a comment: the first stays. */
function keepOne(text) {
  const { pullRequest, ours } = findOurs()
  const [first, ...others] = ours
  for (const { id } of others) ask(deleteComment, { id })
  const body = `${marker}\n${text}`.trim()
  if (first && first.body.replaceAll('\r\n', '\n').trim() === body) return 'is up to date'
  if (first) ask(updateComment, { id: first.id, body })
  else if (CHANGED !== 'true') return 'is not needed'
  else ask(addComment, { subjectId: pullRequest, body })
  return first ? 'is updated' : 'is written'
}

/** The summary has the same text, so that a comment that cannot be written fails nothing. */
function excuse(error) {
  const reason = String(error.stderr || error.message).trim()
  if (!/not accessible|HTTP 403|forbidden|must have/i.test(reason))
    return ['warning', `the comment could not be written; the job summary has its text. ${reason}`]
  const who = HEAD_REPOSITORY === GITHUB_REPOSITORY ? 'this token' : 'the token of a fork'
  return ['notice', `${who} may not comment; the job summary says what happens to mail`]
}

try {
  const text = readFileSync(join(RUNNER_TEMP, 'tlspolicy.md'), 'utf8')
  console.log(`The comment ${keepOne(text)}.`)
} catch (error) {
  const [level, message] = excuse(error)
  const data = message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  console.log(`::${level} title=tlspolicy::${data}`)
}
