#!/usr/bin/env node
// Answers as `gh api graphql` does, from the file that STAND_IN_GH names, and notes there what it was asked.
import { readFileSync, writeFileSync } from 'node:fs'

const file = process.env.STAND_IN_GH ?? ''
const state = JSON.parse(readFileSync(file, 'utf8'))
const args = process.argv.slice(2)
const { query, variables } = JSON.parse(readFileSync(0, 'utf8'))
const [, asked = ''] =
  /(comments|addComment|updateIssueComment|deleteIssueComment|issues|createIssue|updateIssue)\(/.exec(
    query,
  ) ?? []
state.calls.push({ args, asked, variables, token: process.env.GH_TOKEN })

const pageSize = 100

/** @param {readonly object[]} all */
function pageOf(all) {
  const start = Number(variables.after ?? 0)
  const end = start + pageSize
  const pageInfo = { hasNextPage: end < all.length, endCursor: String(end) }
  return { nodes: all.slice(start, end), pageInfo }
}

/** @type {Record<string, () => object>} */
const answers = {
  comments() {
    return { repository: { pullRequest: { id: 'PR_1', comments: pageOf(state.comments) } } }
  },
  issues() {
    /** @param {{ readonly state: string }} issue */
    const isWanted = issue => issue.state === variables.state
    return { repository: { id: 'R_1', issues: pageOf(state.issues.filter(isWanted)) } }
  },
  createIssue() {
    const number = state.issues.length + 1
    const { title, body } = variables
    const made = { id: `I_${number}`, number, title, body, state: 'OPEN', viewerDidAuthor: true }
    state.issues.push(made)
    return { createIssue: { issue: { number } } }
  },
  updateIssue() {
    for (const issue of state.issues)
      if (issue.id === variables.id)
        Object.assign(issue, { body: variables.body, state: variables.state })
    return { updateIssue: { clientMutationId: null } }
  },
  addComment() {
    const id = `IC_new${state.comments.length}`
    state.comments.push({ id, body: variables.body, viewerDidAuthor: true })
    return { addComment: { clientMutationId: null } }
  },
  updateIssueComment() {
    for (const comment of state.comments)
      if (comment.id === variables.id) comment.body = variables.body
    return { updateIssueComment: { clientMutationId: null } }
  },
  deleteIssueComment() {
    /** @param {{ readonly id: string }} comment */
    const isOther = ({ id }) => id !== variables.id
    state.comments = state.comments.filter(isOther)
    return { deleteIssueComment: { clientMutationId: null } }
  },
}

const isReading = asked === 'comments' || asked === 'issues'
const refusal = isReading ? state.refusesReading : state.refusesWriting
if (refusal) {
  const type = 'FORBIDDEN'
  process.stdout.write(JSON.stringify({ data: null, errors: [{ type, message: refusal }] }))
  process.stderr.write(`gh: ${refusal}\n`)
  process.exitCode = 1
} else {
  process.stdout.write(JSON.stringify({ data: answers[asked]?.() }))
}
writeFileSync(file, JSON.stringify(state))
