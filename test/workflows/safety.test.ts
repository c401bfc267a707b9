import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Step, YamlFile } from './files.ts'
import { actionFiles, project, readAction, readWorkflow, workflowFiles } from './files.ts'

const files = [...workflowFiles, ...actionFiles]

/** The lines with `uses:` that name neither a local action nor a commit with its version beside it. */
const unpinned = ({ text }: YamlFile) =>
  text
    .split('\n')
    .filter(line => /^\s*(?:- )?uses:/.test(line))
    .filter(line => !/uses: (?:\.\/\S+|[\w.-]+\/[\w./-]+@[\da-f]{40} # v\d+\.\d+\.\d+)$/.test(line))

const stepsOf = (file: YamlFile): readonly Step[] =>
  actionFiles.includes(file)
    ? readAction(file).runs.steps
    : Object.values(readWorkflow(file).jobs).flatMap(({ steps }) => steps)

test('every action is local, or pinned to a commit with its version beside it', () => {
  expect(files.flatMap(unpinned)).toEqual([])
  const loose = '      - uses: actions/checkout@v5'
  expect(unpinned({ path: '', text: loose })).toEqual([loose])
})

test('no script line holds an expression', () => {
  const scripts = files.flatMap(stepsOf).flatMap(({ run }) => run ?? [])
  expect(scripts.length).toBeGreaterThan(3)
  expect(scripts.filter(script => script.includes('${{'))).toEqual([])
})

test('no workflow runs with the rights of the base on the code of a stranger', () => {
  for (const file of files) expect(file.text).not.toMatch(/pull_request_target|workflow_run/)
})

test('every workflow begins without rights, and every job names its own and an end', () => {
  for (const file of workflowFiles) {
    const { permissions, jobs } = readWorkflow(file)
    expect(permissions, file.path).toEqual({})
    for (const job of Object.values(jobs)) {
      expect(job.permissions, file.path).toBeTypeOf('object')
      expect(job['timeout-minutes'], file.path).toBeGreaterThan(0)
    }
  }
})

test('no checkout leaves its token behind', () => {
  const steps = files.flatMap(stepsOf).filter(({ uses }) => uses?.startsWith('actions/checkout@'))
  expect(steps.length).toBeGreaterThan(0)
  for (const step of steps) expect(step.with).toMatchObject({ 'persist-credentials': false })
})

test('the review runs on every pull request, with the whole history and two rights', () => {
  const file = workflowFiles.find(({ path }) => path.endsWith('/review.yml'))
  const { on, jobs } = readWorkflow(file ?? { path: '', text: '' })
  const types = expect.arrayContaining(['opened', 'synchronize'])
  expect(on).toEqual({ pull_request: { types }, merge_group: null })
  const [job, ...others] = Object.values(jobs)
  expect(others).toEqual([])
  expect(job?.permissions).toEqual({ contents: 'read', 'pull-requests': 'write' })
  const [checkout, review] = job?.steps ?? []
  expect(checkout?.with).toMatchObject({ 'fetch-depth': 0 })
  expect(review?.uses).toBe('./.github/actions/tlspolicy')
})

test('the report runs weekly and by hand, with the whole history and two rights', () => {
  const file = workflowFiles.find(({ path }) => path.endsWith('/expiry-report.yml'))
  const { on, jobs } = readWorkflow(file ?? { path: '', text: '' })
  // On the hour GitHub delays or drops schedules.
  const cron = expect.stringMatching(/^(?!0+ )\d+ \d+ \* \* [0-6]$/)
  expect(on).toEqual({ schedule: [{ cron }], workflow_dispatch: null })
  const [job, ...others] = Object.values(jobs)
  expect(others).toEqual([])
  expect(job?.permissions).toEqual({ contents: 'read', issues: 'write' })
  const [checkout, report] = job?.steps ?? []
  expect(checkout?.with).toMatchObject({ 'fetch-depth': 0 })
  expect(report?.uses).toBe('./.github/actions/expiry-report')
})

test('only the steps that comment and keep the issue see the token', () => {
  const steps = actionFiles.flatMap(stepsOf)
  const seeing = steps.filter(step => /token/i.test(JSON.stringify(step)))
  expect(seeing.map(({ id }) => id).toSorted()).toEqual(['comment', 'issue'])
})

test('the owners of code name folders that exist', () => {
  const text = readFileSync(join(project, '.github/CODEOWNERS'), 'utf8')
  const lines = text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
  expect(lines.length).toBeGreaterThan(1)
  for (const line of lines) expect(line).toMatch(/^\/(?:policies|\.github)\/\S*\s+@\S+$/)
})
