import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Contexts } from './expression.ts'
import { evaluate, fill } from './expression.ts'
import type { Action, Step } from './files.ts'
import { actionFiles, actionFolder, readAction } from './files.ts'

export interface Comment {
  readonly id: string
  readonly body: string
  readonly viewerDidAuthor: boolean
}

export interface Issue {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly body: string
  readonly state: 'OPEN' | 'CLOSED'
  readonly viewerDidAuthor: boolean
}

interface Call {
  readonly args: readonly string[]
  readonly asked: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly token: string
}

/** What the stand-in for `gh` starts with. */
export interface GitHub {
  readonly comments?: readonly Comment[]
  readonly issues?: readonly Issue[]
  readonly refusesReading?: string
  readonly refusesWriting?: string
}

export interface Job {
  /** The folder of the action. */
  readonly action?: 'tlspolicy' | 'expiry-report'
  readonly workspace: string
  readonly event: Contexts
  readonly eventName?: string
  readonly inputs?: Readonly<Record<string, string>>
  readonly github?: GitHub
  /** A report that is there already: then only the steps run that tell GitHub of it. */
  readonly report?: string
  /** What is due in that report. */
  readonly state?: string
  /** Whether the machine has `gh` at all. */
  readonly withoutGh?: boolean
}

export interface Outcome {
  readonly status: number
  readonly log: string
  readonly summary: string
  readonly comments: readonly Comment[]
  readonly issues: readonly Issue[]
  readonly calls: readonly Call[]
  /** The steps that ran, by their ids. */
  readonly ran: readonly string[]
  /** The runner's folder, gone when the test is. */
  readonly temp: string
}

/** Runs the shell steps of the action as its file wires them; the tool is the one that is built already. */
export function runAction(job: Job): Outcome {
  const files = makeFiles(job)
  const action = actionOf(job)
  const steps: Record<string, { outputs: Record<string, string> }> = {}
  if (job.report !== undefined) {
    steps.compare = { outputs: { changed: 'true' } }
    steps.report = { outputs: { state: job.state ?? '' } }
  }
  const ran: string[] = []
  let log = ''
  let status = 0
  for (const step of action.runs.steps) {
    const contexts = contextsOf(action, job, steps)
    if (step.run === undefined || !isToRun(step, job)) continue
    if (step.if !== undefined && evaluate(step.if, contexts) !== 'true') continue
    const done = runStep(step, { ...files.env, ...filled(step.env, contexts) }, job.workspace)
    log += done.stdout + done.stderr
    status = done.status ?? 1
    ran.push(step.id ?? step.run)
    steps[step.id ?? ''] = { outputs: readOutputs(files.env.GITHUB_OUTPUT) }
    if (status !== 0) break
  }
  const { comments, issues, calls } = JSON.parse(readFileSync(files.env.STAND_IN_GH, 'utf8'))
  const summary = readFileSync(files.env.GITHUB_STEP_SUMMARY, 'utf8')
  return { status, log, summary, comments, issues, calls, ran, temp: files.env.RUNNER_TEMP }
}

function isToRun({ id }: Step, { report }: Job): boolean {
  return report === undefined ? id !== 'install' : ['comment', 'issue', 'end'].includes(id ?? '')
}

function actionOf({ action = 'tlspolicy' }: Job): Action {
  const file = actionFiles.find(({ path }) => path.endsWith(`/${action}/action.yml`))
  if (!file) throw new Error(`there is no action ${action}`)
  return readAction(file)
}

const repository = 'example/mail-policies'

function contextsOf({ inputs }: Action, job: Job, steps: Contexts): Contexts {
  const github = { event: job.event, event_name: job.eventName ?? 'pull_request', token: 'secret' }
  const defaults = Object.entries(inputs).map(([name, input]) => [
    name,
    fill(input.default, { github }),
  ])
  return { github, inputs: { ...Object.fromEntries(defaults), ...job.inputs }, steps }
}

function filled(env: Step['env'], contexts: Contexts): Record<string, string> {
  const entries = Object.entries(env ?? {})
  return Object.fromEntries(entries.map(([name, text]) => [name, fill(text, contexts)]))
}

/** The options of bash are those that GitHub gives it. */
function runStep(step: Step, env: Record<string, string>, cwd: string) {
  if (step.shell !== 'bash') throw new Error('a step of a composite action names its shell')
  writeFileSync(env.GITHUB_OUTPUT ?? '', '')
  const args = ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', step.run ?? '']
  return spawnSync('bash', args, { cwd, env, encoding: 'utf8' })
}

function readOutputs(file: string): Record<string, string> {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return Object.fromEntries(
    lines.map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )
}

function makeFiles({ event, eventName = 'pull_request', github = {}, ...job }: Job) {
  const folder = mkdtempSync(join(tmpdir(), 'tlspolicy-action-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  if (!job.withoutGh) {
    copyFileSync(join(import.meta.dirname, 'stand-in-gh.mjs'), join(bin, 'gh'))
    chmodSync(join(bin, 'gh'), 0o755)
  }
  const env = {
    PATH: `${bin}:${process.env.PATH}`,
    HOME: folder,
    RUNNER_TEMP: folder,
    GITHUB_ACTION_PATH: actionFolder(job.action ?? 'tlspolicy'),
    GITHUB_REPOSITORY: repository,
    GITHUB_EVENT_NAME: eventName,
    GITHUB_EVENT_PATH: join(folder, 'event.json'),
    GITHUB_OUTPUT: join(folder, 'output'),
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
    GITHUB_BASE_REF: 'main',
    STAND_IN_GH: join(folder, 'gh.json'),
    NODE_OPTIONS: `--import=${join(import.meta.dirname, 'fixed-day.mjs')}`,
  }
  writeFileSync(env.GITHUB_EVENT_PATH, JSON.stringify(event))
  writeFileSync(join(folder, 'tlspolicy.md'), job.report ?? '')
  if (job.report !== undefined) {
    mkdirSync(join(folder, 'tlspolicy-report'))
    writeFileSync(join(folder, 'tlspolicy-report/report.md'), job.report)
  }
  writeFileSync(env.GITHUB_STEP_SUMMARY, '')
  writeFileSync(env.STAND_IN_GH, JSON.stringify({ comments: [], issues: [], calls: [], ...github }))
  return { env }
}
