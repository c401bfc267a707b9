import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Kind } from '../../src/language/kind.ts'
import type { Policy } from '../../src/language/policy.ts'
import { policies } from '../../src/language/policy.ts'
import { outcomesOf } from '../../src/outcomes/acting.ts'
import { measuredOutcomes, outcomeOf } from '../../src/outcomes/outcomes.ts'
import { formatTable } from '../../src/table/text.ts'
import { judge, settingsFor } from '../judgement.ts'
import { describeWithPostfix } from './available.ts'
import { fileOf } from './combinations.ts'
import { outcome } from './delivery.ts'
import type { World } from './judge.ts'
import { openWorld } from './judge.ts'
import type { NextHop, Receiver } from './world/next-hop.mjs'

/** A recipient of each kind that publishes no TLSA records, and whose key is pinned. */
const recipients = {
  'no-starttls': { receiver: 'notls', pinned: 'self' },
  'untrusted-certificate': { receiver: 'self', pinned: 'self' },
  'trusted-mx-name': { receiver: 'mx-name', pinned: 'mx-name' },
  'trusted-domain-name': { receiver: 'ca', pinned: 'ca' },
  'handshake-failure': { receiver: 'garbage', pinned: 'self' },
  'key-replaced': { receiver: 'rolled', pinned: 'self' },
} as const satisfies Readonly<
  Partial<Record<Kind, { readonly receiver: Receiver; readonly pinned: keyof World['pins'] }>>
>

/** Names to verify; the receivers' certificates are for the MX host, or for the domain. */
const lists = [
  ['secure', 'hostname'],
  ['secure', 'nexthop'],
  ['secure', 'MX'],
  ['secure', '.hosting.test'],
  ['secure', 'DOMAIN'],
  ['secure', 'MX:DOMAIN'],
  ['secure', 'HOSTNAME:nexthop'],
  ['verify', 'nexthop:dot-nexthop'],
  ['verify', 'hostname:nexthop'],
  ['verify', 'MX'],
] as const

type Measured = keyof typeof recipients

const nextHopOf = (kind: Measured, policy: Policy) => `${kind}.${policy}.test`

describeWithPostfix('the outcomes', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  }, 60_000)
  afterAll(() => world.close())

  /** Delivers to these kinds by each policy; a late mail has waited until plaintext is tried. */
  async function deliver(kinds: readonly Measured[], late: boolean) {
    const cases = kinds.flatMap(kind => policies.map(policy => ({ kind, policy })))
    const files = cases.map(({ kind, policy }) => {
      const match = world.pins[recipients[kind].pinned].publicKey
      const parameters = policy === 'fingerprint' ? { match } : {}
      return fileOf(nextHopOf(kind, policy), { policy, parameters })
    })
    const nextHops = cases.map(({ kind, policy }): NextHop => {
      return { nextHop: nextHopOf(kind, policy), receiver: recipients[kind].receiver }
    })
    const deliveries = await world.deliver(formatTable(judge(files).entries), nextHops, { late })
    return cases.map(({ kind, policy }) => {
      const delivery = deliveries.get(nextHopOf(kind, policy))
      return `${kind} at ${policy}: ${delivery && outcome(delivery, policy)}`
    })
  }

  function foretell(kinds: readonly Measured[]): readonly string[] {
    return kinds.flatMap(kind =>
      policies.map(policy => {
        return `${kind} at ${policy}: ${measuredOutcomes(policy)[kind]}`
      }),
    )
  }

  test('are what Postfix does with mail to each kind of recipient', async () => {
    const kinds = (Object.keys(recipients) as Measured[]).filter(kind => !isLate(kind))
    expect(await deliver(kinds, false)).toEqual(foretell(kinds))
  }, 60_000)

  test('are what Postfix does in the end where the TLS handshake fails', async () => {
    expect(await deliver(['handshake-failure'], true)).toEqual(foretell(['handshake-failure']))
    expect(await deliver(['handshake-failure'], false)).not.toEqual(foretell(['handshake-failure']))
  }, 60_000)

  test('follow the names of "match" at verify and secure', async () => {
    const cases = (['trusted-mx-name', 'trusted-domain-name'] as const).flatMap(kind =>
      lists.map(([policy, match], index) => {
        const nextHop = `n${index}.${kind}.test`
        const names = match.replace('MX', 'mx.hosting.test').replace('DOMAIN', nextHop)
        return { nextHop, policy, parameters: { match: [names] }, kind, ...recipients[kind] }
      }),
    )
    const { entries } = judge(cases.map(entry => fileOf(entry.nextHop, entry)))
    const deliveries = await world.deliver(formatTable(entries), cases)
    const measured = cases.map(({ nextHop, policy, parameters }) => {
      const isDeferred = deliveries.get(nextHop)?.status === 'deferred'
      return `${nextHop} ${policy} ${parameters.match}: ${isDeferred ? 'waits' : 'delivered'}`
    })
    const foretold = cases.map(({ nextHop, policy, parameters, kind }) => {
      const outcomes = outcomesOf({ policy, parameters, host: nextHop }, settingsFor('3.7'))
      const isDeferred = outcomeOf(outcomes, kind) === 'deferred'
      return `${nextHop} ${policy} ${parameters.match}: ${isDeferred ? 'waits' : 'delivered'}`
    })
    expect(measured).toEqual(foretold)
  }, 60_000)
})

const isLate = (kind: Measured) => kind === 'handshake-failure'
