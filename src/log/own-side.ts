import { isPublicSuffix } from '../language/public-suffix.ts'
import { momentOf } from './time.ts'
import type { Trouble } from './trouble.ts'

/** What looks like a fault on the sender's side, and the troubles that it explains. */
export interface OwnSide {
  readonly text: string
  readonly troubles: ReadonlySet<Trouble>
}

/** So many servers that nothing else joins seldom break within a day; in milliseconds. */
const together = { sites: 4, within: 24 * 60 * 60 * 1000 }

/** Names that do not resolve, and servers that stop answering or know no TLS, are in the log of every day. */
const soon = 60 * 60 * 1000

interface Sign {
  readonly name: string
  readonly is: (trouble: Trouble) => boolean
  readonly advice: string
  readonly within?: number
}

const cannotIssue = /untrusted issuer|unable to get (?:local )?issuer|self-signed certificate in/

/** What unrelated recipients have in common only where the fault is on the way to them. */
const signs: readonly Sign[] = [
  {
    name: 'tlsa-lookup-failure',
    is: ({ fault }) => fault === 'tlsa-lookup-failure',
    advice: 'look at your resolver first',
  },
  {
    name: 'unresolved',
    is: ({ fault }) => fault === 'unresolved',
    advice: 'look at your resolver first',
    within: soon,
  },
  {
    name: 'handshake-failure',
    is: ({ fault }) => fault === 'handshake-failure',
    advice: 'look at your own TLS settings, firewall and MTU first',
  },
  {
    name: 'timed out while sending',
    is: ({ fault, reason }) =>
      fault === 'transient' &&
      /^conversation with .* timed out while (?:sending|performing)/.test(reason),
    advice: 'look at your own firewall and MTU first',
    within: soon,
  },
  {
    name: 'not-offered',
    is: ({ fault }) => fault === 'not-offered',
    advice: 'look at your own firewall first, which may remove STARTTLS',
    within: soon,
  },
  {
    name: 'no-tlsa',
    is: ({ fault, reason }) => fault === 'no-tlsa' && reason.startsWith('non DNSSEC'),
    advice: 'look whether your resolver validates DNSSEC first',
  },
  {
    name: 'unknown authority',
    is: ({ fault, cause }) => fault === 'unproven' && cannotIssue.test(cause ?? ''),
    advice: 'look at smtp_tls_CAfile and smtp_tls_CApath first',
  },
]

/** Where the log looks as if the fault were on this side. */
export function ownSideOf(troubles: readonly Trouble[]): readonly OwnSide[] {
  const refused = troubles.filter(({ fault }) => fault === 'own-table')
  const shared = signs.flatMap(({ name, is, advice, within }): readonly OwnSide[] => {
    const those = closest(troubles.filter(is), within ?? together.within)
    const sites = sitesOf(those)
    return sites < together.sites
      ? []
      : [
          {
            text: `${sites} unrelated recipients fail alike (${name}): ${advice}`,
            troubles: new Set(those),
          },
        ]
  })
  const table = `${sitesOf(refused)} ${sitesOf(refused) === 1 ? 'recipient fails' : 'recipients fail'} by your own entries or settings (own-table): look at your own table first: tlspolicy check`
  return refused.length === 0 ? shared : [{ text: table, troubles: new Set(refused) }, ...shared]
}

/** Those that began to fail within a time, where most did; all, where the log has no times. */
function closest(troubles: readonly Trouble[], within: number): readonly Trouble[] {
  const timed = troubles
    .map(trouble => ({ trouble, at: momentOf(trouble.first) ?? 0 }))
    .sort((a, b) => a.at - b.at)
  let best: readonly Trouble[] = []
  let from = 0
  for (const [to, { at }] of timed.entries()) {
    while (at - (timed[from]?.at ?? at) > within) from += 1
    if (to - from + 1 > best.length) best = timed.slice(from, to + 1).map(one => one.trouble)
  }
  return best
}

function sitesOf(troubles: readonly Trouble[]): number {
  return new Set(troubles.map(({ servers, domain }) => siteOf(servers[0] ?? domain))).size
}

/** The name that its owner registered, below `com` or `co.uk`. */
function siteOf(host: string): string {
  const labels = host.replace(/^\[|\](?::\w+)?$/g, '').split('.')
  const isShort = isPublicSuffix(labels.slice(-2).join('.'))
  return labels.slice(isShort ? -3 : -2).join('.')
}
