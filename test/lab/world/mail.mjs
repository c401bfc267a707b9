// @ts-check
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { isSettled } from '../../postfix/world/deliver.mjs'
import { createLedger, createTail } from '../../postfix/world/log.mjs'
import { emptyQueue, sendMail } from '../../postfix/world/postfix.mjs'

/** @typedef {import('../../postfix/world/log.mjs').Attempt} Attempt */

/**
 * What became of one mail to one recipient.
 * @typedef {object} Past
 * @property {number} id
 * @property {readonly Attempt[]} attempts
 */

/** Postfix waits ten seconds at most for a peer. */
const PATIENCE_MS = 40_000

/** @param {string} root */
export function createMail(root) {
  const ledger = createLedger()
  const tail = createTail(`${root}/log/mail.log`)
  setInterval(() => tail().forEach(ledger.takeLine), 20)
  let next = 1

  /** @param {number} id */
  const pastOf = id => ({ id, attempts: ledger.attempts.get(id) ?? [] })
  /** @param {() => boolean} isDone */
  const waitUntil = async isDone => {
    const end = Date.now() + PATIENCE_MS
    while (!isDone()) {
      if (Date.now() > end) throw new Error('Postfix wrote no status in 40 seconds')
      await sleep(20)
    }
  }

  return {
    /**
     * Sends one mail to each domain and waits for its status. `late` waits until plaintext would have been tried;
     * `keep` leaves in the queue what was deferred.
     * @param {{ domains: readonly string[], late?: boolean, keep?: boolean }} request
     * @returns {Promise<readonly Past[]>}
     */
    send: async ({ domains, late = false, keep = false }) => {
      const first = next
      next += domains.length
      const ids = domains.map((_, i) => first + i)
      sendMail(domains.map((domain, i) => `x${first + i}@${domain}`))
      await waitUntil(() => ids.every(id => isSettled(pastOf(id).attempts, late)))
      const all = ids.map(pastOf)
      const waiting = all.flatMap(({ attempts }) => attempts.filter(isWaiting)).at(-1)
      if (!keep && waiting) emptyQueue(/^\w+/.exec(waiting.log.at(-1) ?? '')?.[0])
      return all
    },
    /**
     * Waits until a mail that was kept has been tried again.
     * @param {{ id: number, seen: number }} request how many attempts are known
     * @returns {Promise<Past>}
     */
    wait: async ({ id, seen }) => {
      await waitUntil(() => pastOf(id).attempts.length > seen)
      return pastOf(id)
    },
  }
}

/** @param {Attempt} attempt */
const isWaiting = ({ status }) => status === 'deferred'

/**
 * Replaces the processes that deliver: each keeps for a while the TLSA records that it has looked up.
 * @param {string} root
 */
export async function renewDeliverers(root) {
  const old = deliverers()
  process.kill(Number(readFileSync(`${root}/queue/pid/master.pid`, 'utf8')), 'SIGHUP')
  while (deliverers().some(pid => old.includes(pid))) await sleep(20)
}

function deliverers() {
  return readdirSync('/proc').filter(pid => {
    try {
      return readFileSync(`/proc/${pid}/comm`, 'utf8') === 'smtp\n'
    } catch {
      return false
    }
  })
}
