import { execFile } from 'node:child_process'
import { once } from 'node:events'
import type { Outcome } from '../../src/outcomes/outcomes.ts'
import type { Delivery } from '../postfix/delivery.ts'
import { outcome, readDelivery } from '../postfix/delivery.ts'
import { ask, commandInside, MAIL_CONFIG, pathOutside, startProcess } from './process.mjs'
import type { Past } from './world/mail.mjs'
import type { Options } from './world/main.mjs'
import type { Recipient, State } from './world/recipients.mjs'
import type { Received } from './world/servers.mjs'

/** A recipient as it is now. */
export interface Known extends Recipient {
  /** SHA-256 of the public key that it has when it is whole, as `AA:BB:…`: the pin for `fingerprint`. */
  readonly pin: string
  readonly state: State
}

/** A mail that was sent, and what became of it so far. */
export interface Sent extends Delivery {
  readonly id: number
  readonly queueId: string
  readonly attempts: number
  /** `verified` at the level `verify`, too: the log does not tell the level. */
  readonly outcome: Outcome
}

export interface Sending {
  /** Lets Postfix try again until a failed handshake would be followed by plaintext: about four seconds. */
  readonly late?: boolean
  /** Leaves a deferred mail in the queue. */
  readonly keep?: boolean
}

/** How a program ended that ran inside. */
interface Ended {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

export interface Lab {
  /** By domain; asked for anew, because states change. */
  readonly recipients: () => Promise<ReadonlyMap<string, Known>>
  /** Sends one mail to a domain, any subdomain of a recipient included, and waits for its status. */
  readonly send: (domain: string, sending?: Sending) => Promise<Sent>
  /** The same for many at once, in their order. */
  readonly sendMany: (domains: readonly string[], sending?: Sending) => Promise<readonly Sent[]>
  /** Waits until Postfix has tried a kept mail once more. */
  readonly nextAttempt: (sent: Sent) => Promise<Sent>
  /** What the recipients took, and whether in plaintext. */
  readonly received: () => Promise<readonly Received[]>
  /** Installs a policy table, as text, for the sending Postfix. */
  readonly setTable: (text: string) => Promise<void>
  /** Makes recipients whole or broken, in DNS and at their hosts; the resolver forgets what it knew. */
  readonly repair: (...domains: readonly string[]) => Promise<void>
  readonly break: (...domains: readonly string[]) => Promise<void>
  /** Runs a program inside, with the lab's resolver, network and Postfix; a status of its own is no error. */
  readonly exec: (program: readonly string[], options?: { readonly cwd?: string }) => Promise<Ended>
  /** The folder of main.cf, and the file of the private CA, as programs inside see them. */
  readonly postfixConfig: string
  readonly caFile: string
  /** The same file for programs outside, while the lab runs. */
  readonly outside: (path: string) => string
  /** Ends all its processes, and with them its file system and network. */
  readonly stop: () => Promise<void>
}

function sentOf({ id, attempts }: Past): Sent {
  const delivery = readDelivery(attempts)
  const queueId = /^\w+/.exec(delivery.log.at(-1) ?? '')?.[0] ?? ''
  return { ...delivery, id, queueId, attempts: attempts.length, outcome: outcome(delivery, '') }
}

/**
 * Starts a lab of its own; it ends with this process at the latest.
 * @throws when it cannot be started here
 */
export async function startLab(options: Pick<Options, 'postfix' | 'validates'> = {}): Promise<Lab> {
  const child = await startProcess('test', options)
  const pid = child.pid ?? 0
  const change = async (state: State, domains: readonly string[]) => {
    await ask(pid, 'change', { domains, state })
  }
  const sendMany: Lab['sendMany'] = async (domains, sending = {}) => {
    const all = (await ask(pid, 'send', { domains, ...sending })) as readonly Past[]
    return all.map(sentOf)
  }
  return {
    recipients: async () => {
      const all = (await ask(pid, 'describe')) as readonly Known[]
      return new Map(all.map(known => [known.domain, known]))
    },
    sendMany,
    send: async (domain, sending) => {
      const [sent] = await sendMany([domain], sending)
      if (!sent) throw new Error(`nothing was sent to ${domain}`)
      return sent
    },
    nextAttempt: async ({ id, attempts }) =>
      sentOf((await ask(pid, 'wait', { id, seen: attempts })) as Past),
    received: async () => (await ask(pid, 'received')) as readonly Received[],
    setTable: async table => {
      await ask(pid, 'setTable', { table })
    },
    repair: (...domains) => change('whole', domains),
    break: (...domains) => change('broken', domains),
    exec: (program, { cwd = process.cwd() } = {}) => run(commandInside(pid, program, cwd)),
    postfixConfig: MAIL_CONFIG,
    caFile: '/var/spool/postfix/pki/ca.pem',
    outside: path => pathOutside(pid, path),
    stop: async () => {
      const gone = once(child, 'close')
      child.kill('SIGKILL')
      await gone
    },
  }
}

function run([file = '', ...options]: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    execFile(file, options, { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      const status = error === null ? 0 : error.code
      if (typeof status === 'number') resolve({ status, stdout, stderr })
      else reject(error)
    })
  })
}
