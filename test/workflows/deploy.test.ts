import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { TestRepository } from '../commands/repository.ts'
import { makeRepository } from '../commands/repository.ts'
import { actionFolder, readWorkflow, workflowFiles } from './files.ts'

const file = workflowFiles.find(({ path }) => path.endsWith('/deploy.yml'))
const { on, jobs } = readWorkflow(file ?? { path: '', text: '' })

interface DeployJob {
  readonly if?: string
  readonly environment?: string
  readonly needs?: string
  readonly outputs?: Readonly<Record<string, string>>
  readonly permissions?: unknown
  readonly 'runs-on'?: unknown
}

const { compile, deploy } = jobs as Readonly<Record<string, DeployJob & (typeof jobs)[string]>>

test('it runs for the default branch of a private repository alone', () => {
  expect(on).toEqual({ push: { branches: ['main'] } })
  expect(Object.keys(jobs)).toEqual(['compile', 'deploy'])
  for (const job of [compile, deploy]) {
    expect(job?.if).toBe(
      'github.event.repository.private && github.ref_name == github.event.repository.default_branch',
    )
    expect(job?.permissions).toEqual({ contents: 'read' })
  }
})

test('the mail host installs, after a review, what was compiled elsewhere', () => {
  expect(compile?.['runs-on']).toBe('ubuntu-latest')
  expect(deploy).toMatchObject({
    needs: 'compile',
    environment: 'mail',
    'runs-on': ['self-hosted', 'mail'],
  })
  const install = deploy?.steps.find(({ id }) => id === 'deploy')
  expect(install?.env?.DIGEST).toMatch(/^\$\{\{ needs\.compile\.outputs\.digest \}\}$/)
  expect(compile?.outputs?.digest).toMatch(/^\$\{\{ steps\.compile\.outputs\.digest \}\}$/)
})

const override = `destination: broken.example
policy: may
justification: Their certificate expired on 2026-11-16; their postmaster was told on the phone.
review_date: 2026-12-15
`

/** Runs a step as the runner does, after the setup; `tlspolicy` may be a stand-in. */
function runStep({ path }: TestRepository, script: string, env: object, standIn?: string) {
  const temp = mkdtempSync(join(tmpdir(), 'tlspolicy-deploy-'))
  onTestFinished(() => rmSync(temp, { recursive: true, force: true }))
  const files = { path: join(temp, 'path'), output: join(temp, 'output'), out: join(temp, 'sum') }
  for (const name of Object.values(files)) writeFileSync(name, '')
  const base = { PATH: process.env.PATH, HOME: temp, RUNNER_TEMP: temp, GITHUB_PATH: files.path }
  const setup = join(actionFolder('setup'), 'path.sh')
  const options = { cwd: path, encoding: 'utf8' } as const
  const made = spawnSync('bash', [setup], {
    ...options,
    env: { ...base, GITHUB_ACTION_PATH: actionFolder('setup') },
  })
  expect(made).toMatchObject({ status: 0, stderr: '' })
  const bin = join(temp, 'stand-in')
  mkdirSync(bin)
  if (standIn !== undefined) writeFileSync(join(bin, 'tlspolicy'), `#!/bin/sh\n${standIn}\n`)
  if (standIn !== undefined) chmodSync(join(bin, 'tlspolicy'), 0o755)
  const found = `${bin}:${readFileSync(files.path, 'utf8').trim()}:${base.PATH}`
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', script],
    {
      ...options,
      env: {
        ...base,
        PATH: found,
        POLICIES: 'policies',
        GITHUB_OUTPUT: files.output,
        GITHUB_STEP_SUMMARY: files.out,
        ...env,
      },
    },
  )
  const read = (name: string) => readFileSync(name, 'utf8')
  return { status, log: stdout + stderr, output: read(files.output), summary: read(files.out) }
}

const scriptOf = (job: typeof compile, id: string) =>
  job?.steps.find(step => step.id === id)?.run ?? ''

test('the reviewer sees what happens to mail, and the digest that is installed', async () => {
  const repository = makeRepository()
  const before = repository.commit({})
  repository.commit({ 'broken.yaml': override })
  const { stdout } = await repository.tlspolicy('compile', '--format', 'json')
  const { digest } = JSON.parse(stdout)
  const env = { BEFORE: before }
  const ran = runStep(repository, scriptOf(compile, 'compile'), env)
  expect(ran).toMatchObject({ status: 0, output: `digest=${digest}\n` })
  expect(ran.summary).toContain(`sha256:${digest}`)
  expect(ran.summary).toContain('broken.example')
})

test('without a commit before it there is the digest alone', () => {
  const repository = makeRepository()
  repository.commit({ 'broken.yaml': override })
  const ran = runStep(repository, scriptOf(compile, 'compile'), { BEFORE: '0'.repeat(40) })
  expect(ran).toMatchObject({ status: 0, output: expect.stringMatching(/^digest=[\da-f]{64}\n$/) })
  expect(ran.summary).not.toContain('broken.example')
})

test('an error ends the job before there is a digest', () => {
  const repository = makeRepository()
  const before = repository.commit({})
  repository.commit({ 'broken.yaml': override.replace('may', 'must') })
  const ran = runStep(repository, scriptOf(compile, 'compile'), { BEFORE: before })
  expect(ran).toMatchObject({ status: 1, output: '' })
})

test('the digest is an argument, whatever it holds', () => {
  const repository = makeRepository()
  const ran = runStep(
    repository,
    scriptOf(deploy, 'deploy'),
    { DIGEST: '$(touch evil); x' },
    'printf "<%s>" "$@"',
  )
  expect(ran.log).toBe('<deploy><--policies><policies><--expect><$(touch evil); x>')
})
