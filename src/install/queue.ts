import { comparable } from '../language/destination.ts'

/** A message that waits, as `postqueue -j` tells of it on one line. */
interface Waiting {
  readonly queue_name: string
  readonly queue_id: string
  readonly recipients: readonly { readonly address: string; readonly delay_reason?: string }[]
}

/**
 * Ids of the deferred messages for destinations whose entries changed, in the order of the queue. It does
 * not tell a message's next-hop: where an entry is for a host or a port, all that wait for TLS are meant.
 */
export function findReleased(listing: string, changed: readonly string[]): readonly string[] {
  const keys = new Set(changed.map(comparable))
  const isAnyMeant = [...keys].some(key => /[[:]/.test(key))
  const hosts = [...keys].flatMap(key => /^\[(.+?)\]/.exec(key)?.[1] ?? [])
  return listing.split('\n').flatMap(line => {
    const message = readLine(line)
    if (message?.queue_name !== 'deferred') return []
    const isMeant = message.recipients.some(
      ({ address, delay_reason: reason = '' }) =>
        isAddressed(address, keys) ||
        hosts.some(host => names(reason, host)) ||
        (isAnyMeant && isOfTls(reason)),
    )
    return isMeant ? [message.queue_id] : []
  })
}

function readLine(line: string): Waiting | undefined {
  if (line === '') return undefined
  try {
    const { queue_name, queue_id, recipients } = JSON.parse(line) as Waiting
    // The id becomes a word of a command.
    return /^[\dA-Za-z]+$/.test(queue_id) && Array.isArray(recipients)
      ? { queue_name, queue_id, recipients }
      : undefined
  } catch {
    return undefined
  }
}

/** Whether an entry is for a recipient's domain, with or without a port, or for one above it. */
function isAddressed(address: string, keys: ReadonlySet<string>): boolean {
  const domain = comparable(address.slice(address.lastIndexOf('@') + 1))
  const labels = domain.split('.')
  return (
    keys.has(domain) ||
    [...keys].some(key => key.startsWith(`${domain}:`)) ||
    labels.some((_, index) => index > 0 && keys.has(`.${labels.slice(index).join('.')}`))
  )
}

/** A reason names a host as `host[address]`; of an address literal it holds the address alone. */
function names(reason: string, host: string): boolean {
  const text = reason.toLowerCase()
  return text.includes(`${host}[`) || text.includes(`[${host.replace(/^ipv6:/, '')}]`)
}

/** smtp_tls_policy.c and smtp_proto.c of Postfix give most of these reasons without the name of a host. */
function isOfTls(reason: string): boolean {
  return /\bTLSA?\b|certificate not verified|non DNSSEC destination/.test(reason)
}
