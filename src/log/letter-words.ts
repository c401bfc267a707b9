import type { Problem } from '../language/kind.ts'

/** What is told of each problem: a subject, what is seen at the servers, and what would mend it. */
export interface Told {
  readonly subject: string
  readonly see: (servers: string, records: string) => string
  readonly mend: string
}

/** Null where a log shows no fault of a recipient. */
export const told = {
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
