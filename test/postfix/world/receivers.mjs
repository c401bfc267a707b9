// @ts-check
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'

/** @typedef {import('./next-hop.mjs').Receiver} Receiver */
/** @typedef {import('node:net').Socket} Socket */

/**
 * How each receiver behaves; no `key` means no working TLS.
 * @satisfies {Record<Receiver, { key?: string, maxVersion?: 'TLSv1.2', starttls?: false }>}
 */
const BEHAVIOUR = /** @type {const} */ ({
  ca: { key: 'any' },
  tls12: { key: 'any', maxVersion: 'TLSv1.2' },
  'mx-name': { key: 'mx' },
  self: { key: 'self' },
  rolled: { key: 'rolled' },
  notls: { starttls: false },
  garbage: {},
})

/** What a receiver answers to a command; all others get 250. */
const ANSWERS = new Map([
  ['DATA', '354 go on'],
  ['QUIT', '221 bye'],
  ['STARTTLS', '220 ready'],
])

const EXTENSIONS = '250-receiver\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n'

/**
 * How somebody answers.
 * @typedef {object} Behaviour
 * @property {boolean} offersTls
 * @property {import('node:tls').SecureContext | undefined} secureContext without one STARTTLS fails
 * @property {'close' | 'refuse'} [failure] how; otherwise it goes on with what is not TLS
 * @property {string} [greeting]
 * @property {(mail: Mail) => void} [took] is told of every mail
 */

/**
 * A mail that was taken; `protocol` is such as `TLSv1.3`, or null in plaintext.
 * @typedef {{ readonly from: string, readonly to: readonly string[], readonly protocol: string | null }} Mail
 */

/**
 * Takes one SMTP conversation as far as STARTTLS or to its end.
 * @param {Socket | TLSSocket} socket
 * @param {Behaviour} behaviour
 * @param {() => void} [startTls] what follows the answer to STARTTLS
 */
function converse(socket, { offersTls, failure, took }, startTls) {
  let text = ''
  let isMessage = false
  let from = ''
  /** @type {string[]} */
  let to = []
  const offers = offersTls && startTls !== undefined
  const ehlo = `${EXTENSIONS}${offers ? '250-STARTTLS\r\n' : ''}250 ENHANCEDSTATUSCODES`
  const answers = new Map([...ANSWERS, ['EHLO', ehlo]])
  if (failure === 'refuse') answers.set('STARTTLS', '454 4.7.0 TLS not available')
  /** @param {string} line */
  const answer = line => {
    const verb = line.split(' ', 1).join().toUpperCase()
    socket.write(`${answers.get(verb) ?? '250 ok'}\r\n`)
    isMessage = verb === 'DATA'
    if (verb === 'MAIL') [from, to] = [addressIn(line), []]
    if (verb === 'RCPT') to.push(addressIn(line))
    if (verb === 'QUIT') socket.end()
    if (verb === 'STARTTLS' && failure !== 'refuse') {
      socket.removeAllListeners('data')
      startTls?.()
    }
  }
  const protocol = socket instanceof TLSSocket ? () => socket.getProtocol() : () => null
  const takeMail = () => {
    took?.({ from, to, protocol: protocol() })
    answer('.')
  }
  socket.on('data', chunk => {
    const lines = `${text}${chunk.toString('latin1')}`.split('\r\n')
    text = lines.pop() ?? ''
    for (const line of lines) {
      if (!isMessage) answer(line)
      else if (line === '.') takeMail()
    }
  })
}

/** @param {string} line */
const addressIn = line => /<(.*?)>/.exec(line)?.[1] ?? ''

/**
 * The TLS contexts of all receivers, read again whenever the folder holds a new certificate.
 * @param {string} folder
 * @returns {ReadonlyMap<Receiver, import('node:tls').SecureContext>}
 */
export function readContexts(folder) {
  return new Map(
    Object.entries(BEHAVIOUR).flatMap(([receiver, behaviour]) =>
      'key' in behaviour
        ? [[/** @type {Receiver} */ (receiver), contextOf(folder, behaviour)]]
        : [],
    ),
  )
}

/**
 * @param {string} folder
 * @param {{ key: string, maxVersion?: import('node:tls').SecureVersion, ciphers?: string,
 *   dhparam?: string }} behaviour
 */
export function contextOf(folder, { key, maxVersion = 'TLSv1.3', ciphers = 'ALL', dhparam }) {
  return createSecureContext({
    ...(dhparam !== undefined && { dhparam }),
    key: readFileSync(`${folder}/${key}.key`),
    cert: readFileSync(`${folder}/${key}.pem`),
    // Whatever a policy asks for is to be had here, however old: the policy is on trial.
    ciphers: `${ciphers}:@SECLEVEL=0`,
    minVersion: 'TLSv1',
    maxVersion,
  })
}

/**
 * Takes one connection.
 * @param {Socket} socket
 * @param {Behaviour} behaviour
 */
export function receive(socket, behaviour) {
  const { secureContext, failure, greeting = '220 receiver ESMTP' } = behaviour
  socket.on('error', () => socket.destroy())
  socket.write(`${greeting}\r\n`)
  converse(socket, behaviour, () => {
    if (failure === 'close') {
      socket.end()
      return
    }
    if (!secureContext) {
      socket.on('data', () => socket.end('this is not TLS\r\n'))
      return
    }
    const secure = new TLSSocket(socket, { isServer: true, secureContext })
    secure.on('error', () => secure.destroy())
    converse(secure, behaviour)
  })
}

/**
 * Listens on one port of every address, IPv4 and (where there is any) IPv6.
 * @param {number} port
 * @param {(address: string) => Receiver} receiverAt who answers at a local address
 * @param {(receiver: Receiver) => import('node:tls').SecureContext | undefined} contextFor
 */
export async function listen(port, receiverAt, contextFor) {
  const server = createServer(socket => {
    const receiver = receiverAt(socket.localAddress ?? '')
    const offersTls = !('starttls' in BEHAVIOUR[receiver])
    receive(socket, { offersTls, secureContext: contextFor(receiver) })
  })
  server.listen(port)
  await once(server, 'listening')
}
