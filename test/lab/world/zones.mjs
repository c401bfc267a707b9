// @ts-check
import { addressOf, recipients } from './recipients.mjs'

/** @typedef {import('./recipients.mjs').Recipient} Recipient */
/** @typedef {import('./recipients.mjs').Facts} Facts */
/** @typedef {import('./recipients.mjs').State} State */
/** @typedef {(domain: string) => State} StateOf */

/** Where the one server of all zones listens. */
export const NAME_SERVER = '10.53.0.1'

/**
 * The zones, those below first; `isSigned` ones have a DS record in the zone above.
 * @type {readonly { readonly name: string, readonly above: string, readonly isSigned: boolean }[]}
 */
export const ZONES = [
  { name: 'plain.test', above: 'test', isSigned: false },
  { name: 'bogus.test', above: 'test', isSigned: true },
  { name: 'test', above: '', isSigned: true },
  { name: 'hosting.example', above: '', isSigned: true },
  { name: '', above: '', isSigned: true },
]

/** @param {string} name */
const zoneOf = name =>
  ZONES.find(zone => name === zone.name || name.endsWith(`.${zone.name}`))?.name ?? ''

/** @param {string} text */
const spoil = text => text.replace(/.$/, last => (last === '0' ? '1' : '0'))

/**
 * The TLSA record of a host in its present state.
 * @param {string} host
 * @param {Facts} facts
 * @param {Digests} digests
 */
function tlsa(host, facts, digests) {
  const own = digests.served(host, facts)
  return {
    match: `3 1 1 ${own}`,
    other: `3 1 1 ${digests.other(host, facts)}`,
    ca: `2 1 1 ${digests.ca}`,
    unusable: `3 1 9 ${own}`,
    // Signed like this, and spoilt after that.
    bogus: `3 1 1 ${own}`,
  }[facts.tlsa ?? 'match']
}

/**
 * @param {Recipient} recipient
 * @param {State} state
 * @param {Digests} digests
 * @returns {[name: string, type: string, data: string][]}
 */
function recordsOf({ domain, port, hosts }, state, digests) {
  return hosts.flatMap(({ name, preference, families, facts }) => {
    const present = facts[state]
    const isClosed = present.smtp === 'closed'
    /** @type {[string, string, string][]} */
    const records = [domain, `*.${domain}`].map(from => [from, 'MX', `${preference} ${name}.`])
    for (const family of families) {
      records.push([name, family === 4 ? 'A' : 'AAAA', addressOf(name, family, isClosed)])
    }
    if (present.tlsa) records.push([`_${port}._tcp.${name}`, 'TLSA', tlsa(name, present, digests)])
    return records
  })
}

/**
 * What a TLSA record may name.
 * @typedef {object} Digests
 * @property {string} ca
 * @property {(host: string, facts: Facts) => string} served
 * @property {(host: string, facts: Facts) => string} other the host's key that it does not serve
 */

/**
 * The text of a zone without its signatures.
 * @param {string} zone
 * @param {number} serial
 * @param {StateOf} stateOf
 * @param {Digests} digests
 * @param {ReadonlyMap<string, string>} signers the DS record's data of each signed zone
 */
export function zoneText(zone, serial, stateOf, digests, signers) {
  const server = `ns.${zone}`.replace(/\.$/, '')
  const below = ZONES.filter(({ name, above }) => above === zone && name !== '')
  const delegations = below.flatMap(({ name }) => {
    const own = recipients.find(({ domain }) => domain === name)
    const isFalse = own?.hosts.some(({ facts }) => facts[stateOf(name)].ds)
    const ds = signers.get(name)
    const signed = ds ? [[name, 'DS', isFalse ? spoil(ds) : ds]] : []
    return [[name, 'NS', `ns.${name}.`], [`ns.${name}`, 'A', NAME_SERVER], ...signed]
  })
  const records = recipients
    .flatMap(each => recordsOf(each, stateOf(each.domain), digests))
    .filter(([name]) => zoneOf(name) === zone)
  const all = [
    [zone, 'SOA', `${server}. hostmaster.${server}. ${serial} 3600 600 86400 60`],
    [zone, 'NS', `${server}.`],
    [server, 'A', NAME_SERVER],
    ...delegations,
    ...records,
  ]
  return all.map(([name, type, data]) => `${name}. 60 IN ${type} ${data}\n`).join('')
}

/**
 * A signed zone with the TLSA records spoilt whose signature is to be false.
 * @param {string} signed
 * @param {StateOf} stateOf
 */
export function spoilSignatures(signed, stateOf) {
  const names = recipients.flatMap(({ domain, port, hosts }) =>
    hosts
      .filter(({ facts }) => facts[stateOf(domain)].tlsa === 'bogus')
      .map(({ name }) => `_${port}._tcp.${name}.`),
  )
  const isSpoilt = (/** @type {string} */ line) =>
    line.includes('\tTLSA\t3') && names.some(name => line.startsWith(`${name}\t`))
  return signed.replace(/.+/g, line => (isSpoilt(line) ? spoil(line) : line))
}
