// @ts-check
import { setTimeout as sleep } from 'node:timers/promises'
import { createLedger, createTail } from './log.mjs'
import { BACKOFF_SECONDS, emptyQueue, indexTable, sendMail } from './postfix.mjs'

/** @typedef {import('./log.mjs').Attempt} Attempt */

/** No line for so long means that Postfix is stuck: it waits ten seconds at most for a peer. */
const PATIENCE_MS = 40_000

/** The next mail's number; no recipient ever comes twice, so an old mail cannot be mistaken. */
let next = 1

/**
 * Whether the last attempt is the one to read: after a failed handshake a late one may be plaintext.
 * @param {readonly Attempt[]} past
 * @param {boolean} late
 */
export function isSettled(past, late) {
  const last = past.at(-1)
  // The log rounds, so an attempt counts as late only well past the limit.
  const isEnough = !late || (last?.waited ?? 0) > BACKOFF_SECONDS + 0.1
  return last !== undefined && (last.status !== 'deferred' || isEnough)
}

/**
 * @param {string} root
 * @param {readonly string[]} nextHops
 */
function send(root, nextHops) {
  const first = next
  next += nextHops.length
  const entries = nextHops.map((hop, i) => `x${first + i}@via.invalid\tsmtp:${hop}\n`)
  const domains = nextHops.map(hop => /^rcpt:(.*)/s.exec(hop)?.[1] ?? 'via.invalid')
  indexTable(`${root}/etc/transport`, entries.join(''))
  sendMail(domains.map((domain, i) => `x${first + i}@${domain}`))
  return first
}

/**
 * Sends one mail to each next-hop and waits for what the log says. Those of which smtp(8) died, and those
 * that then found none alive, may come back without any attempt.
 * @param {string} root
 * @param {readonly string[]} nextHops
 * @param {boolean} late
 */
async function deliver(root, nextHops, late) {
  const ledger = createLedger()
  const tail = createTail(`${root}/log/mail.log`)
  tail()
  const first = send(root, nextHops)
  const pastOf = (/** @type {number} */ i) => ledger.attempts.get(first + i) ?? []
  for (let quietSince = Date.now(); ; await sleep(20)) {
    const lines = tail()
    lines.forEach(ledger.takeLine)
    const open = nextHops.filter((_, i) => !isSettled(pastOf(i), late))
    if (open.length <= ledger.fatal.length) break
    if (lines.length > 0) quietSince = Date.now()
    if (Date.now() - quietSince > PATIENCE_MS) throw new Error(`no status for ${open.join(', ')}`)
  }
  emptyQueue()
  return { fatal: ledger.fatal, past: nextHops.map((_, i) => pastOf(i)) }
}

/**
 * All attempts for each next-hop, in their order.
 * @param {string} root
 * @param {readonly string[]} nextHops
 * @param {boolean} late wait until plaintext would have been tried
 */
export async function deliverAll(root, nextHops, late) {
  if (nextHops.length === 0) return []
  const { past } = await deliver(root, nextHops, late)
  const settled = []
  for (const [i, nextHop] of nextHops.entries()) {
    const own = past[i] ?? []
    settled.push(isSettled(own, late) ? own : await deliverAlone(root, nextHop, late))
  }
  return settled
}

/**
 * @param {string} root
 * @param {string} nextHop
 * @param {boolean} late
 * @returns {Promise<readonly Attempt[]>}
 */
async function deliverAlone(root, nextHop, late) {
  const { fatal, past } = await deliver(root, [nextHop], late)
  const died = { status: 'none', waited: 0, dsn: '', reason: '', log: fatal }
  return fatal.length > 0 ? [died] : past.flat()
}
