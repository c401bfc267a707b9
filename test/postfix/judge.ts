import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Delivery } from './delivery.ts'
import { readDelivery } from './delivery.ts'
import type { Attempt } from './world/log.mjs'
import { NAMESPACES, PATH } from './world/namespace.mjs'
import type { NextHop } from './world/next-hop.mjs'

/** SHA-256 of a receiver's certificate and of its public key, as `AA:BB:…`. */
interface Pins {
  readonly certificate: string
  readonly publicKey: string
}

/** Whose pins there are; `issuer` is the private CA itself. */
type Pinned = 'ca' | 'mx-name' | 'self' | 'rolled' | 'issuer'

export interface World {
  /** Postfix's own, such as `3.7.11`. */
  readonly version: string
  /**
   * The digests for `fingerprint`. The `ca` gets a new certificate for each `deliver`, but keeps its key.
   */
  readonly pins: Readonly<Record<Pinned, Pins>>
  /** The folder, as this Postfix sees it, of `ca.pem`, `self.pem`, `empty.pem` and `junk.pem`, for `tafile`. */
  readonly pki: string
  /**
   * Indexes the table, sends one mail to each next-hop and returns what the log said, by next-hop. With `late`
   * it lets Postfix try again until a failed handshake would be followed by plaintext (about five seconds).
   * A next-hop is what transport(5) would give, or `rcpt:DOMAIN` for a recipient of that domain.
   * @throws when Postfix gives no status, or `postmap` refuses the table
   */
  readonly deliver: (
    table: string,
    nextHops: readonly NextHop[],
    options?: { readonly late?: boolean },
  ) => Promise<ReadonlyMap<string, Delivery>>
  /** What `postmap -q -` answers; it folds a key's case, but tries no parent domain. */
  readonly query: (table: string, keys: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** Ends all processes of the world, and with them its file system and network. */
  readonly close: () => Promise<void>
}

interface Reply {
  readonly id: number
  readonly answer?: unknown
  readonly failure?: string
}

/** Answers to numbered requests; the world's own first message is number 0. */
function connect(child: ChildProcess): (name: string, request: object) => Promise<unknown> {
  const waiting = new Map<number, (reply: Reply) => void>()
  let last = -1
  let messages = ''
  child.stderr?.on('data', text => {
    messages += String(text)
  })
  child.on('message', (reply: Reply) => {
    waiting.get(reply.id)?.(reply)
    waiting.delete(reply.id)
  })
  child.on('close', () => {
    for (const [id, take] of waiting) {
      take({ id, failure: `the private Postfix is gone: ${messages}` })
    }
  })
  return async (name, request) => {
    last += 1
    const id = last
    const { promise, resolve } = pending()
    waiting.set(id, resolve)
    if (id > 0) {
      child.send({ ...request, name, id })
    }
    const reply = await promise
    if (reply.failure !== undefined) {
      throw new Error(reply.failure)
    }
    return reply.answer
  }
}

function pending(): { promise: Promise<Reply>; resolve: (reply: Reply) => void } {
  let resolve: (reply: Reply) => void = () => undefined
  const promise = new Promise<Reply>(take => {
    resolve = take
  })
  return { promise, resolve }
}

/**
 * Starts a Postfix of its own with receivers, in namespaces of its own; takes a second or two.
 * @throws when it cannot be started here
 */
export async function openWorld(): Promise<World> {
  const main = fileURLToPath(new URL('./world/main.mjs', import.meta.url))
  const child = spawn('unshare', [...NAMESPACES, process.execPath, main], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { PATH, LC_ALL: 'C' },
  })
  const ask = connect(child)
  const known = (await ask('open', {})) as Pick<World, 'version' | 'pins' | 'pki'>
  return {
    ...known,
    deliver: async (table, nextHops, { late = false } = {}) => {
      const all = (await ask('deliver', { table, nextHops, late })) as readonly Attempt[][]
      return new Map(nextHops.map(({ nextHop }, i) => [nextHop, readDelivery(all[i] ?? [])]))
    },
    query: async (table, keys) =>
      new Map((await ask('query', { table, keys })) as [string, string][]),
    close: async () => {
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
    },
  }
}
