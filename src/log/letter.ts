import { isIP } from 'node:net'
import { readDestination } from '../language/destination.ts'
import { harmless } from '../language/harmless.ts'
import type { Problem } from '../language/kind.ts'
import { wrap } from '../language/wrap.ts'
import type { Suggestion } from './suggest.ts'
import type { Trouble } from './trouble.ts'
import { spanOf } from './words.ts'

/** What is told of each problem: a subject, what is seen at the servers, and what would mend it. */
interface Told {
  readonly subject: string
  readonly see: (servers: string, records: string) => string
  readonly mend: string
}

/** Null where a log shows no fault of a recipient. */
const told = {
  'no-starttls': {
    subject: 'Mail to you waits: no STARTTLS',
    see: servers =>
      `We send mail to you with TLS only, and ${servers} did not offer STARTTLS, or refused it.`,
    mend: 'Please switch STARTTLS on, and look whether a firewall in between removes it from the answer to EHLO.',
  },
  'untrusted-certificate': {
    subject: 'Mail to you waits: the certificate cannot be verified',
    see: servers =>
      `The certificate that ${servers} showed could not be verified: it has expired, is for another name, or comes from an authority that we do not know.`,
    mend: 'Please look at the end date, the names and the intermediate certificates that the server sends.',
  },
  'trusted-mx-name': {
    subject: 'Mail to you waits: the certificate has another name',
    see: servers =>
      `The certificate that ${servers} showed is trusted, but does not name the domain that we expect.`,
    mend: 'Please tell us which name your servers prove, or add the domain to the certificate.',
  },
  'tlsa-mismatch': {
    subject: 'Mail to you waits: the TLSA records do not match the certificate',
    see: (servers, records) =>
      `The TLSA records (DANE) at ${records} do not match the certificate that ${servers} showed.`,
    mend: 'Please publish a record for the key in use (for example "3 1 1" with the SHA-256 of the public key), or remove the records. At the next change of the key, publish the new record before the new key.',
  },
  'tlsa-lookup-failure': {
    subject: 'Mail to you waits: the TLSA records cannot be looked up',
    see: (_, records) =>
      `The lookup of the TLSA records (DANE) at ${records} fails, so nobody can tell whether there are any.`,
    mend: 'Please look at the DNSSEC signatures of that zone, and whether its name servers answer questions for TLSA, also where there is no such record.',
  },
  'tlsa-no-starttls': {
    subject: 'Mail to you waits: TLSA records, but no STARTTLS',
    see: (servers, records) =>
      `There are TLSA records (DANE) at ${records}, which ask senders for TLS, but ${servers} did not offer STARTTLS, or refused it.`,
    mend: 'Please switch STARTTLS on, or remove the records.',
  },
  'handshake-failure': {
    subject: 'Mail to you waits: the TLS handshake fails',
    see: servers => `The TLS handshake with ${servers} fails after STARTTLS.`,
    mend: 'Please look whether the server offers TLS 1.2 or later, has a readable key and certificate, and what its own log says of our attempts.',
  },
  'key-replaced': {
    subject: 'Mail to you waits: is the new key yours?',
    see: servers => `The key that ${servers} showed is not the one that we have on record.`,
    mend: 'Please tell us whether you replaced it, and the SHA-256 of the new public key by a way other than this mail.',
  },
  'sts-broken': {
    subject: 'Mail to you waits: the MTA-STS policy does not fit the servers',
    see: servers =>
      `Your MTA-STS policy does not fit ${servers}: the policy does not name the server, or the certificate cannot be verified.`,
    mend: 'Please compare the lines "mx:" of the policy with your MX records, and look at the certificate.',
  },
  other: {
    subject: 'Mail to you waits: TLS',
    see: servers =>
      `The connection to ${servers} does not meet the TLS policy that we keep for you.`,
    mend: 'Please look at the words of our log, and tell us what we should expect of your servers.',
  },
  'tlsa-match': null,
  'tlsa-match-trusted': null,
  'trusted-domain-name': null,
  'sts-valid': null,
} as const satisfies Record<Problem, Told | null>

/**
 * A text for the postmaster of each destination, ready to send: whom else we write to is nobody else's
 * matter. Undefined where there is nothing to ask of them.
 */
export function letterOf({ troubles, problem, ownSide }: Suggestion): string | undefined {
  if (ownSide !== undefined) return undefined
  const addresses = new Set(troubles.map(({ domain }) => addressOf(domain)))
  const letters = [...addresses].flatMap(address => {
    const theirs = troubles.filter(({ domain }) => addressOf(domain) === address)
    return letterTo(address, problem, theirs) ?? []
  })
  return letters.length === 0 ? undefined : letters.join('\n\n')
}

function letterTo(
  address: string,
  problem: Problem,
  troubles: readonly Trouble[],
): string | undefined {
  const [first] = troubles
  const words: Told | null = told[problem === 'tlsa-mismatch' ? mismatchOf(first) : problem]
  if (!words || !first) return undefined
  const servers = [...new Set(troubles.flatMap(trouble => trouble.servers))]
  const { host, port = '25' } = hostOf(first.domain)
  const named = servers.length > 0 ? listOf(servers) : `the servers of ${host}`
  const names = servers.length > 0 ? servers : ['your mail servers']
  const records = listOf(
    names.map(server => (/\s/.test(server) ? server : `_${port}._tcp.${server}`)),
  )
  const paragraphs = [
    `To: ${address}`,
    `Subject: ${words.subject}`,
    '',
    'Hello,',
    '',
    'mail from us to you waits in our queue:',
    '',
    ...troubles.map(trouble => `  ${trouble.domain}: ${spanOf(trouble)}`),
    '',
    `${words.see(named, records)} Our log says:`,
    '',
    `  ${[first.reason, first.cause].filter(word => word !== null).join('; ')}`,
    '',
    words.mend,
    '',
    'A short answer when it is done helps us to go back to our usual policy; until then we may send you mail with less protection.',
  ]
  return `${paragraphs.flatMap(line => wrapped(harmless(line))).join('\n')}\n`
}

/** Records that name an authority match, and its certificate for the server may still have ended. */
function mismatchOf(trouble: Trouble | undefined): 'tlsa-mismatch' | 'untrusted-certificate' {
  const isOther = trouble?.cause !== null && trouble?.cause !== undefined
  return isOther && !trouble.cause.includes('TLSA') ? 'untrusted-certificate' : 'tlsa-mismatch'
}

/** Of a next-hop, which may have brackets and a port. */
function hostOf(domain: string): { readonly host: string; readonly port?: string } {
  const read = readDestination(domain, '')
  return 'rule' in read ? { host: domain } : read
}

function addressOf(domain: string): string {
  const { host } = hostOf(domain)
  if (isIP(host) === 0)
    return `postmaster@${domain.startsWith('[') ? host : domain.replace(/:.*/, '')}`
  return `postmaster@[${isIP(host) === 6 ? 'IPv6:' : ''}${host}]`
}

/** Only prose is broken: an address or a line of the log stays whole. */
function wrapped(line: string): readonly string[] {
  return /^(?: {2}|To: |Subject: )/.test(line) ? [line] : wrap('', line, 76)
}

function listOf(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`
}
