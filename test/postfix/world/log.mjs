// @ts-check
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'

/**
 * One attempt to deliver, as its log says.
 * @typedef {object} Attempt
 * @property {string} status as in the log, or `none` when smtp(8) died and wrote none
 * @property {number} waited how old the mail was, in seconds
 * @property {string} dsn
 * @property {string} reason
 * @property {readonly string[]} log the messages of the delivering process, the status line last
 */

const LINE = /postfix\/([\w-]+)\[(\d+)\]: (.*)$/
const STATUS =
  / to=<x(\d+)@[^>]*>, (?:orig_to=<[^>]*>, )?relay=(.*?), .*delays=([\d.]+)\/.*dsn=([\d.]+), status=(\w+) \((.*)\)$/
const ADDRESS = /\[([\da-f.:]+)\]:\d+/i

/**
 * What tlsproxy wrote, by the address it names: it works for many mails at once. The library's own
 * errors name nobody; they precede the line that does.
 */
function createProxied() {
  /** @type {Map<string, string[]>} */
  const byAddress = new Map()
  /** @type {string[]} */
  let nameless = []
  /** @param {string} message */
  const take = message => {
    const address = ADDRESS.exec(message)?.[1]
    if (address !== undefined) {
      byAddress.set(address, [...(byAddress.get(address) ?? []), ...nameless, message])
      nameless = []
    } else if (message.includes('TLS library problem')) {
      nameless.push(message)
    }
  }
  /** @param {string} relay */
  const give = relay => {
    const address = ADDRESS.exec(relay)?.[1] ?? ''
    const messages = byAddress.get(address) ?? []
    byAddress.delete(address)
    return messages
  }
  return { take, give }
}

/**
 * Gathers log lines into attempts. A process delivers one mail at a time, so what it wrote since its
 * last status belongs to the next one.
 */
export function createLedger() {
  /** @type {Map<number, Attempt[]>} */
  const attempts = new Map()
  /** @type {Map<string, string[]>} */
  const unfinished = new Map()
  /** @type {string[]} */
  const fatal = []
  const proxied = createProxied()

  /** @param {string} line */
  const takeLine = line => {
    const [, agent = '', process = '', message = ''] = LINE.exec(line) ?? []
    if (agent === 'tlsproxy') proxied.take(message)
    if (agent === 'smtp' && message.startsWith('fatal: ')) fatal.push(message)
    if (agent !== 'smtp') return
    const log = [...(unfinished.get(process) ?? []), message]
    unfinished.set(process, log)
    const [, number, relay = '', age, dsn = '', status = '', reason = ''] =
      STATUS.exec(message) ?? []
    if (number === undefined) return
    unfinished.delete(process)
    const told = [...proxied.give(relay), ...log]
    const attempt = { status, waited: Number(age), dsn, reason, log: told }
    attempts.set(Number(number), [...(attempts.get(Number(number)) ?? []), attempt])
  }

  return { attempts, fatal, takeLine }
}

/**
 * Reads the lines that were added to a file since the last call.
 * @param {string} file need not exist yet
 */
export function createTail(file) {
  let at = 0
  let rest = Buffer.alloc(0)
  return () => {
    if (!existsSync(file)) return []
    const handle = openSync(file, 'r')
    const added = Buffer.alloc(Math.max(0, fstatSync(handle).size - at))
    at += readSync(handle, added, 0, added.length, at)
    closeSync(handle)
    const bytes = Buffer.concat([rest, added])
    const end = bytes.lastIndexOf(10) + 1
    rest = bytes.subarray(end)
    return bytes.toString('utf8', 0, end).split('\n').slice(0, -1)
  }
}
