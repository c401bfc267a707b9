import type { Kind } from '../language/kind.ts'

/**
 * What kept a mail from being delivered: a kind of recipient, or one of
 * - `unproven`: the certificate is not proven, and the acting policy decides what that means
 * - `not-offered`: TLS is required and not to be had, likewise
 * - `no-tlsa`: dane-only, and there are no authenticated TLSA records
 * - `own-table`: an entry that Postfix refuses; mail waits because of us
 * - `transient`: nothing to do with TLS policy, or with TLS at all: no override helps
 */
export type LogFault =
  | Extract<Kind, 'tlsa-lookup-failure' | 'handshake-failure' | 'sts-broken'>
  | 'unproven'
  | 'not-offered'
  | 'no-tlsa'
  | 'own-table'
  | 'transient'

/** Reasons as smtp(8) writes them (smtp_connect.c, smtp_proto.c, smtp_tls_policy.c), first match wins. */
const reasons = [
  ['unproven', /^Server certificate not (?:verified|trusted)/],
  ['tlsa-lookup-failure', /^TLSA lookup error for /],
  [
    'not-offered',
    /^TLS is required, but (?:was not offered by host |host \S+ refused to start TLS)/,
  ],
  ['handshake-failure', /^Cannot start TLS: handshake failure/],
  ['no-tlsa', /^(?:no TLSA records found|non DNSSEC destination)/],
  ['own-table', /client TLS configuration problem|policy table lookup error/],
  ['sts-broken', /^MX name '.*' does not match STS MX pattern/],
] as const satisfies readonly (readonly [LogFault, RegExp])[]

/** One mail that waits or came back, and why. */
export interface Failed {
  readonly domain: string
  readonly fault: LogFault
  /** The server that it was about, if any was reached or named. */
  readonly mx: string | null
  /** The server as the log names it, for what was logged of it before. */
  readonly peer: string | null
  readonly reason: string
}

/** queue-id: to=<…>, relay=…, dsn=…, status=… (reason); `tls=` comes with Postfix 3.11. */
const status =
  /^[\dA-Za-z]{5,20}: to=<(.*)>, (?:orig_to=<.*>, )?relay=(\S+), .*dsn=[\d.]+, status=(?:deferred|bounced) \((.*)$/s

const suspended = 'delivery temporarily suspended: '

/** Reads what smtp(8) says of a recipient; undefined where a message is of another sort. */
export function readFailed(message: string): Failed | undefined {
  const [, recipient = '', relay = '', text] = status.exec(message) ?? []
  const domain = recipient.slice(recipient.lastIndexOf('@') + 1).toLowerCase()
  if (text === undefined || domain === '' || domain === recipient) return undefined
  const reason = text.replace(/\)$/, '').replace(suspended, '')
  const fault = reasons.find(([, pattern]) => pattern.test(reason))?.[0] ?? 'transient'
  const [, named] =
    /^TLSA lookup error for ([^\s:]+)|(?:offered by host |but host )([^\s[]+)/.exec(reason) ?? []
  const mx = /^([^\s[]+)\[/.exec(relay)?.[1] ?? named ?? null
  return { domain, fault, mx, peer: relay === 'none' ? null : relay, reason }
}

/** Why a certificate was not proven, and of which server, as it is logged before the mail is. */
export function readCause(message: string): readonly [peer: string, cause: string] | undefined {
  const [, peer, cause] =
    /^(?:server )?certificate verification failed for (\S+\[\S+\]:\d+): (.*)$/s.exec(message) ??
    /^(SSL_connect error to )(.*)$/s.exec(message) ??
    []
  if (peer === undefined || cause === undefined) return undefined
  return peer.startsWith('SSL_connect') ? [cause.split(': ')[0] ?? '', message] : [peer, cause]
}
