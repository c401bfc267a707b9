import type { LogFault } from './fault.ts'
import { readCause, readFailed } from './fault.ts'
import { readLine } from './line.ts'

/** All mails to one domain that waited for one reason. */
export interface Trouble {
  readonly domain: string
  readonly fault: LogFault
  readonly count: number
  readonly first: string
  readonly last: string
  /** Servers that it was about. */
  readonly servers: readonly string[]
  /** The log's own words, from the latest mail. */
  readonly reason: string
  readonly cause: string | null
}

type Gathered = Omit<Trouble, 'servers'> & { readonly servers: Set<string> }

/** A hostile log names more; what comes later is counted and left out. */
const most = { domains: 20_000, peers: 5_000, servers: 20 }

const longest = 300

/** Takes the lines of a log one by one, in constant memory, and tells what it gathered. */
export function createGatherer() {
  const troubles = new Map<string, Gathered>()
  const causes = new Map<string, string>()
  let leftOut = 0
  const take = (line: string): void => {
    const read = readLine(line)
    if (!read) return
    const cause = readCause(read.message)
    if (cause) remember(causes, cause[0], cause[1].slice(0, longest))
    const failed = cause ? undefined : readFailed(read.message)
    if (!failed || failed.domain.length > 255) return
    const key = `${failed.domain} ${failed.fault}`
    const known = troubles.get(key)
    if (!known && troubles.size >= most.domains) {
      leftOut += 1
      return
    }
    const servers = known?.servers ?? new Set()
    if (failed.mx !== null && servers.size < most.servers) servers.add(failed.mx)
    troubles.set(key, {
      domain: failed.domain,
      fault: failed.fault,
      count: (known?.count ?? 0) + 1,
      first: known?.first ?? read.time,
      last: read.time,
      servers,
      reason: failed.reason.slice(0, longest),
      cause: (failed.peer === null ? undefined : causes.get(failed.peer)) ?? known?.cause ?? null,
    })
  }
  const tell = (): { readonly troubles: readonly Trouble[]; readonly leftOut: number } => ({
    troubles: [...troubles.values()]
      .map(trouble => ({ ...trouble, servers: [...trouble.servers].sort() }))
      .sort((a, b) => b.count - a.count || (a.domain < b.domain ? -1 : 1)),
    leftOut,
  })
  return { take, tell }
}

/** The oldest goes, since a mail follows soon upon what is logged of its server. */
function remember(causes: Map<string, string>, peer: string, cause: string): void {
  causes.delete(peer)
  causes.set(peer, cause)
  const [oldest] = causes.keys()
  if (causes.size > most.peers && oldest !== undefined) causes.delete(oldest)
}
