// @ts-check
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { contextOf, receive } from '../../postfix/world/receivers.mjs'
import { nameOf } from './certificates.mjs'
import { addressOf, recipients } from './recipients.mjs'

/** @typedef {import('./recipients.mjs').Facts} Facts */
/** @typedef {import('../../postfix/world/receivers.mjs').Mail} Mail */

/**
 * A mail as an MX host took it.
 * @typedef {Mail & { readonly host: string, readonly address: string }} Received
 */

/** No working TLS. */
const BROKEN = ['none', 'garbage', 'close', 'refuse']

/**
 * What few servers have left, alone.
 * @type {Readonly<Record<string, Omit<Parameters<typeof contextOf>[1], 'key'>>>}
 */
const WEAK = {
  old: { maxVersion: 'TLSv1' },
  null: { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-NULL-SHA' },
  // For a key of 1024 bits OpenSSL chooses a group of as many.
  dh1024: { maxVersion: 'TLSv1.2', ciphers: 'DHE-RSA-AES128-GCM-SHA256', dhparam: 'auto' },
}

/**
 * @param {string} folder of the certificates
 * @param {string} host
 * @param {Facts} facts
 * @param {(mail: Mail) => void} took
 * @returns {import('../../postfix/world/receivers.mjs').Behaviour}
 */
function behaviour(folder, host, facts, took) {
  const { smtp = '' } = facts
  const key = nameOf(host, facts)
  return {
    offersTls: smtp !== 'none',
    secureContext: BROKEN.includes(smtp) ? undefined : contextOf(folder, { key, ...WEAK[smtp] }),
    ...((smtp === 'close' || smtp === 'refuse') && { failure: smtp }),
    ...(smtp === 'busy' && { greeting: '421 4.3.2 try again later' }),
    took,
  }
}

/**
 * Starts every MX host on its addresses; each connection sees the state of that moment.
 * @param {string} folder of the certificates
 * @param {import('./zones.mjs').StateOf} stateOf
 * @param {(mail: Received) => void} took
 */
export async function startServers(folder, stateOf, took) {
  const addresses = recipients.flatMap(({ domain, port, hosts }) =>
    hosts.flatMap(({ name, families, facts }) =>
      families.map(family => ({ domain, port, name, facts, address: addressOf(name, family) })),
    ),
  )
  await Promise.all(
    addresses.map(async ({ domain, port, name, facts, address }) => {
      const server = createServer(socket => {
        const present = facts[stateOf(domain)]
        const note = (/** @type {Mail} */ mail) => took({ host: name, address, ...mail })
        receive(socket, behaviour(folder, name, present, note))
      })
      // Unlike with IPv4, a route to every address is not enough to listen on one.
      // Without a look for others that have the address, which takes a while in which nobody can listen.
      if (address.includes(':'))
        execFileSync('ip', ['addr', 'add', `${address}/128`, 'dev', 'lo', 'nodad'])
      server.listen(port, address)
      await once(server, 'listening')
    }),
  )
}
