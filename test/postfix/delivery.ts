import type { Attempt } from './world/log.mjs'

/** What finally happened to one mail, as Postfix's log says. */
export interface Delivery {
  /** `none`: smtp(8) died of the next-hop and wrote no status. */
  readonly status: 'sent' | 'deferred' | 'bounced' | 'none'
  readonly dsn: string
  readonly reason: string
  /** Postfix's word for the session of the last attempt. */
  readonly tls: 'Anonymous' | 'Untrusted' | 'Trusted' | 'Verified' | 'none'
  /** `TLSv1.3` and the like; empty without TLS. */
  readonly protocol: string
  /** What the delivering processes wrote, over all attempts. */
  readonly log: readonly string[]
}

const SESSION = /(Anonymous|Untrusted|Trusted|Verified) TLS connection established to .*?: (\S+)/

/** What makes Postfix defer mail because of the table, the most telling first. */
const REFUSALS = [
  /next-hop destination ".*": (?!ignoring )/,
  /with no fingerprints to match/,
  /error opening trust anchor file/,
  /Invalid TLS protocol list/,
  /invalid cipher grade/,
  /invalid unary/,
  /no cipher match|invalid command/,
  /error setting cipher grade/,
  /no protocols available/,
  /all fingerprints unusable/,
  /could not configure peer name checks/,
  /policy table lookup error|client TLS configuration problem/,
] as const

/** What Postfix only remarks on; `255` is how it writes a pin as a TLSA record. */
const WARNINGS = [
  /ignoring attribute/,
  /ignoring invalid match name/,
  /error setting (minimum|maximum) TLS version/,
  /malformed fingerprint value/,
  /unusable TLSA RR: 3 [01] 255/,
] as const

function find(log: readonly string[], patterns: readonly RegExp[]): string | undefined {
  const hits = patterns.map(pattern => log.find(message => pattern.test(message)))
  return hits.find(message => message !== undefined)
}

/** Reads the attempts of one mail, in their order. */
export function readDelivery(attempts: readonly Attempt[]): Delivery {
  const last = attempts.at(-1)
  const sessions = (last?.log ?? []).map(message => SESSION.exec(message))
  const session = sessions.findLast(match => match !== null)
  return {
    status: (last?.status ?? 'none') as Delivery['status'],
    dsn: last?.dsn ?? '',
    reason: last?.reason ?? '',
    tls: (session?.[1] ?? 'none') as Delivery['tls'],
    protocol: session?.[2] ?? '',
    log: attempts.flatMap(({ log }) => log),
  }
}

/**
 * The message with which Postfix refused our table, at the lookup or in the session; undefined when it took
 * the table, whatever then became of the mail: the recipient has its own reasons.
 */
export const refusal = ({ log }: Delivery): string | undefined => find(log, REFUSALS)

/** The message with which Postfix remarked on our table without refusing it. */
const remark = ({ log }: Delivery): string | undefined => find(log, WARNINGS)

/** Postfix's verdict on a table entry, told from the delivery that used it. */
export function verdict(delivery: Delivery): 'ok' | 'warn' | 'invalid' {
  if (refusal(delivery) !== undefined) {
    return 'invalid'
  }
  return remark(delivery) === undefined ? 'ok' : 'warn'
}

/** The key that matched, in a table whose every value is the level `M:KEY`; undefined when none did. */
export function matchedKey({ log }: Delivery): string | undefined {
  const keys = log.map(message => /: invalid security level "M:(.*)"$/.exec(message)?.[1])
  return keys.find(key => key !== undefined)
}

/**
 * What happened to the mail, in the words of the outcomes.
 * @param policy the level of the entry: at `verify` the verified name came from unauthenticated DNS
 */
export function outcome(
  delivery: Delivery,
  policy: string,
): 'plaintext' | 'encrypted' | 'verified-mx' | 'verified' | 'deferred' {
  if (delivery.status !== 'sent') {
    return 'deferred'
  }
  if (delivery.tls !== 'Verified') {
    return delivery.tls === 'none' ? 'plaintext' : 'encrypted'
  }
  return policy === 'verify' ? 'verified-mx' : 'verified'
}
