import type { Certificate } from './certificate.ts'
import { readCertificate } from './certificate.ts'

/** What posttls-finger saw of one server; its exit status says nothing. */
export interface Finger {
  /** The server that it was connected to. */
  readonly peer?: { readonly host: string; readonly address: string }
  /** Whether the answer to EHLO was read, and whether it named STARTTLS. */
  readonly greeted: boolean
  readonly offersStarttls: boolean
  /** Postfix's word for the TLS connection; absent where there was none. */
  readonly tls?: TlsStatus
  readonly certificate?: Certificate
  readonly signs: ReadonlySet<Sign>
  /** Its own lines, without the SMTP conversation and the chain of certificates. */
  readonly words: readonly string[]
}

export const tlsStatuses = ['Anonymous', 'Untrusted', 'Trusted', 'Verified'] as const

export type TlsStatus = (typeof tlsStatuses)[number]

/**
 * The lines that decide (posttls-finger.c, tls_client.c, tls_dane.c of Postfix 3.4 to 3.11). Each is
 * bound to the beginning of a line: what a server says stands behind `< ` or behind such words.
 */
const signs = {
  'no-dnssec': /^warning: DNSSEC validation may be unavailable/,
  'no-tlsa': /^no TLSA records found, resorting to /,
  'tlsa-unusable': /^warning: \S+: all TLSA records unusable/,
  'tlsa-matched': /^\S+: Matched DANE /,
  'tlsa-failed': /^Failed to establish session to \S+ via \S+: TLSA lookup error for /,
  'insecure-mx': /^MX RRset insecure/,
  'lookup-failed': /^Destination address lookup failed: .* try again$/,
  'no-address':
    /^Destination address lookup failed: .*(?:Host not found|no data record of requested type)$/,
  'null-mx': /^Destination address lookup failed: .* \(nullMX\)$/,
  'not-connected': /^Failed to establish session to \S+ via \S+: connect to /,
  unwilling: /^(?:SMTP service not available|[EH][EH]LO rejected): /,
  lost: /^(?:lost connection|timeout) while /,
  'starttls-refused': /^STARTTLS rejected: /,
  handshake: /^SSL_connect error to \S+: /,
  'handshake-timeout': /^SSL_connect error to \S+: .*timed out/i,
  'wrong-name': /^server certificate verification failed for \S+: num=62:/,
  expired: /^(?:server )?certificate verification failed for \S+: .*has expired$/,
  'bad-setting':
    /^warning: .*(?:aborting TLS session|invalid cipher grade|error setting cipher grade|no protocols available)/,
  fatal: /^fatal: /,
} as const satisfies Readonly<Record<string, RegExp>>

type Sign = keyof typeof signs

/** Reads what posttls-finger printed, without `-c` and with `-C`; unknown lines mean nothing. */
export function parseFinger(text: string): Finger {
  const [talk = '', chain] = splitChain(text)
  const lines = talk
    .split('\n')
    .map(line => /^posttls-finger: (.*)$/.exec(line.trimEnd())?.[1])
    .filter(line => line !== undefined)
  const words = lines.filter(line => !/^[<>] |^Connected to /.test(line))
  const [, host, address] = firstMatch(lines, /^Connected to (\S+)\[([\da-fA-F.:]+)\]:\d+$/) ?? []
  const [, tls] = firstMatch(words, /^(\w+) TLS connection established to /) ?? []
  const status = tlsStatuses.find(known => known === tls)
  const certificate = chain === undefined ? undefined : readCertificate(chain)
  return {
    ...(host !== undefined && address !== undefined && { peer: { host, address } }),
    ...readEhlo(lines),
    ...(status && { tls: status }),
    ...(certificate && { certificate }),
    signs: new Set((Object.keys(signs) as Sign[]).filter(sign => firstMatch(words, signs[sign]))),
    words: words.filter(line => !/: subject_CN=/.test(line)),
  }
}

/** Behind the summary `-C` prints the certificates, with names that the server chose. */
function splitChain(text: string): readonly [string, string?] {
  const at = text.indexOf('\n---\nCertificate chain\n')
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at)]
}

/** The first answer that names extensions, before TLS; later ones never offer STARTTLS again. */
function readEhlo(lines: readonly string[]) {
  const asked = lines.findIndex(line => /^> EHLO /.test(line))
  const answer: string[] = []
  for (const line of asked < 0 ? [] : lines.slice(asked + 1)) {
    if (!line.startsWith('< 250')) break
    answer.push(line)
  }
  return {
    greeted: answer.at(-1)?.startsWith('< 250 ') ?? false,
    offersStarttls: answer.some(line => /^< 250[ -]STARTTLS\b/i.test(line)),
  }
}

function firstMatch(lines: readonly string[], pattern: RegExp): RegExpExecArray | undefined {
  for (const line of lines) {
    const found = pattern.exec(line)
    if (found) return found
  }
  return undefined
}
