// @ts-check

/**
 * How one MX host of a recipient is; without a word it serves a self-signed certificate and publishes no TLSA.
 * @typedef {object} Facts
 * @property {'none' | 'garbage' | 'close' | 'refuse' | 'old' | 'null' | 'dh1024' | 'busy' | 'closed'} [smtp] no
 *   STARTTLS; one that ends in garbage, with the connection, or in 454; TLS 1.0 alone; a cipher that encrypts
 *   nothing, or a group of 1024 bits, alone; a 421 greeting; nobody at the port
 * @property {'self' | 'rolled' | 'expired' | 'host' | 'short' | 'domain' | 'other-name' | 'host-expired'} [certificate]
 *   the first three are self-signed (`rolled`: by another key), the others of the private CA (`short`: 1024 bits)
 * @property {'match' | 'other' | 'ca' | 'unusable' | 'bogus'} [tlsa] `ca` names the private CA, `bogus` has
 *   a false signature
 * @property {'other'} [ds] of the recipient's zone: it names another key
 */

/**
 * @typedef {object} Host
 * @property {string} name
 * @property {number} preference
 * @property {readonly (4 | 6)[]} families
 * @property {Readonly<Record<State, Facts>>} facts
 */

/** @typedef {'broken' | 'whole'} State */
/** @typedef {import('../../../src/outcomes/outcomes.ts').Outcome} Outcome */
/** @typedef {import('../../../src/language/kind.ts').Kind} Kind */

/**
 * @typedef {object} Recipient
 * @property {string} domain also its name
 * @property {string} destination what Postfix looks up: the domain, or its smart host
 * @property {number} port
 * @property {string} wrong what is wrong when it is broken
 * @property {readonly Host[]} hosts
 * @property {State} starts
 * @property {Readonly<Record<State, Outcome>>} baseline what happens to mail at the level `dane`
 * @property {Kind} [kind] the row of the outcomes table that its first state stands for
 */

/**
 * @typedef {object} Extras
 * @property {Kind} [kind]
 * @property {State} [starts]
 * @property {readonly Host[]} [hosts]
 * @property {readonly (4 | 6)[]} [families]
 * @property {'hosting'} [mx] its MX host is in another zone
 * @property {string} [destination]
 * @property {number} [port]
 */

/**
 * @param {string} domain
 * @param {string} wrong
 * @param {readonly [Facts, Outcome]} broken
 * @param {readonly [Facts, Outcome]} whole
 * @param {Extras} [extras]
 * @returns {Recipient}
 */
function recipient(domain, wrong, broken, whole, extras = {}) {
  const { mx, families = [4], starts = 'broken', port = 25, kind } = extras
  const name = mx ? `${domain.split('.', 1).join()}.hosting.example` : `mx.${domain}`
  const facts = { broken: broken[0], whole: whole[0] }
  const { hosts = [{ name, preference: 10, families, facts }] } = extras
  const { destination = port === 25 ? domain : `[${name}]:${port}` } = extras
  const baseline = { broken: broken[1], whole: whole[1] }
  const all = { domain, destination, port, wrong, hosts, starts, baseline }
  return kind === undefined ? all : { ...all, kind }
}

/**
 * A recipient with several MX hosts.
 * @param {string} domain
 * @param {string} wrong
 * @param {readonly [Outcome, Outcome]} baseline broken and whole
 * @param {readonly { readonly preference: number, readonly broken: Facts, readonly whole: Facts,
 *   readonly families?: readonly (4 | 6)[] }[]} hosts
 */
function several(domain, wrong, [broken, whole], hosts) {
  const all = hosts.map(({ preference, families = /** @type {const} */ ([4]), ...facts }, i) => ({
    name: `mx${i + 1}.${domain}`,
    preference,
    families,
    facts,
  }))
  return recipient(domain, wrong, [{}, broken], [{}, whole], { hosts: all })
}

/** @type {Facts} */
const match = { tlsa: 'match' }
/** @type {Facts} */
const other = { tlsa: 'other' }
/** @type {Facts} */
const trusted = { certificate: 'host' }

/**
 * Everybody to whom the lab can send mail. Those with a kind stand for it in the outcomes table.
 * @type {readonly Recipient[]}
 */
