import type { Kind } from '../language/kind.ts'

/**
 * What kept a mail from being delivered: a kind of recipient, or one of
 * - `unproven`: the certificate is not proven, and the acting policy decides what that means
 * - `not-offered`: TLS is required and not to be had, likewise
 * - `no-tlsa`: dane-only, and there are no authenticated TLSA records
 * - `own-table`: an entry that Postfix refuses; mail waits because of us
 * - `unresolved`: DNS did not answer, before TLS was a question
 * - `transient`: nothing to do with TLS policy, or with TLS at all: no override helps
 */
export type LogFault =
  | Extract<Kind, 'tlsa-lookup-failure' | 'handshake-failure' | 'sts-broken'>
  | 'unproven'
  | 'not-offered'
  | 'no-tlsa'
  | 'own-table'
  | 'unresolved'
  | 'transient'

/**
 * Reasons as smtp(8) writes them (smtp_connect.c, smtp_proto.c, smtp_tls_policy.c), first match wins.
 * What a server said stands behind `host NAME said:`, so each is bound to the beginning.
 */
const reasons = [
  ['unproven', /^Server certificate not (?:verified|trusted)/],
  ['tlsa-lookup-failure', /^TLSA lookup error for /],
  [
    'not-offered',
    /^TLS is required, but (?:was not offered by host |host \S+ refused to start TLS)/,
  ],
  ['handshake-failure', /^Cannot start TLS: handshake failure/],
  [
    'no-tlsa',
    /^(?:no TLSA records found|non DNSSEC destination|(?:TLSA records|all TLSA records) unusable)/,
  ],
  ['own-table', /^(?:client TLS configuration problem|[\w ]{0,40}policy table lookup error)/],
  ['sts-broken', /^MX name '.*' does not match STS MX pattern/],
  ['unresolved', /^Host or domain name not found\. Name service error for .*, try again/],
] as const satisfies readonly (readonly [LogFault, RegExp])[]

/** What became of one mail at one attempt. */
export interface Attempt {
  readonly id: string
  readonly domain: string
  /** Seconds since the mail came in. */
  readonly age: number
  /** The server's name, if one was reached or named. */
  readonly mx: string | null
  /** Where it is another than SMTP's own. */
  readonly port: string | null
  /** The server as the log names it, for what was logged of it before. */
  readonly peer: string | null
  /** The policy that acted, which Postfix tells from 3.11 on. */
  readonly acting: string | null
  /** Null where it was delivered. */
  readonly failed: { readonly fault: LogFault; readonly reason: string } | null
}

/**
 * queue-id: to=<…>, orig_to=<…>, relay=…, conn_use=…, delay=…, delays=…, tls=…, dsn=…, status=… (reason);
 * `tls=` comes with Postfix 3.11. Each part is bound to its place: the reason is partly a stranger's.
 */
const attempt =
  /^([\dA-Za-z]{5,20}): to=<((?:"(?:[^"\\]|\\.)*"@[^>\s]*|[^>]*))>, (?:orig_to=<(?:"(?:[^"\\]|\\.)*"@[^>\s]*|[^>]*)>, )?relay=([^\s,]+), (?:conn_use=\d+, )?delay=([\d.]+), (?:delays=[\d./]+, )?(?:tls=([^\s,]+), )?dsn=\d\.\d+\.\d+, status=(deferred|bounced|sent) \((.*)$/s

const suspended = /^delivery temporarily suspended: /

/** Reads what smtp(8) says of a recipient; undefined where a message is of another sort. */
export function readAttempt(message: string): Attempt | undefined {
  const found = attempt.exec(message)
  if (!found) return undefined
  const [, id = '', recipient = '', relay = '', delay = '', tls, status, text = ''] = found
  const domain = recipient.slice(recipient.lastIndexOf('@') + 1).toLowerCase()
  if (domain === '' || domain === recipient.toLowerCase()) return undefined
  const [, host, port] = /^([^\s[]+)\[[^\]]*\](?::(\d+))?$/.exec(relay) ?? []
  const failed = status === 'sent' ? null : readReason(text)
  return {
    ...{ id, domain, failed },
    age: Number(delay),
    mx: host?.toLowerCase() ?? (failed && serverIn(failed.reason)),
    port: port === undefined || port === '25' ? null : port,
    peer: host === undefined ? null : relay,
    acting: /^[!]?([a-z-]+)/.exec(tls ?? '')?.[1] ?? null,
  }
}

function readReason(text: string): NonNullable<Attempt['failed']> {
  const reason = text.trimEnd().replace(/\)$/, '').replace(suspended, '')
  return { reason, fault: reasons.find(([, pattern]) => pattern.test(reason))?.[0] ?? 'transient' }
}

function serverIn(reason: string): string | null {
  const [, named] =
    /^TLSA lookup error for ([^\s:]+)|^TLS is required, but (?:was not offered by )?host ([^\s[]+)/
      .exec(reason)
      ?.filter(part => part !== undefined) ?? []
  return named?.toLowerCase() ?? null
}

/** Whether no server was reached, or none that went on: another one before it may have been. */
export function isUnreached(reason: string): boolean {
  return /^(?:connect to|lost connection with|conversation with) /.test(reason)
}

/** Whether words of a reason, anywhere in a line, may tell of TLS; cheap, and before all else. */
export function mentionsTls(line: string): boolean {
  return /certificate not|TLS|DNSSEC|policy table|STS|server unavailable or|\((?:connect to|lost connection with|conversation with) /.test(
    line,
  )
}

/** What every line of an attempt holds; one that goes on with `sent` was delivered. */
export const statusWord = ', status='

/** Whom a mail went to and through which server, from the text before `statusWord`. */
export function readRoute(before: string): { readonly domain: string; readonly relay: string } {
  const end = before.indexOf('>, ', before.indexOf(' to=<'))
  const domain = before.slice(before.lastIndexOf('@', end) + 1, end).toLowerCase()
  const relay = before.indexOf(', relay=', end - 1) + ', relay='.length
  return { domain, relay: before.slice(relay, before.indexOf(',', relay)) }
}
