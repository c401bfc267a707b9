// Keeps one issue that is open while something is due, and writes it only where its text changes. An
// issue is ours if it begins with the marker and the token wrote it: anybody may open one with the marker.
import { execFileSync } from 'node:child_process'
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const { GITHUB_OUTPUT, GITHUB_REPOSITORY, POLICIES, RUNNER_TEMP, STATE } = process.env

const marker = `<!-- tlspolicy report ${encodeURIComponent(POLICIES)} -->`
const title = 'TLS policy overrides are due for review'

const listIssues = `query ($owner: String!, $name: String!, $state: IssueState!, $after: String) {
  repository(owner: $owner, name: $name) {
    id
    issues(
      first: 100, after: $after, states: [$state], orderBy: { field: UPDATED_AT, direction: DESC }
    ) {
      nodes { id number body viewerDidAuthor }
      pageInfo { hasNextPage endCursor }
    }
  }
}`

const createIssue = `mutation ($repositoryId: ID!, $title: String!, $body: String!) {
  createIssue(input: { repositoryId: $repositoryId, title: $title, body: $body }) {
    issue { number }
  }
}`

const updateIssue = `mutation ($id: ID!, $body: String!, $state: IssueState!) {
  updateIssue(input: { id: $id, body: $body, state: $state }) { clientMutationId }
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

/** Ours among the open or the closed issues: the one that changed last. */
function findOurs(state) {
  const [owner, name] = GITHUB_REPOSITORY.split('/')
  let after = null
  for (;;) {
    const { repository } = ask(listIssues, { owner, name, state, after })
    const { nodes, pageInfo } = repository.issues
    const issue = nodes.find(node => node.viewerDidAuthor && node.body.startsWith(marker))
    if (issue || !pageInfo.hasNextPage) return { repositoryId: repository.id, issue }
    after = pageInfo.endCursor
  }
}

function keepOne(body) {
  const { issue } = findOurs('OPEN')
  if (STATE === 'none') return issue ? close(issue, body) : 'No issue is needed.'
  if (!issue) return reopenOrCreate(body)
  if (issue.body.replaceAll('\r\n', '\n').trim() === body)
    return `Issue #${issue.number} is up to date.`
  ask(updateIssue, { id: issue.id, body, state: 'OPEN' })
  return `Issue #${issue.number} is updated.`
}

function close({ id, number }, body) {
  ask(updateIssue, { id, body, state: 'CLOSED' })
  return `Issue #${number} is closed: nothing is due.`
}

/** The same issue again, so that who was mentioned there hears of it. */
function reopenOrCreate(body) {
  const { repositoryId, issue } = findOurs('CLOSED')
  if (issue) {
    ask(updateIssue, { id: issue.id, body, state: 'OPEN' })
    return `Issue #${issue.number} is reopened.`
  }
  const created = ask(createIssue, { repositoryId, title, body }).createIssue.issue
  return `Issue #${created.number} is opened.`
}

try {
  const text = readFileSync(join(RUNNER_TEMP, 'tlspolicy-report', 'report.md'), 'utf8')
  console.log(keepOne(`${marker}\n${text}`.trim()))
} catch (error) {
  const reason = String(error.stderr || error.message).trim()
  const message = `the issue could not be kept; the job summary has its text. ${reason}`
  const data = message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  console.log(`::error title=tlspolicy::${data}`)
  appendFileSync(GITHUB_OUTPUT, 'failure=the issue could not be kept\n')
}
