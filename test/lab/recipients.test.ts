import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeWith } from '../postfix/available.ts'
import type { Lab } from './lab.ts'
import { startLab } from './lab.ts'
import { LAB_NEEDS } from './needs.mjs'
import type { State } from './world/recipients.mjs'
import { recipients } from './world/recipients.mjs'

const domains = recipients.map(({ domain }) => domain)

describeWith(LAB_NEEDS, 'every recipient of the lab', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await startLab()
  }, 60_000)
  afterAll(() => lab?.stop())

  const foretell = (stateOf: (starts: State) => State) =>
    recipients.map(({ domain, baseline, starts }) => `${domain}: ${baseline[stateOf(starts)]}`)

  async function measure() {
    const sent = await lab.sendMany(domains, { late: true })
    return domains.map((domain, i) => `${domain}: ${sent[i]?.outcome}`)
  }

  test('is treated without an override as it says, broken and repaired and broken again', async () => {
    expect(await measure()).toEqual(foretell(starts => starts))
    await lab.repair(...domains)
    expect(await measure()).toEqual(foretell(() => 'whole'))
    await lab.break(...domains)
    expect(await measure()).toEqual(foretell(() => 'broken'))
  }, 60_000)

  test('records what it took, and whether in plaintext', async () => {
    await lab.repair('tlsa-match.test')
    await lab.setTable('plain.tlsa-match.test none\n')
    const { id } = await lab.send('plain.tlsa-match.test')
    const { id: second } = await lab.send('tlsa-match.test')
    const taken = await lab.received()
    const protocolOf = (mail: number) =>
      taken.find(({ to }) => to.some(address => address.startsWith(`x${mail}@`)))?.protocol
    expect([protocolOf(id), protocolOf(second)]).toEqual([null, 'TLSv1.3'])
  })

  test('has a mail that was kept tried again once the table lets it through', async () => {
    await lab.break('tlsa-mismatch.test')
    await lab.setTable('')
    const kept = await lab.send('tlsa-mismatch.test', { keep: true })
    expect(kept).toMatchObject({ status: 'deferred', reason: 'Server certificate not verified' })
    await lab.setTable('tlsa-mismatch.test encrypt\n')
    await lab.exec(['postqueue', '-i', kept.queueId])
    let mail = kept
    while (mail.status === 'deferred') mail = await lab.nextAttempt(mail)
    expect(mail).toMatchObject({ status: 'sent', outcome: 'encrypted' })
  })
})
