import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeWithPostfix } from './available.ts'
import type { Row } from './corpus.ts'
import { fillIn, nextHopOfRow, readCorpus } from './corpus.ts'
import { verdict } from './delivery.ts'
import type { World } from './judge.ts'
import { openWorld } from './judge.ts'
import { valuesOf } from './values.ts'

const rows = readCorpus()

const shown = ({ id, policy }: Row, verdict = '-', protocol = '-') =>
  `${id} ${policy}: ${verdict} ${protocol}`

describeWithPostfix('the measured right-hand sides', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  }, 60_000)
  afterAll(() => world.close())

  test('Postfix 3.7 judges every one as was measured', async ({ skip }) => {
    // The verdicts are facts about this release; another one has some of its own.
    skip(!world.version.startsWith('3.7.'), `this is Postfix ${world.version}`)
    const values = valuesOf(world)
    const table = rows.map(row => `${nextHopOfRow(row)} ${fillIn(row, values)}\n`).join('')
    const nextHops = rows.map(row => ({ nextHop: nextHopOfRow(row), receiver: row.receiver }))
    const deliveries = await world.deliver(table, nextHops)
    const measured = rows.map(row => {
      const delivery = deliveries.get(nextHopOfRow(row))
      return shown(row, delivery && verdict(delivery), row.protocol && delivery?.protocol)
    })
    expect(measured).toEqual(rows.map(row => shown(row, row.verdicts['3.7'], row.protocol)))
  }, 120_000)
})
