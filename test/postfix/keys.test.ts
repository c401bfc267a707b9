import { afterAll, beforeAll, expect, test } from 'vitest'
import { indexEntries } from '../../src/table/entries.ts'
import { findEntry, nextHopOf } from '../../src/table/lookup.ts'
import { judge } from '../judgement.ts'
import { questionOf, readMeasuredKeys } from '../table/next-hops.ts'
import { describeWithPostfix } from './available.ts'
import { fileOf } from './combinations.ts'
import { matchedKey } from './delivery.ts'
import type { World } from './judge.ts'
import { openWorld } from './judge.ts'

const measured = readMeasuredKeys()

const further = `example.com .example.com [example.com]:587 [example.com]:submission example.com:25
  .sub.example.com deep.sub.example.com .com .test .example .münchen.test .straße.test .strasse.test
  a_b.test .a_b.test .2.3.a 192.0.2.9:587 [192.0.2.3]:0587 [2001:db8::2] .k.test ı.test ςα.test Ꭰ.test
  .xn--zrich-kva.test zürich.test`

const destinations = new Set([...measured.flatMap(({ key }) => key ?? []), ...further.split(/\s+/)])

const label = 'x'.repeat(63)

const nextHops = new Set([
  ...measured.map(({ nextHop }) => nextHop),
  ...`EXAMPLE.COM x.sub.example.com x.y.SUB.example.com DEEP.sub.example.com x.deep.sub.example.com
  foo.com com net x.example example [sub.example.com] sub.example.com:25 example.com:25 example.com:smtp
  [EXAMPLE.com]:587 [example.com]:0587 [192.0.2.3]:0587 [2001:DB8::2] [2001:db8:0::2] 192.0.2.9:587
  192.0.2.9 1.2.3.a a.1 _dmarc.example.com _.example.com c.a_b.test a--b.example.com ab--c.example.com
  xn--a.example.com ${label}.example.com ${Array(30).fill('abcdef').join('.')}.example.com
  a.MÜNCHEN.test a.b.münchen.test sub.xn--mnchen-3ya.test a.xn--kln2-5qa.test zürich.test a.zürich.test
  xn--zrich-kva.test a.XN--ZRICH-KVA.test straße.test a.straße.test a.straẞe.test a.strasse.test
  xn--strae-oqa.test a.xn--strae-oqa.test a.K.test a.k.test ı.test i.test I.test σα.test ΣΑ.test
  Ꭰ.test ꭰ.test xn--58d.test ü_x.example.com ${'ü'.repeat(40)}.example.com ☃.example.com
  rcpt:EXAMPLE.COM rcpt:sub.example.com rcpt:sub.example.com. rcpt:a.münchen.test rcpt:a.straße.test
  rcpt:_a.example.com rcpt:com rcpt:xn--zrich-kva.test rcpt:zürich.test`.split(/\s+/),
])

/** smtp(8) gives these up before it asks for any key. */
const refused = ['1.2.3', `x${label}.example.com`, 'a-.example.com', 'a..example.com']

describeWithPostfix('the entry that applies', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  }, 60_000)
  afterAll(() => world.close())

  test('is the one that Postfix finds, for every next-hop', async () => {
    const files = [...destinations].map(text => fileOf(text, { policy: 'may', parameters: {} }))
    // Postfix names the key of an entry when it cannot read its value.
    const { entries } = judge(files)
    const unreadable = entries.map(entry => ({ ...entry, value: `M:${entry.key}` }))
    const table = unreadable.map(({ key, value }) => `${key} ${value}\n`).join('')
    const index = indexEntries(unreadable)
    const asked = [...nextHops, ...refused]
    const deliveries = await world.deliver(
      table,
      asked.map(nextHop => ({ nextHop, receiver: 'ca' })),
    )
    const theirs = asked.map(nextHop => {
      const delivery = deliveries.get(nextHop)
      return `${nextHop} → ${delivery && matchedKey(delivery)}`
    })
    const ours = asked.map(nextHop => {
      return `${nextHop} → ${findEntry(index, nextHopOf(questionOf(nextHop)))?.entry.key}`
    })
    expect(ours).toEqual(theirs)
    expect(refused.map(nextHop => deliveries.get(nextHop)?.status)).toEqual(
      refused.map(() => 'none'),
    )
    expect(theirs.filter(line => !line.endsWith('undefined')).length).toBeGreaterThan(70)
  }, 60_000)
})
