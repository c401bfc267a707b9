// @ts-check
// Runs as the first process of a network, mount and process namespace: when it ends, all ends.
import { issue, makeCertificates, pinsOf } from './certificates.mjs'
import { deliverAll } from './deliver.mjs'
import { startDns } from './dns.mjs'
import { makeNamespace, ROOT } from './namespace.mjs'
import { addressOf, MX_HOST, parseNextHop, receiverAt } from './next-hop.mjs'
import { indexTable, queryTable, startPostfix } from './postfix.mjs'
import { listen, readContexts } from './receivers.mjs'

/** @typedef {import('./next-hop.mjs').NextHop} NextHop */
/** @typedef {import('./next-hop.mjs').Receiver} Receiver */

const PKI = `${ROOT}/pki`

/** @type {Map<string, Receiver>} by host name or address literal */
const receivers = new Map()
/** @type {Map<string, string>} */
const addresses = new Map()
/** @type {Set<number>} */
const ports = new Set()
/** @type {ReturnType<typeof readContexts>} */
let contexts = new Map()

/** @param {readonly NextHop[]} nextHops */
async function prepareReceivers(nextHops) {
  receivers.clear()
  addresses.clear()
  for (const { nextHop, receiver } of nextHops) {
    const { host, port } = parseNextHop(nextHop)
    if ((receivers.get(host) ?? receiver) !== receiver) {
      throw new Error(`one host, two receivers: ${host}`)
    }
    receivers.set(host, receiver)
    addresses.set(host, addressOf(receiver, receivers.size))
    if (!ports.has(port)) {
      ports.add(port)
      await listen(
        port,
        address => receiverAt(address, receivers),
        receiver => contexts.get(receiver),
      )
    }
  }
  // One certificate for all: Postfix asks for no particular one unless `servername` says so.
  const hosts = [...receivers.keys()].filter(host => /^[\w.-]{1,250}$/.test(host))
  issue(PKI, 'any', ['judge.test', ...hosts])
  contexts = readContexts(PKI)
}

const zone = {
  /** @param {string} name */
  address: name =>
    (name === MX_HOST ? addressOf('mx-name', 1) : addresses.get(name)) ?? addressOf('ca', 1),
  /** @param {string} name */
  isHosted: name => receivers.get(name) === 'mx-name',
}

/**
 * What the other side asks for.
 * @typedef {object} Request
 * @property {number} id
 * @property {'deliver' | 'query'} name
 * @property {string} table
 * @property {readonly NextHop[]} nextHops for `deliver`
 * @property {boolean} late for `deliver`
 * @property {readonly string[]} keys for `query`
 */

const REQUESTS = {
  /** @param {Request} request */
  deliver: async ({ table, nextHops, late }) => {
    await prepareReceivers(nextHops)
    indexTable(`${ROOT}/etc/policy`, table)
    const names = nextHops.map(({ nextHop }) => nextHop)
    return deliverAll(ROOT, names, late)
  },
  /** @param {Request} request */
  query: async ({ table, keys }) => {
    indexTable(`${ROOT}/query/table`, table)
    return [...queryTable(`${ROOT}/query/table`, keys)]
  },
}

makeNamespace(['etc', 'log', 'pki', 'query'])
makeCertificates(PKI, MX_HOST)
await startDns(zone)
const version = startPostfix(ROOT)

let turn = Promise.resolve()
process.on('disconnect', () => process.exit())
process.on('message', (/** @type {Request} */ request) => {
  turn = turn.then(async () => {
    try {
      process.send?.({ id: request.id, answer: await REQUESTS[request.name](request) })
    } catch (error) {
      process.send?.({ id: request.id, failure: String(error) })
    }
  })
})

const names = { ca: 'any', 'mx-name': 'mx', self: 'self', rolled: 'rolled', issuer: 'ca' }
const pins = Object.entries(names).map(([name, file]) => [name, pinsOf(PKI, file)])
process.send?.({ id: 0, answer: { version, pins: Object.fromEntries(pins), pki: PKI } })
