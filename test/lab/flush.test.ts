import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeWith } from '../postfix/available.ts'
import type { Lab } from './lab.ts'
import { startLab } from './lab.ts'
import { LAB_NEEDS } from './needs.mjs'

const program = join(import.meta.dirname, '../../dist/bin.js')
const recipient = 'tlsa-mismatch.test'

describeWith(LAB_NEEDS, 'mail that waits for a policy', () => {
  let lab: Lab
  let repository: string
  beforeAll(async () => {
    const minutes = { minimal_backoff_time: '300s', queue_run_delay: '300s' }
    lab = await startLab({ postfix: minutes })
    repository = mkdtempSync(join(tmpdir(), 'tlspolicy-flush-'))
    mkdirSync(join(repository, 'policies'))
    await lab.break(recipient, 'hosted-mismatch.test')
  }, 60_000)
  afterAll(async () => {
    rmSync(repository, { recursive: true, force: true })
    await lab?.stop()
  })
  const inLab = (...words: readonly string[]) =>
    lab.exec(['env', `MAIL_CONFIG=${lab.postfixConfig}`, `HOME=${repository}`, ...words], {
      cwd: repository,
    })
  const deploy = (destination: string, ...words: readonly string[]) => {
    const text = `destination: "${destination}"
policy: may
justification: Their TLSA record still names the certificate of last year.
review_date: 2030-01-15
`
    writeFileSync(join(repository, `policies/${destination.replace(/\W/g, '-')}.yaml`), text)
    return inLab(process.execPath, program, 'deploy', '--uncommitted', '--adopt', ...words)
  }

  test('goes out with --flush, and no other mail is tried', async () => {
    const [kept, other] = await lab
      .sendMany([recipient], { keep: true })
      .then(async first => [
        ...first,
        ...(await lab.sendMany(['hosted-mismatch.test'], { keep: true })),
      ])
    expect([kept, other]).toMatchObject([{ status: 'deferred' }, { status: 'deferred' }])
    const deployed = await deploy(recipient, '--flush')
    expect(deployed).toMatchObject({ status: 0 })
    expect(deployed.stdout).toContain(
      '1 deferred message for what changed: Postfix tries again now\n',
    )
    if (!kept || !other) throw new Error('nothing was sent')
    expect(await lab.nextAttempt(kept)).toMatchObject({ status: 'sent' })
    const { stdout } = await inLab('postqueue', '-j')
    expect(stdout).not.toContain(kept.queueId)
    expect(stdout).toContain(other.queueId)
  }, 60_000)

  test('through a host of its own goes out, too', async () => {
    const transport = `${lab.postfixConfig}/transport`
    writeFileSync(lab.outside(transport), `relayed.example smtp:[mx.${recipient}]\n`)
    expect(await inLab('postmap', `lmdb:${transport}`)).toMatchObject({ status: 0 })
    const kept = await lab.send('relayed.example', { keep: true })
    expect(kept).toMatchObject({ status: 'deferred' })
    const deployed = await deploy(`[mx.${recipient}]`, '--flush')
    expect(deployed.stdout).toMatch(/messages? for what changed: Postfix tries again now\n/)
    expect(await lab.nextAttempt(kept)).toMatchObject({ status: 'sent' })
  }, 60_000)
})
