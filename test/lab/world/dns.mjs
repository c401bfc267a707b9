// @ts-check
import { execFile, execFileSync, spawn } from 'node:child_process'
import { Resolver } from 'node:dns/promises'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { NAME_SERVER, spoilSignatures, ZONES, zoneText } from './zones.mjs'

/** @typedef {import('./zones.mjs').Digests} Digests */
/** @typedef {import('./zones.mjs').StateOf} StateOf */

/** How long a name server may take until it answers. */
const PATIENCE_MS = 10_000

/** @param {string} zone */
const fileOf = zone => (zone === '' ? 'root' : zone)

/** @param {string} folder */
const nsdSettings = folder => `
server:
  ip-address: ${NAME_SERVER}
  username: ""
  database: ""
  zonesdir: "${folder}"
  pidfile: "${folder}/nsd.pid"
  zonelistfile: "${folder}/nsd.list"
  xfrdfile: ""
  logfile: "${folder}/nsd.log"
  server-count: 1
  rrl-ratelimit: 0
remote-control:
  control-enable: no
${ZONES.map(({ name }) => `zone:\n  name: "${name}."\n  zonefile: "${fileOf(name)}.zone"\n`).join('')}`

/**
 * @param {string} folder
 * @param {boolean} validates
 */
const unboundSettings = (folder, validates) => `
server:
  interface: 127.0.0.1
  username: ""
  chroot: ""
  directory: "${folder}"
  pidfile: ""
  use-syslog: no
  logfile: "${folder}/unbound.log"
  do-daemonize: no
  do-not-query-localhost: no
  # It would answer for this name itself (RFC 6761).
  local-zone: "test." nodefault
  root-hints: "${folder}/root.hints"
  module-config: "${validates ? 'validator ' : ''}iterator"
  trust-anchor-file: "${folder}/anchor.ds"
remote-control:
  control-enable: yes
  control-use-cert: no
  control-interface: "${folder}/unbound.sock"
`

/**
 * @param {string} address
 * @param {string} zone
 * @param {(serial: number) => boolean} isGood
 */
async function waitForZone(address, zone, isGood) {
  const resolver = new Resolver({ timeout: 200, tries: 1 })
  resolver.setServers([address])
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(20)) {
    const soa = await resolver.resolveSoa(zone || '.').catch(() => undefined)
    if (soa && isGood(soa.serial)) return
  }
  throw new Error(`the name server ${address} has no answer for "${zone}."`)
}

/** @param {string} folder */
function makeKeys(folder) {
  const signed = ZONES.filter(({ isSigned }) => isSigned)
  return signed.map(({ name }) => {
    const options = ['-a', 'ECDSAP256SHA256', '-k', name || '.']
    const key = execFileSync('ldns-keygen', options, { cwd: folder, encoding: 'utf8' }).trim()
    const ds = readFileSync(`${folder}/${key}.ds`, 'utf8').trim()
    return { name, key, ds, data: ds.replace(/^.*\sDS\s+/, '') }
  })
}

/**
 * A signed tree of zones, its server, and a resolver that trusts its root. Returns what writes the zones again.
 * @param {string} folder
 * @param {Digests} digests
 * @param {StateOf} stateOf
 * @param {boolean} validates whether the resolver validates
 */
export async function startDns(folder, digests, stateOf, validates) {
  mkdirSync(folder, { recursive: true })
  const keys = makeKeys(folder)
  const signers = new Map(keys.map(({ name, data }) => [name, data]))
  let serial = 0

  /** @param {string} zone */
  const writeZone = async zone => {
    const file = `${folder}/${fileOf(zone)}`
    writeFileSync(`${file}.zone`, zoneText(zone, serial, stateOf, digests, signers))
    const key = keys.find(({ name }) => name === zone)?.key
    if (key === undefined) return
    const options = ['-o', zone || '.', '-f', `${file}.signed`, `${file}.zone`, key]
    await promisify(execFile)('ldns-signzone', options, { cwd: folder })
    writeFileSync(`${file}.zone`, spoilSignatures(readFileSync(`${file}.signed`, 'utf8'), stateOf))
  }
  const writeZones = async () => {
    serial += 1
    await Promise.all(ZONES.map(({ name }) => writeZone(name)))
  }
  const isServed = () =>
    Promise.all(ZONES.map(({ name }) => waitForZone(NAME_SERVER, name, found => found === serial)))

  await writeZones()
  writeFileSync(`${folder}/anchor.ds`, `${keys.find(({ name }) => name === '')?.ds}\n`)
  writeFileSync(`${folder}/root.hints`, `. 60 NS ns.\nns. 60 A ${NAME_SERVER}\n`)
  writeFileSync(`${folder}/nsd.conf`, nsdSettings(folder))
  writeFileSync(`${folder}/unbound.conf`, unboundSettings(folder, validates))
  const nsd = spawn('nsd', ['-d', '-c', `${folder}/nsd.conf`], { stdio: 'ignore' })
  await isServed()
  spawn('unbound', ['-c', `${folder}/unbound.conf`], { stdio: 'ignore' })
  await waitForZone('127.0.0.1', 'test', found => found === serial)

  return async () => {
    await writeZones()
    nsd.kill('SIGHUP')
    await isServed()
    const flush = ['-c', `${folder}/unbound.conf`, 'flush_zone', '.']
    await promisify(execFile)('unbound-control', flush)
  }
}