// biome-ignore format: a table, read by its columns
export const recipients = [
  // Each kind of the outcomes table.
  recipient('no-starttls.test', 'offers no STARTTLS', [{ smtp: 'none' }, 'plaintext'], [{}, 'encrypted'], { kind: 'no-starttls' }),
  recipient('untrusted.test', 'self-signed certificate', [{}, 'encrypted'], [trusted, 'encrypted'], { kind: 'untrusted-certificate' }),
  recipient('trusted-mx.test', 'self-signed certificate at a hosting MX', [{}, 'encrypted'], [trusted, 'encrypted'], { kind: 'trusted-mx-name', mx: 'hosting', starts: 'whole' }),
  recipient('trusted-domain.test', 'certificate for another name', [{ certificate: 'other-name' }, 'encrypted'], [{ certificate: 'domain' }, 'encrypted'], { kind: 'trusted-domain-name', starts: 'whole' }),
  recipient('tlsa-match.test', 'TLSA record of another key', [other, 'deferred'], [match, 'verified'], { kind: 'tlsa-match', starts: 'whole' }),
  recipient('tlsa-match-trusted.test', 'TLSA record of another key', [{ certificate: 'domain', ...other }, 'deferred'], [{ certificate: 'domain', ...match }, 'verified'], { kind: 'tlsa-match-trusted', starts: 'whole' }),
  recipient('tlsa-mismatch.test', 'TLSA record of another key', [other, 'deferred'], [match, 'verified'], { kind: 'tlsa-mismatch' }),
  recipient('tlsa-bogus.test', 'false signature of the TLSA record', [{ tlsa: 'bogus' }, 'deferred'], [match, 'verified'], { kind: 'tlsa-lookup-failure' }),
  recipient('tlsa-no-starttls.test', 'TLSA record, but no STARTTLS', [{ smtp: 'none', ...match }, 'deferred'], [match, 'verified'], { kind: 'tlsa-no-starttls' }),
  recipient('handshake-garbage.test', 'no TLS after STARTTLS', [{ smtp: 'garbage' }, 'plaintext'], [{}, 'encrypted'], { kind: 'handshake-failure' }),
  recipient('key-replaced.test', 'another key than the pinned one', [{ certificate: 'rolled' }, 'encrypted'], [{}, 'encrypted'], { kind: 'key-replaced' }),
  // TLSA records and certificates.
  recipient('key-rolled.test', 'new key, TLSA record of the old one', [{ certificate: 'rolled', ...other }, 'deferred'], [{ certificate: 'rolled', ...match }, 'verified']),
  recipient('tlsa-expired.test', 'expired certificate that the TLSA record names', [{ certificate: 'expired', ...match }, 'verified'], [match, 'verified']),
  recipient('tlsa-ca-expired.test', 'expired certificate of the CA in the TLSA record', [{ certificate: 'host-expired', tlsa: 'ca' }, 'deferred'], [{ certificate: 'host', tlsa: 'ca' }, 'verified']),
  recipient('tlsa-ca-name.test', 'certificate for another name, of the CA in the TLSA record', [{ certificate: 'other-name', tlsa: 'ca' }, 'deferred'], [{ certificate: 'host', tlsa: 'ca' }, 'verified']),
  recipient('tlsa-unusable.test', 'TLSA record with an unknown digest', [{ tlsa: 'unusable' }, 'encrypted'], [match, 'verified']),
  recipient('expired.test', 'expired certificate', [{ certificate: 'host-expired' }, 'encrypted'], [trusted, 'encrypted']),
  recipient('wrong-name.test', 'certificate for another name', [{ certificate: 'other-name' }, 'encrypted'], [trusted, 'encrypted']),
  recipient('bogus.test', 'DS record of another key', [{ ds: 'other', ...match }, 'deferred'], [match, 'verified']),
  // The handshake.
  recipient('handshake-close.test', 'closes after STARTTLS', [{ smtp: 'close' }, 'plaintext'], [{}, 'encrypted']),
  recipient('starttls-refused.test', 'answers STARTTLS with 454', [{ smtp: 'refuse' }, 'plaintext'], [{}, 'encrypted']),
  recipient('tls10.test', 'TLS 1.0 alone', [{ smtp: 'old', ...trusted }, 'encrypted'], [trusted, 'encrypted']),
  recipient('tls10-tlsa.test', 'TLS 1.0 alone, with a TLSA record', [{ smtp: 'old', ...match }, 'deferred'], [match, 'verified']),
  recipient('null-cipher.test', 'a cipher that encrypts nothing, alone', [{ smtp: 'null', ...trusted }, 'plaintext'], [trusted, 'encrypted']),
  recipient('short-key.test', 'an RSA key of 1024 bits', [{ certificate: 'short' }, 'encrypted'], [trusted, 'encrypted']),
  recipient('short-group.test', 'a Diffie-Hellman group of 1024 bits, alone', [{ smtp: 'dh1024', certificate: 'short' }, 'encrypted'], [trusted, 'encrypted']),
  // Nothing to be learned about TLS.
  recipient('busy.test', 'greets with 421', [{ smtp: 'busy', ...match }, 'deferred'], [match, 'verified']),
  recipient('closed.test', 'nobody at the port', [{ smtp: 'closed', ...match }, 'deferred'], [match, 'verified']),
  // Hosts in other zones.
  recipient('hosted-match.test', 'TLSA record of another key at the hosting MX', [other, 'deferred'], [match, 'verified'], { mx: 'hosting', starts: 'whole' }),
  recipient('hosted-mismatch.test', 'TLSA record of another key at the hosting MX', [other, 'deferred'], [match, 'verified'], { mx: 'hosting' }),
  recipient('smart-host.test', 'TLSA record of another key at the smart host', [other, 'deferred'], [match, 'verified'], { mx: 'hosting', port: 2525 }),
  // Zones without signatures.
  recipient('self.plain.test', 'self-signed certificate', [{}, 'encrypted'], [trusted, 'encrypted']),
  recipient('tlsa.plain.test', 'TLSA record that nobody signed, of another key', [other, 'encrypted'], [match, 'encrypted']),
  recipient('mx.plain.test', 'TLSA record of another key at a signed MX', [other, 'deferred'], [match, 'encrypted'], { mx: 'hosting' }),
  // Several MX hosts, and both address families.
  several('bad-first.test', 'TLSA record of another key at the first MX', ['verified', 'verified'], [
    { preference: 10, broken: other, whole: match },
    { preference: 20, broken: match, whole: match },
  ]),
  several('good-first.test', 'TLSA record of another key at the second MX', ['verified', 'verified'], [
    { preference: 10, broken: match, whole: match },
    { preference: 20, broken: other, whole: match },
  ]),
  several('equal.test', 'TLSA record of another key at one of two equal MX', ['verified', 'verified'], [
    { preference: 10, broken: other, whole: match },
    { preference: 10, broken: match, whole: match },
  ]),
  several('close-first.test', 'the first MX, without TLSA, closes after STARTTLS', ['verified', 'verified'], [
    { preference: 10, broken: { smtp: 'close' }, whole: match },
    { preference: 20, broken: match, whole: match },
  ]),
  several('closed-first.test', 'nobody at the port of the first MX', ['verified', 'verified'], [
    { preference: 10, broken: { smtp: 'closed', ...match }, whole: match },
    { preference: 20, broken: match, whole: match },
  ]),
  recipient('ipv6.test', 'TLSA record of another key, IPv6 alone', [other, 'deferred'], [match, 'verified'], { families: [6] }),
  recipient('dual-stack.test', 'TLSA record of another key, both families', [other, 'deferred'], [match, 'verified'], { families: [4, 6] }),
]

/**
 * The address of a host, and one where nobody listens.
 * @param {string} name
 * @param {4 | 6} family
 * @param {boolean} [isClosed]
 */
export function addressOf(name, family, isClosed = false) {
  const number = hostNames.indexOf(name) + 1
  return family === 4
    ? `10.${isClosed ? 26 : 25}.0.${number}`
    : `fd00::${isClosed ? 26 : 25}:${number}`
}

const hostNames = recipients.flatMap(({ hosts }) => hosts.map(({ name }) => name))
