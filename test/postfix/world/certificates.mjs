// @ts-check
import { execFileSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { isIPv4 } from 'node:net'

const CONFIG = `[req]
distinguished_name = subject
prompt = no
[subject]
CN = judge
[ca]
basicConstraints = critical, CA:TRUE
subjectKeyIdentifier = hash
[leaf]
basicConstraints = critical, CA:FALSE
[issued]
basicConstraints = critical, CA:FALSE
subjectAltName = @names
[names]
`

const SIGNED = ['-CA', 'ca.pem', '-CAkey', 'ca.key']

/**
 * @param {string} folder
 * @param {string} name of the key and of the certificate
 * @param {string} extension the section of the configuration that says what it may be
 * @param {readonly string[]} options
 */
function request(folder, name, extension, options = []) {
  const what = ['-config', 'openssl.cnf', '-extensions', extension, '-subj', `/CN=${name}`]
  const files = ['-key', `${name}.key`, '-out', `${name}.pem`, '-days', '30', '-sha256']
  const all = ['req', '-new', '-x509', ...what, ...files, ...options]
  execFileSync('openssl', all, { cwd: folder, stdio: 'pipe' })
}

/**
 * @param {string} folder
 * @param {string} name
 */
function makeKey(folder, name) {
  const curve = ['-name', 'prime256v1', '-noout', '-out', `${name}.key`]
  execFileSync('openssl', ['ecparam', '-genkey', ...curve], { cwd: folder, stdio: 'pipe' })
}

/**
 * A certificate of the private CA.
 * @param {string} folder
 * @param {string} name
 * @param {readonly string[]} hosts host names and IPv4 addresses
 */
export function issue(folder, name, hosts) {
  const names = hosts.map((host, i) => `${isIPv4(host) ? 'IP' : 'DNS'}.${i} = ${host}`)
  writeFileSync(`${folder}/openssl.cnf`, `${CONFIG}${names.join('\n')}\n`)
  request(folder, name, 'issued', SIGNED)
}

/**
 * The private CA and all keys; `any` is the key of the certificate that names every host.
 * @param {string} folder
 * @param {string} mxHost
 */
export function makeCertificates(folder, mxHost) {
  writeFileSync(`${folder}/openssl.cnf`, `${CONFIG}DNS = ${mxHost}\n`)
  for (const name of ['ca', 'any', 'mx', 'self', 'rolled']) {
    makeKey(folder, name)
  }
  request(folder, 'ca', 'ca')
  request(folder, 'self', 'leaf')
  request(folder, 'rolled', 'leaf')
  issue(folder, 'mx', [mxHost])
  issue(folder, 'any', ['judge.test'])
  writeFileSync(`${folder}/empty.pem`, '')
  writeFileSync(`${folder}/junk.pem`, 'no certificate\n')
}

/** @param {Buffer} bytes */
const digest = bytes =>
  createHash('sha256')
    .update(bytes)
    .digest('hex')
    .toUpperCase()
    .replace(/..(?!$)/g, '$&:')

/**
 * The two SHA-256 digests that `match` takes at the level fingerprint, as `AA:BB:…`.
 * @param {string} folder
 * @param {string} name
 */
export function pinsOf(folder, name) {
  const certificate = new X509Certificate(readFileSync(`${folder}/${name}.pem`))
  return {
    certificate: digest(certificate.raw),
    publicKey: digest(certificate.publicKey.export({ type: 'spki', format: 'der' })),
  }
}
