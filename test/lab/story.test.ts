import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeWith } from '../postfix/available.ts'
import type { Lab } from './lab.ts'
import { startLab } from './lab.ts'
import { LAB_NEEDS } from './needs.mjs'

const program = join(import.meta.dirname, '../../dist/bin.js')
const recipient = 'tlsa-mismatch.test'

/** What the team had decided before that night; two passes in a row are enough for the test. */
const before = {
  '_settings.yaml': 'recheck: { passes: 2, days: 0 }\n',
  'partner.yaml': `destination: partner.example
policy: dane-only
justification: The contract on order data (annex 3) asks for DANE with this partner.
review_date: 2030-01-15
`,
}

describeWith(LAB_NEEDS, 'a night with a broken TLSA record', () => {
  let lab: Lab
  let repository: string
  beforeAll(async () => {
    // What is deferred stays so until somebody flushes it, as on a real server.
    const minutes = { minimal_backoff_time: '300s', queue_run_delay: '300s' }
    lab = await startLab({ postfix: minutes })
    repository = mkdtempSync(join(tmpdir(), 'tlspolicy-story-'))
    git('init', '--quiet', '--initial-branch=main')
    execFileSync('mkdir', [join(repository, 'policies')])
    for (const [name, text] of Object.entries(before)) write(name, text)
    commit('The overrides of the team')
    await lab.break(recipient)
  }, 60_000)
  afterAll(async () => {
    rmSync(repository, { recursive: true, force: true })
    await lab?.stop()
  })

  const write = (name: string, text: string) =>
    writeFileSync(join(repository, 'policies', name), text)
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org', ...args], {
      cwd: repository,
      encoding: 'utf8',
    })
  const commit = (subject: string) => {
    git('add', '--all')
    git('commit', '--quiet', '--message', subject)
  }

  async function tlspolicy(...words: readonly string[]) {
    const env = [`MAIL_CONFIG=${lab.postfixConfig}`, `HOME=${repository}`, process.execPath]
    return lab.exec(['env', ...env, program, ...words], { cwd: repository })
  }

  async function recheck(): Promise<Record<string, unknown>> {
    const argv = [
      'recheck',
      recipient,
      '--pause',
      '0',
      '--format',
      'json',
      '--evidence',
      'evidence',
    ]
    const { stdout } = await tlspolicy(...argv)
    return (JSON.parse(stdout) as { results: Record<string, unknown>[] }).results[0] ?? {}
  }

  test('from the refused mail to the retired override', async () => {
    expect(await tlspolicy('deploy', '--adopt')).toMatchObject({ status: 0 })
    const refused = await lab.send(recipient, { keep: true })
    expect(refused).toMatchObject({ status: 'deferred', outcome: 'deferred' })

    const log = lab.outside(`${lab.postfixConfig}/../log/mail.log`)
    writeFileSync(join(repository, 'mail.log'), readFileSync(log))
    const suggested = await tlspolicy('suggest', 'mail.log', '--write')
    expect(suggested.stdout).toContain(`wrote policies/${recipient}.yaml`)
    const draft = readFileSync(join(repository, `policies/${recipient}.yaml`), 'utf8')
    expect(draft).toContain('problem: tlsa-mismatch')
    expect((await tlspolicy('check', '--changed-since', 'HEAD')).status).toBe(1)
    const why =
      'Their TLSA record names the certificate of last year; postmaster told by telephone.'
    write(`${recipient}.yaml`, draft.replace('TODO', why))
    expect(await tlspolicy('check', '--changed-since', 'HEAD')).toMatchObject({ status: 0 })
    expect((await tlspolicy('diff', 'HEAD')).stdout).toMatch(
      new RegExp(`weaker: new override for ${recipient}|mixed: new override for ${recipient}`, 'i'),
    )
    expect((await tlspolicy('compile')).stdout).toContain(`\n${recipient} `)
    commit('Mail to them goes out again')

    const deployed = await tlspolicy('deploy')
    expect(deployed).toMatchObject({ status: 0 })
    expect(await lab.send(recipient)).toMatchObject({ status: 'sent', outcome: 'encrypted' })
    const flush = `postqueue -i ${refused.queueId}`
    expect(deployed.stdout).toContain(flush)
    expect(
      await lab.exec(['env', `MAIL_CONFIG=${lab.postfixConfig}`, ...flush.split(' ')]),
    ).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(await lab.nextAttempt(refused)).toMatchObject({ status: 'sent', outcome: 'encrypted' })

    expect(await recheck()).toMatchObject({ state: 'broken', removable: false })
    await lab.repair(recipient)
    expect(await recheck()).toMatchObject({ state: 'fixed', removable: false })
    expect(await recheck()).toMatchObject({
      ...{ state: 'fixed', removable: true, retire: `tlspolicy retire ${recipient}` },
    })
    const report = await tlspolicy('report', '--evidence', 'evidence')
    const [first] = report.stdout.match(/^(?:\w[\w ]*, )?(?:overdue|due|current).*: .*$/gm) ?? []
    expect(first).toMatch(new RegExp(`^no longer needed, \\w+: ${recipient}$`))

    expect(await tlspolicy('retire', recipient)).toMatchObject({ status: 0 })
    expect(readdirSync(join(repository, 'policies')).sort()).toEqual(Object.keys(before))
    commit('They are repaired')
    expect(await tlspolicy('deploy')).toMatchObject({ status: 0 })
    expect(await lab.send(recipient)).toMatchObject({ status: 'sent', outcome: 'verified' })
    expect(await tlspolicy('status')).toMatchObject({ status: 0 })
  }, 120_000)
})
