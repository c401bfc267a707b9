// @ts-check
// Runs as the first process of a network, mount and process namespace: when it ends, all ends.
import { appendFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { makeNamespace, ROOT } from '../../postfix/world/namespace.mjs'
import { indexTable, startPostfix } from '../../postfix/world/postfix.mjs'
import { digestOf, makeCertificates, nameOf } from './certificates.mjs'
import { startDns } from './dns.mjs'
import { createMail, renewDeliverers } from './mail.mjs'
import { recipients } from './recipients.mjs'
import { startServers } from './servers.mjs'

/** @typedef {import('./recipients.mjs').State} State */
/** @typedef {import('./recipients.mjs').Facts} Facts */
/** @typedef {import('./servers.mjs').Received} Received */

/**
 * How a lab differs from the usual one.
 * @typedef {object} Options
 * @property {Readonly<Record<string, string>>} [postfix] parameters of main.cf
 * @property {boolean} [validates] whether the resolver validates
 * @property {boolean} [stays] whether it outlives who started it
 */

const PKI = `${ROOT}/pki`
const [, , text = '{}'] = process.argv
/** @type {Options} */
const { postfix = {}, validates = true, stays = false } = JSON.parse(text)

/** @type {Map<string, State>} */
const states = new Map(recipients.map(({ domain, starts }) => [domain, starts]))
const stateOf = (/** @type {string} */ domain) => states.get(domain) ?? 'whole'

/** @type {Received[]} */
const received = []
/** @param {Received} mail */
function took(mail) {
  received.push(mail)
  appendFileSync(`${ROOT}/log/received.jsonl`, `${JSON.stringify(mail)}\n`)
}

const digests = {
  served: (/** @type {string} */ host, /** @type {Facts} */ facts) =>
    digestOf(PKI, nameOf(host, facts)),
  other: (/** @type {string} */ host, /** @type {Facts} */ { certificate }) =>
    digestOf(PKI, `${host}-${certificate === 'rolled' ? 'self' : 'rolled'}`),
}

/** The key that a recipient has when it is whole: the one to pin. */
const pinOf = (/** @type {import('./recipients.mjs').Recipient} */ { hosts }) =>
  hosts
    .slice(0, 1)
    .map(({ name, facts }) => digests.served(name, facts.whole))
    .join()
    .replace(/..(?!$)/g, '$&:')

const describe = () =>
  recipients.map(recipient => {
    return { ...recipient, pin: pinOf(recipient), state: stateOf(recipient.domain) }
  })

makeNamespace(['etc', 'log', 'pki', 'dns'])
await makeCertificates(PKI)
const ca = digestOf(PKI, 'ca')
const writeZones = await startDns(`${ROOT}/dns`, { ...digests, ca }, stateOf, validates)
await startServers(PKI, stateOf, took)
// The hosts' IPv6 addresses are on the loopback, but they are not the sender's.
startPostfix(ROOT, { inet_interfaces: '127.0.0.1', ...postfix })
const routes = recipients.filter(({ domain, destination }) => domain !== destination)
const transport = routes.map(each => `${each.domain} smtp:${each.destination}\n`)
indexTable(`${ROOT}/etc/transport`, transport.join(''))
const mail = createMail(ROOT)

let turn = Promise.resolve()
/** Zones are written by one after the other. */
function inTurn(/** @type {() => Promise<void>} */ work) {
  const done = turn.then(work)
  turn = done.catch(() => undefined)
  return done
}

/** @type {Readonly<Record<string, (request: any) => unknown>>} */
const REQUESTS = {
  describe,
  send: mail.send,
  wait: mail.wait,
  received: () => received,
  /** @param {{ table: string }} request */
  setTable: ({ table }) => indexTable(`${ROOT}/etc/policy`, table),
  /** @param {{ domains: readonly string[], state: State }} request */
  change: ({ domains, state }) =>
    inTurn(async () => {
      for (const domain of domains) {
        if (!states.has(domain)) throw new Error(`no recipient is called ${domain}`)
        states.set(domain, state)
      }
      await writeZones()
      await renewDeliverers(ROOT)
    }),
}

const server = createServer(async (request, response) => {
  try {
    const answer = await REQUESTS[request.url?.slice(1) ?? '']?.(await json(request))
    response.end(JSON.stringify(answer ?? null))
  } catch (error) {
    response.writeHead(500).end(JSON.stringify(String(error)))
  }
})
server.listen(`${ROOT}/lab.sock`, () => process.stdout.write('ready\n'))

if (!stays) process.stdin.on('end', () => process.exit()).resume()
