// @ts-check
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'

/** From this age on, a mail may go in plaintext after a failed handshake (at `may`). */
export const BACKOFF_SECONDS = 3

/**
 * The private configuration. `postmap`, `sendmail` and the daemons find it by MAIL_CONFIG.
 * @param {string} root
 * @returns {Readonly<Record<string, string>>}
 */
const settings = root => ({
  compatibility_level: '3.6',
  queue_directory: `${root}/queue`,
  data_directory: `${root}/data`,
  maillog_file: `${root}/log/mail.log`,
  maillog_file_prefixes: root,
  myhostname: 'sender.test',
  mydestination: '',
  alias_maps: '',
  notify_classes: '',
  fast_flush_domains: '',
  transport_maps: `lmdb:${root}/etc/transport`,
  smtp_tls_policy_maps: `lmdb:${root}/etc/policy`,
  smtp_tls_security_level: 'dane',
  smtp_dns_support_level: 'dnssec',
  smtp_tls_fingerprint_digest: 'sha256',
  smtp_tls_CAfile: `${root}/pki/ca.pem`,
  smtp_tls_loglevel: '1',
  smtp_connection_cache_on_demand: 'no',
  // A destination that fails must not keep the next mail from being tried at all.
  smtp_destination_concurrency_failed_cohort_limit: '0',
  smtp_destination_recipient_limit: '1',
  default_process_limit: '40',
  smtp_connect_timeout: '10s',
  smtp_helo_timeout: '10s',
  smtp_starttls_timeout: '10s',
  // After a failed handshake the age of a mail decides whether plaintext is tried; the first
  // attempt must stay well below, the second comes as soon as it is reached.
  minimal_backoff_time: `${BACKOFF_SECONDS}s`,
  queue_run_delay: '1s',
  // smtp(8) dies of some next-hops; the others shall not wait a minute for its successor.
  transport_retry_time: '1s',
  service_throttle_time: '1s',
})

const SERVICES = `
pickup    unix  n - n 1   1 pickup
cleanup   unix  n - n -   0 cleanup
qmgr      unix  n - n 300 1 qmgr
tlsmgr    unix  - - n 1000? 1 tlsmgr
rewrite   unix  - - n -   - trivial-rewrite
bounce    unix  - - n -   0 bounce
defer     unix  - - n -   0 bounce
trace     unix  - - n -   0 bounce
proxymap  unix  - - n -   - proxymap
smtp      unix  - - n -   - smtp
error     unix  - - n -   - error
retry     unix  - - n -   - error
flush     unix  n - n 1000? 0 flush
discard   unix  - - n -   - discard
scache    unix  - - n -   1 scache
tlsproxy  unix  - - n -   0 tlsproxy
postlog   unix-dgram n - n - 1 postlogd
`

const QUEUES = ['active', 'bounce', 'corrupt', 'defer', 'deferred', 'flush', 'hold', 'incoming']

/**
 * Runs a program of Postfix to its end.
 * @param {string} program
 * @param {readonly string[]} options
 * @param {string} input
 */
const run = (program, options, input = '') =>
  execFileSync(program, options, { input, encoding: 'utf8', stdio: 'pipe', maxBuffer: 2 ** 26 })

/** @param {string} root */
function makeFolders(root) {
  const folders = [...QUEUES, 'private', 'saved', 'trace'].map(name => `${root}/queue/${name}`)
  mkdirSync(`${root}/queue/pid`, { recursive: true })
  run('install', ['-d', '-o', 'postfix', '-m', '700', ...folders, `${root}/data`])
  run('install', ['-d', '-o', 'postfix', '-g', 'postdrop', '-m', '710', `${root}/queue/public`])
  run('install', ['-d', '-o', 'postfix', '-g', 'postdrop', '-m', '730', `${root}/queue/maildrop`])
}

/**
 * Starts a Postfix of its own under `root` and returns its version.
 * @param {string} root
 * @param {Readonly<Record<string, string>>} [changes] parameters of main.cf that differ
 */
export function startPostfix(root, changes = {}) {
  const [daemons, version] = run('postconf', ['-h', 'daemon_directory', 'mail_version']).split('\n')
  const all = { ...settings(root), ...changes }
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}\n`)
  makeFolders(root)
  writeFileSync(`${root}/etc/main.cf`, lines.join(''))
  // Postfix reads a file again and again that was written within the last second.
  utimesSync(`${root}/etc/main.cf`, 1_700_000_000, 1_700_000_000)
  writeFileSync(`${root}/etc/master.cf`, SERVICES)
  process.env.MAIL_CONFIG = `${root}/etc`
  indexTable(`${root}/etc/policy`, '')
  indexTable(`${root}/etc/transport`, '')
  spawn(`${daemons}/master`, ['-d'], { stdio: ['ignore', 'inherit', 'inherit'] })
  return version
}

/**
 * Writes a table and indexes it as `postmap lmdb:FILE` does.
 * @param {string} file
 * @param {string} text
 */
export function indexTable(file, text) {
  writeFileSync(file, text)
  run('postmap', [`lmdb:${file}`])
}

/**
 * What `postmap -q -` answers.
 * @param {string} file an indexed table
 * @param {readonly string[]} keys
 * @returns {ReadonlyMap<string, string>}
 */
export function queryTable(file, keys) {
  // postmap's status is 1 when nothing was found, and then it prints nothing.
  const shell = ['-c', 'postmap -q - "lmdb:$1" || [ $? -eq 1 ]', 'query', file]
  const found = run('sh', shell, keys.map(key => `${key}\n`).join(''))
  const lines = found.split('\n').filter(line => line !== '')
  return new Map(lines.map(line => [line.split('\t', 1).join(), line.replace(/^[^\t]*\t/, '')]))
}

/**
 * One mail to all recipients; its null sender keeps Postfix from sending bounces.
 * @param {readonly string[]} recipients
 */
export const sendMail = recipients =>
  run('sendmail', ['-i', '-f', '', '--', ...recipients], 'Subject: probe\n\n')

/**
 * Forgets mail that still waits.
 * @param {string} queueId
 */
export const emptyQueue = (queueId = 'ALL') => run('postsuper', ['-d', queueId])
