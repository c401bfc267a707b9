// @ts-check
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { MX_HOST } from './next-hop.mjs'

const TYPES = { A: 1, NS: 2, MX: 15 }

/** Response, recursion, and authenticated data: the sender trusts this bit (trust-ad). */
const FLAGS = 0x81a0

/** @param {string} name */
function encodeName(name) {
  const labels = name.split('.').map(label => {
    const bytes = Buffer.from(label, 'latin1')
    return Buffer.concat([Buffer.from([bytes.length]), bytes])
  })
  return Buffer.concat([...labels, Buffer.from([0])])
}

/** @param {Buffer} query */
function readQuestion(query) {
  const labels = []
  let at = 12
  for (let size = query[at] ?? 0; size > 0; size = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + size))
    at += 1 + size
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 }
}

/**
 * @param {string} name
 * @param {number} type
 * @param {Zone} zone
 */
function answer(name, type, zone) {
  if (type === TYPES.A) {
    return Buffer.from(zone.address(name).split('.').map(Number))
  }
  if (type === TYPES.MX && zone.isHosted(name)) {
    return Buffer.concat([Buffer.from([0, 10]), encodeName(MX_HOST)])
  }
  // Postfix asks for the root's servers to see whether answers are authenticated at all.
  return type === TYPES.NS && name === '' ? encodeName('ns.test') : undefined
}

/**
 * @param {Buffer} query
 * @param {Zone} zone
 */
function respond(query, zone) {
  const { name, type, end } = readQuestion(query)
  const data = answer(name, type, zone)
  const header = Buffer.alloc(12)
  query.copy(header, 0, 0, 2)
  header.writeUInt16BE(FLAGS, 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(data ? 1 : 0, 6)
  const record = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, data?.length ?? 0])
  const rest = data ? [record, data] : []
  return Buffer.concat([header, query.subarray(12, end), ...rest])
}

/**
 * What the little DNS server knows; it answers everything else with "no such data".
 * @typedef {object} Zone
 * @property {(name: string) => string} address the IPv4 address of a name
 * @property {(name: string) => boolean} isHosted whether its mail goes to the hosting MX
 */

/**
 * Answers on port 53 of the namespace's own loopback.
 * @param {Zone} zone
 */
export async function startDns(zone) {
  const socket = createSocket('udp4')
  socket.on('message', (query, peer) => {
    socket.send(respond(query, zone), peer.port, peer.address)
  })
  socket.bind(53, '127.0.0.1')
  await once(socket, 'listening')
}
