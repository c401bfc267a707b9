import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Version } from '../../src/language/version.ts'
import { formatTable } from '../../src/table/text.ts'
import { judge, settingsFor } from '../judgement.ts'
import { toYaml } from './as-yaml.ts'
import { describeWithPostfix } from './available.ts'
import { combine, fileOf } from './combinations.ts'
import { fillIn, nextHopOfRow, readCorpus } from './corpus.ts'
import { refusal, verdict } from './delivery.ts'
import type { World } from './judge.ts'
import { openWorld } from './judge.ts'
import { valuesOf } from './values.ts'
import type { NextHop } from './world/next-hop.mjs'

/** A file of the policies folder, and a mail that goes by it. */
interface Case extends NextHop {
  readonly text: string
}

/** Each form of a destination, with a next-hop that it is for. */
const forms: Readonly<Record<string, string>> = {
  'plain.test': 'plain.test',
  'MiXeD.Test': 'mixed.test',
  '.above.test': 'a.b.above.test',
  '[host.test]': '[host.test]',
  '[host.test]:587': '[HOST.test]:587',
  '[host.test]:submission': '[host.test]:submission',
  'ported.test:25': 'ported.test:25',
  'a_b.test': 'a_b.test',
  'münchen.test': 'münchen.test',
  '.köln.test': 'sub.xn--kln-sna.test',
  'xn--zrich-kva.test': 'zürich.test',
  'straße.test': 'xn--strae-oqa.test',
  '[192.0.2.1]': 'rcpt:[192.0.2.1]',
  '[192.0.2.2]:2525': '[192.0.2.2]:2525',
  '192.0.2.3': '192.0.2.3',
}

/** What Postfix says of a table that it does not take as it stands; a status line names the recipient. */
const complaint = /^(?!.*status=).*(?:configuration problem|invalid|malformed|ignoring)/

describeWithPostfix('what we compile', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  }, 60_000)
  afterAll(() => world.close())

  const release = () => /^\d+\.\d+/.exec(world.version)?.[0] as Version

  /** Compiles the files to one table, delivers by it, and says what Postfix has against it. */
  async function objections(cases: readonly Case[]): Promise<readonly string[]> {
    const settings = settingsFor(release())
    const { entries, verdict: ours } = judge(
      cases.map(({ text }) => text),
      settings,
    )
    expect(ours).not.toBe('invalid')
    const table = formatTable(entries)
    const found = await world.query(
      table,
      entries.map(({ key }) => key),
    )
    expect([...found].toSorted()).toEqual(entries.map(({ key, value }) => [key, value]).toSorted())
    const deliveries = await world.deliver(table, cases)
    return cases.flatMap(({ nextHop, text }) => {
      const delivery = deliveries.get(nextHop)
      if (!delivery || delivery.status === 'none') return [`${nextHop}: no mail for ${text}`]
      // A bound that no TLS library knows, or a pin of another algorithm: each has our warning.
      const isForetold = judge([text], settings).verdict === 'warn' && !refusal(delivery)
      const isTaken = verdict(delivery) === 'ok' || isForetold
      if (isTaken && !delivery.log.some(message => complaint.test(message))) return []
      return [`${nextHop}: ${delivery.log.join(' / ')} for ${text}`]
    })
  }

  test('Postfix takes every measured right-hand side that we accept', async () => {
    const values = valuesOf(world)
    const settings = settingsFor(release())
    const cases = readCorpus()
      .filter(row => !/tafile=\S*(?:nonexistent|empty|junk)/.test(row.policy))
      .map(row => ({
        nextHop: nextHopOfRow(row),
        receiver: row.receiver,
        text: toYaml(nextHopOfRow(row), fillIn(row, values)),
      }))
      .filter(({ text }) => judge([text], settings).verdict !== 'invalid')
    expect(await objections(cases)).toEqual([])
    expect(cases.length).toBeGreaterThan(500)
  }, 120_000)

  test('Postfix takes each policy with each parameter that it admits', async () => {
    const cases = combine(valuesOf(world), release()).map((combination, index): Case => {
      const nextHop = `n${index}.ca.test`
      return { nextHop, receiver: 'self', text: fileOf(nextHop, combination) }
    })
    expect(await objections(cases)).toEqual([])
    expect(cases.length).toBeGreaterThan(150)
  }, 120_000)

  test('Postfix takes each form of a destination, and finds it', async () => {
    const cases = Object.entries(forms).map(([destination, nextHop]): Case => {
      const text = fileOf(destination, { policy: 'encrypt', parameters: { protocols: 'TLSv1.2' } })
      return { nextHop, receiver: 'ca', text }
    })
    expect(await objections(cases)).toEqual([])
    // Without the entry, Postfix would negotiate TLS 1.3 here.
    const { entries } = judge(cases.map(({ text }) => text))
    const deliveries = await world.deliver(formatTable(entries), cases)
    const protocols = cases.map(({ nextHop }) => `${nextHop} ${deliveries.get(nextHop)?.protocol}`)
    expect(protocols).toEqual(cases.map(({ nextHop }) => `${nextHop} TLSv1.2`))
  }, 60_000)

  test('the overrides of this repository go to their recipients', async () => {
    const folder = new URL('../../policies/', import.meta.url)
    const names = readdirSync(folder).filter(name => /^[^._].*\.ya?ml$/.test(name))
    const { entries } = judge(names.map(name => readFileSync(new URL(name, folder), 'utf8')))
    const nextHops = entries.map(({ key }): NextHop => {
      return { nextHop: key.replace(/^\./, 'a.'), receiver: 'ca' }
    })
    const deliveries = await world.deliver(formatTable(entries), nextHops)
    const outcomes = [...deliveries].map(([nextHop, delivery]) => {
      return `${nextHop}: ${verdict(delivery)}, ${delivery.status} ${delivery.tls} ${delivery.protocol}`
    })
    expect(outcomes).toEqual([
      'a.lab.example: ok, sent Trusted TLSv1.3',
      '[relay.lab.example]:587: ok, sent Trusted TLSv1.3',
      'broken-dane.example: ok, sent Trusted TLSv1.3',
      // Nobody here has the pinned keys.
      'clinic.example: ok, deferred Untrusted TLSv1.3',
      'partner.example: ok, sent Trusted TLSv1.3',
    ])
  }, 60_000)
})
