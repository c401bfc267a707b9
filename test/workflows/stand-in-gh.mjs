#!/usr/bin/env node
// Answers as `gh api graphql` does, from the file that STAND_IN_GH names, and notes there what it was asked.
import { readFileSync, writeFileSync } from 'node:fs'

const file = process.env.STAND_IN_GH ?? ''
const state = JSON.parse(readFileSync(file, 'utf8'))
const args = process.argv.slice(2)
const { query, variables } = JSON.parse(readFileSync(0, 'utf8'))
const [, asked = ''] =
  /(comments|addComment|updateIssueComment|deleteIssueComment)\(/.exec(query) ?? []
state.calls.push({ args, asked, variables, token: process.env.GH_TOKEN })

const pageSize = 100

/** @type {Record<string, () => object>} */
const answers = {
  comments() {
    const start = Number(variables.after ?? 0)
    const end = start + pageSize
    const pageInfo = { hasNextPage: end < state.comments.length, endCursor: String(end) }
    const nodes = state.comments.slice(start, end)
    return { repository: { pullRequest: { id: 'PR_1', comments: { nodes, pageInfo } } } }
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

const refusal = asked === 'comments' ? state.refusesReading : state.refusesWriting
if (refusal) {
  const type = 'FORBIDDEN'
  process.stdout.write(JSON.stringify({ data: null, errors: [{ type, message: refusal }] }))
  process.stderr.write(`gh: ${refusal}\n`)
  process.exitCode = 1
} else {
  process.stdout.write(JSON.stringify({ data: answers[asked]?.() }))
}
writeFileSync(file, JSON.stringify(state))
