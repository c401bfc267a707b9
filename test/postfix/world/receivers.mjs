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
 * Takes one SMTP conversation as far as STARTTLS or to its end.
 * @param {Socket} socket
 * @param {boolean} offersTls
 * @param {() => void} startTls what follows the answer to STARTTLS
 */
function converse(socket, offersTls, startTls) {
  let text = ''
  let isMessage = false
  const ehlo = `${EXTENSIONS}${offersTls ? '250-STARTTLS\r\n' : ''}250 ENHANCEDSTATUSCODES`
  /** @param {string} verb */
  const answer = verb => {
    socket.write(`${verb === 'EHLO' ? ehlo : (ANSWERS.get(verb) ?? '250 ok')}\r\n`)
    isMessage = verb === 'DATA'
    if (verb === 'QUIT') socket.end()
    if (verb === 'STARTTLS') {
      socket.removeAllListeners('data')
      startTls()
    }
  }
  socket.on('data', chunk => {
    const lines = `${text}${chunk.toString('latin1')}`.split('\r\n')
    text = lines.pop() ?? ''
    for (const line of lines) {
      if (!isMessage) answer(line.split(' ', 1).join().toUpperCase())
      else if (line === '.') answer('.')
    }
  })
}

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
 * @param {{ key: string, maxVersion?: import('node:tls').SecureVersion }} behaviour
 */
function contextOf(folder, { key, maxVersion = 'TLSv1.3' }) {
  return createSecureContext({
    key: readFileSync(`${folder}/${key}.key`),
    cert: readFileSync(`${folder}/${key}.pem`),
    // Whatever a policy asks for is to be had here, however old: the policy is on trial.
    ciphers: 'ALL:@SECLEVEL=0',
    minVersion: 'TLSv1',
    maxVersion,
  })
}

/**
 * @param {Socket} socket
 * @param {Receiver} receiver
 * @param {import('node:tls').SecureContext | undefined} secureContext
 */
function receive(socket, receiver, secureContext) {
  socket.on('error', () => socket.destroy())
  socket.write('220 receiver ESMTP\r\n')
  converse(socket, !('starttls' in BEHAVIOUR[receiver]), () => {
    if (!secureContext) {
      socket.on('data', () => socket.end('this is not TLS\r\n'))
      return
    }
    const secure = new TLSSocket(socket, { isServer: true, secureContext })
    secure.on('error', () => secure.destroy())
    converse(secure, false, () => undefined)
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
    receive(socket, receiver, contextFor(receiver))
  })
  server.listen(port)
  await once(server, 'listening')
}
