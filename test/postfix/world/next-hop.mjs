// @ts-check
import { domainToASCII } from 'node:url'

/** The receivers; the place of each in this list is the second number of its addresses. */
const RECEIVERS = /** @type {const} */ ([
  'ca',
  'tls12',
  'mx-name',
  'self',
  'rolled',
  'notls',
  'garbage',
])

/** @typedef {(typeof RECEIVERS)[number]} Receiver */
/** @typedef {{ readonly nextHop: string, readonly receiver: Receiver }} NextHop */

/** The one MX host of every next-hop whose receiver is `mx-name`. */
export const MX_HOST = 'mx.hosting.test'

/** @type {Readonly<Record<string, number>>} */
const SERVICES = { smtp: 25, submission: 587, submissions: 465, smtps: 465, lmtp: 24 }

/**
 * The address that stands for the n-th host of a receiver.
 * @param {Receiver} receiver
 * @param {number} n from 1
 */
export const addressOf = (receiver, n) =>
  `10.${RECEIVERS.indexOf(receiver) + 1}.${n >> 8}.${n & 255}`

/**
 * The receiver behind a local address; whoever is unknown is a `ca`.
 * @param {string} address IPv4, or IPv4 mapped into IPv6
 * @param {ReadonlyMap<string, Receiver>} literals receivers that were asked for by address
 * @returns {Receiver}
 */
export function receiverAt(address, literals) {
  const plain = address.replace('::ffff:', '')
  const place = /^10\.(\d+)\./.exec(plain)?.[1]
  return literals.get(plain) ?? RECEIVERS[Number(place) - 1] ?? 'ca'
}

/**
 * Host (as DNS is asked for it) and port of a next-hop; `rcpt:DOMAIN` is a recipient's domain.
 * @param {string} nextHop
 */
export function parseNextHop(nextHop) {
  const text = nextHop.replace(/^rcpt:/, '')
  const [, host = text, service = 'smtp'] =
    /^\[(.*)\](?::(\w+))?$/.exec(text) ?? /^([^:]*)(?::(\w+))?$/.exec(text) ?? []
  const lower = host.toLowerCase().replace(/\.$/, '')
  const isAscii = /^[\x20-\x7e]*$/.test(lower)
  const port = SERVICES[service] ?? Number(service)
  return {
    host: isAscii ? lower : domainToASCII(lower),
    // A port that no socket can have is Postfix's to refuse, not ours.
    port: Number.isInteger(port) && port > 0 && port < 65536 ? port : 25,
  }
}
