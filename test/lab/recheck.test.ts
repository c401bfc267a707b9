import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeWith } from '../postfix/available.ts'
import type { Known, Lab } from './lab.ts'
import { startLab } from './lab.ts'
import { LAB_NEEDS } from './needs.mjs'

const program = join(import.meta.dirname, '../../dist/bin.js')

interface Found {
  readonly destination: string
  readonly state: string
  readonly outcome: string
  readonly removable: boolean
  readonly newlyBroken: boolean
  readonly retire: string | null
}

/** What no test of TLS can see: nobody answers, or nobody wants to. Mail waits for them, too. */
const silent = new Set(['busy.test', 'closed.test'])

/** In the log, Trusted is encrypted; here it is known that the name came from an unsigned MX record. */
const asLogged = (outcome: string) => (outcome === 'verified-mx' ? 'encrypted' : outcome)

describeWith(LAB_NEEDS, 'recheck', () => {
  let lab: Lab
  let folder: string
  let recipients: readonly Known[]
  beforeAll(async () => {
    lab = await startLab()
    recipients = [...(await lab.recipients()).values()]
    folder = mkdtempSync(join(tmpdir(), 'tlspolicy-recheck-'))
    for (const { domain, destination } of recipients)
      writeFileSync(
        join(folder, `${domain}.yaml`),
        `destination: "${destination}"\npolicy: may\njustification: On trial.\nreview_date: 2030-01-01\n`,
      )
  }, 60_000)
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await lab?.stop()
  })

  async function run(...words: readonly string[]) {
    const options = ['--policies', folder, '--pause', '0', '--format', 'json']
    const env = [
      `MAIL_CONFIG=${lab.postfixConfig}`,
      process.execPath,
      program,
      ...words,
      ...options,
    ]
    const { stdout, stderr, status } = await lab.exec(['env', ...env])
    expect(stderr).toBe('')
    return { results: (JSON.parse(stdout) as { results: readonly Found[] }).results, status }
  }

  /** Both, in the order of the recipients: what recheck says, and what delivery then does. */
  async function compare() {
    const domains = recipients.map(({ domain }) => domain)
    const { results } = await run('recheck')
    const first = await lab.sendMany(domains)
    const last = await lab.sendMany(domains, { late: true })
    const found = new Map(results.map(result => [result.destination, result]))
    const said = recipients.map(({ domain, destination }) => {
      const { state = 'none', outcome } = found.get(destination) ?? {}
      return `${domain}: ${state}, ${asLogged(outcome ?? 'nobody can tell')}`
    })
    const done = domains.map((domain, i) => {
      const isDelivered = first[i]?.status === 'sent'
      if (!isDelivered && silent.has(domain)) return `${domain}: unknown, nobody can tell`
      return `${domain}: ${isDelivered ? 'fixed' : 'broken'}, ${last[i]?.outcome}`
    })
    return { said, done }
  }

  test('says of every recipient what real delivery without the override then does', async () => {
    const domains = recipients.map(({ domain }) => domain)
    for (const change of [lab.break, lab.repair]) {
      await change(...domains)
      const { said, done } = await compare()
      expect(said).toEqual(done)
    }
  }, 120_000)

  test('lets an override go after clean passes, and not after a relapse', async () => {
    const evidence = join(folder, '_evidence.jsonl')
    writeFileSync(join(folder, '_settings.yaml'), 'recheck: { passes: 2, days: 0 }\n')
    const pass = async () => {
      const { results, status } = await run('recheck', 'tlsa-mismatch.test', '--evidence', evidence)
      const [{ state, removable, newlyBroken, retire } = {}] = results
      return { state, removable, newlyBroken, retire, status }
    }
    const waiting = { removable: false, newlyBroken: false, retire: null, status: 0 }
    await lab.break('tlsa-mismatch.test')
    expect(await pass()).toEqual({ ...waiting, state: 'broken' })
    await lab.repair('tlsa-mismatch.test')
    expect(await pass()).toEqual({ ...waiting, state: 'fixed' })
    const gone = { state: 'fixed', removable: true, newlyBroken: false, status: 1 }
    const retire = 'tlspolicy retire tlsa-mismatch.test'
    expect(await pass()).toEqual({ ...gone, retire })
    await lab.break('tlsa-mismatch.test')
    expect(await pass()).toEqual({ ...waiting, state: 'broken', newlyBroken: true, status: 1 })
  }, 60_000)

  test('pins what the servers show, and says of a file what delivery under it then does', async () => {
    const domain = 'tlsa-mismatch.test'
    await lab.repair(domain)
    const pin = recipients.find(known => known.domain === domain)?.pin ?? ''
    const words = ['pin', domain, '--policies', folder, '--pause', '0']
    const env = `MAIL_CONFIG=${lab.postfixConfig}`
    const pinned = await lab.exec(['env', env, process.execPath, program, ...words])
    expect(pinned).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining(pin) })
    const file = join(folder, '_proposal.yaml')
    const wrong = pinned.stdout.replaceAll(/- ".*"/g, `- "${'AB:'.repeat(31)}AB"`)
    for (const [policy, state] of [
      [pinned.stdout, 'fixed'],
      [wrong, 'broken'],
      ['policy: secure\n', 'broken'],
    ] as const) {
      const reason = 'justification: On trial.\nreview_date: 2030-01-01\n'
      writeFileSync(file, `destination: ${domain}\n${policy}${reason}`)
      const { results, status } = await run('try', file)
      expect({ states: results.map(one => one.state), status }, policy).toEqual({
        states: [state],
        status: state === 'broken' ? 1 : 0,
      })
      const match = /"(.*)"/.exec(policy)?.[1]
      const value = match === undefined ? 'secure' : `fingerprint match=${match}`
      await lab.setTable(`${domain} ${value}\n`)
      expect((await lab.send(domain)).status === 'sent', policy).toBe(state === 'fixed')
    }
    await lab.setTable('')
  }, 60_000)
})

describeWith(LAB_NEEDS, 'recheck behind a resolver that does not validate', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await startLab({ validates: false })
  }, 60_000)
  afterAll(() => lab?.stop())

  test('calls no broken TLSA record repaired', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tlspolicy-recheck-'))
    const domains = ['tlsa-mismatch.test', 'tlsa-bogus.test', 'tlsa-no-starttls.test']
    writeFileSync(
      join(folder, 'all.yaml'),
      `destination: [${domains}]\npolicy: may\njustification: On trial.\nreview_date: 2030-01-01\n`,
    )
    const words = ['recheck', '--policies', folder, '--pause', '0', '--format', 'json']
    const env = `MAIL_CONFIG=${lab.postfixConfig}`
    const { stdout, status } = await lab.exec(['env', env, process.execPath, program, ...words])
    rmSync(folder, { recursive: true, force: true })
    const { results } = JSON.parse(stdout) as { results: readonly Found[] }
    expect(results.map(({ state }) => state)).toEqual(['unknown', 'unknown', 'unknown'])
    expect(status).toBe(0)
  }, 60_000)
})
