// @ts-check
import { execFile, execFileSync } from 'node:child_process'
import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { recipients } from './recipients.mjs'

/** @typedef {import('./recipients.mjs').Facts} Facts */
/** @typedef {import('node:crypto').KeyObject} KeyObject */

/**
 * The files, without their ending, of the certificate that a host serves, and of its key.
 * @param {string} host
 * @param {Facts} facts
 */
export const nameOf = (host, { certificate = 'self' }) => `${host}-${certificate}`

const EXPIRED = ['expired', 'host-expired']
const ISSUED = ['host', 'short', 'domain', 'other-name', 'host-expired']

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey

const newShortKey = () => generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey

/**
 * @param {string} folder
 * @param {string} name
 * @param {KeyObject} key
 */
function writeKey(folder, name, key) {
  const publicKey = createPublicKey(key)
  writeFileSync(`${folder}/${name}.key`, key.export({ type: 'pkcs8', format: 'pem' }))
  writeFileSync(`${folder}/${name}.pub`, publicKey.export({ type: 'spki', format: 'pem' }))
}

/**
 * The names that a certificate is for.
 * @param {string} host
 * @param {string} domain
 * @param {Facts} facts
 */
function namesFor(host, domain, { certificate }) {
  if (certificate === 'domain') return [domain, `*.${domain}`]
  return certificate === 'other-name' ? ['other.example'] : [host]
}

/**
 * @param {string} folder
 * @param {string} host
 * @param {string} domain
 * @param {Facts} facts
 */
async function certify(folder, host, domain, facts) {
  const name = nameOf(host, facts)
  const { certificate = 'self' } = facts
  const names = namesFor(host, domain, facts).map(each => `DNS:${each}`)
  writeFileSync(`${folder}/${name}.cnf`, `subjectAltName = ${names}\n`)
  const isIssued = ISSUED.includes(certificate)
  const signer = isIssued
    ? ['-force_pubkey', `${name}.pub`, '-CA', 'ca.pem', '-CAkey', 'ca.key']
    : ['-key', `${name}.key`]
  // Only "x509" takes a negative number of days.
  const what = ['-subj', `/CN=${host}`, '-days', EXPIRED.includes(certificate) ? '-1' : '30']
  const files = ['-extfile', `${name}.cnf`, '-out', `${name}.pem`]
  const options = ['x509', '-new', ...what, ...files, ...signer]
  await promisify(execFile)('openssl', options, { cwd: folder })
  // A TLSA record that names the CA is worth nothing where the CA is not sent along.
  if (isIssued) appendFileSync(`${folder}/${name}.pem`, readFileSync(`${folder}/ca.pem`))
}

/**
 * The private CA, and of every host two keys and each certificate that it serves in one of its states.
 * @param {string} folder
 */
export async function makeCertificates(folder) {
  writeKey(folder, 'ca', newKey())
  const subject = ['-subj', '/CN=lab', '-days', '30', '-key', 'ca.key', '-out', 'ca.pem']
  execFileSync('openssl', ['req', '-new', '-x509', ...subject], { cwd: folder, stdio: 'pipe' })
  const hosts = recipients.flatMap(({ domain, hosts }) => hosts.map(host => ({ ...host, domain })))
  await Promise.all(
    hosts.map(async ({ name, domain, facts }) => {
      const keys = { self: newKey(), rolled: newKey() }
      writeKey(folder, `${name}-self`, keys.self)
      writeKey(folder, `${name}-rolled`, keys.rolled)
      const served = [facts.broken, facts.whole].map(each => [nameOf(name, each), each])
      for (const [file, each] of new Map(/** @type {[string, Facts][]} */ (served))) {
        if (each.certificate === 'short') writeKey(folder, file, newShortKey())
        else if (each.certificate !== 'rolled') writeKey(folder, file, keys.self)
        await certify(folder, name, domain, each)
      }
    }),
  )
}

/**
 * SHA-256 of a public key, in hexadecimal digits.
 * @param {string} folder
 * @param {string} name of a host's certificate, or `ca`
 */
export function digestOf(folder, name) {
  const key = createPublicKey(readFileSync(`${folder}/${name}.pub`))
  const bytes = key.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(bytes).digest('hex').toUpperCase()
}
