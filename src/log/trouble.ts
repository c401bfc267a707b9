import type { Attempt, LogFault } from './fault.ts'
import { isBefore } from './time.ts'

/** All mails to one destination that waited for one reason. */
export interface Trouble {
  /** The recipients' domain, or the next-hop where the log tells another: what Postfix looks up. */
  readonly domain: string
  readonly fault: LogFault
  /** Messages, however often each was tried. */
  readonly count: number
  readonly attempts: number
  /** Messages that were not delivered later in the log. */
  readonly waiting: number
  /** When the oldest message that still waits failed first; and the latest failure. */
  readonly first: string
  readonly last: string
  /** When mail to the destination was delivered after the latest failure. */
  readonly through: string | null
  /** Seconds since the oldest message came in, at its latest attempt. */
  readonly age: number
  /** The policy that acted, where the log tells it. */
  readonly acting: string | null
  /** Servers that it was about. */
  readonly servers: readonly string[]
  /** The log's own words, from the latest mail. */
  readonly reason: string
  readonly cause: string | null
}

/** What is known so far. */
export interface Gathered extends Omit<Trouble, 'servers' | 'waiting' | 'domain' | 'fault'> {
  readonly servers: Set<string>
  /** When each message that waits failed first. */
  readonly waiting: Map<string, string>
  /** Messages for which there was no room. */
  readonly beyond: number
}

const mostServers = 20

export function nothing(time: string): Gathered {
  const numbers = { count: 0, attempts: 0, age: 0, beyond: 0 }
  const words = { acting: null, reason: '', cause: null, through: null }
  return { ...numbers, ...words, first: time, last: time, servers: new Set(), waiting: new Map() }
}

export function failed(
  before: Gathered,
  { id, mx, age, acting }: Attempt,
  time: string,
  fits: boolean,
): Gathered {
  const { servers, waiting } = before
  if (mx !== null) addServer(servers, mx)
  const isNew = !waiting.has(id)
  if (isNew && fits) waiting.set(id, time)
  return {
    ...before,
    count: before.count + (isNew ? 1 : 0),
    attempts: before.attempts + 1,
    beyond: before.beyond + (isNew && !fits ? 1 : 0),
    age: Math.max(before.age, age),
    acting: acting ?? before.acting,
    last: isBefore(time, before.last) ? before.last : time,
    through: before.through !== null && isBefore(time, before.through) ? before.through : null,
  }
}

export function addServer(servers: Set<string>, host: string): void {
  if (servers.size < mostServers) servers.add(host)
}

export function delivered(before: Gathered, id: string, time: string): Gathered {
  const failedAt = before.waiting.get(id)
  if (failedAt !== undefined && !isBefore(time, failedAt)) before.waiting.delete(id)
  return isBefore(time, before.last) ? before : { ...before, through: time }
}

export function finish(
  domain: string,
  fault: LogFault,
  { beyond, ...gathered }: Gathered,
): Trouble {
  const times = [...gathered.waiting.values()]
  const first = times.reduce((a, b) => (isBefore(b, a) ? b : a), times[0] ?? gathered.first)
  return {
    ...gathered,
    ...{ domain, fault, first },
    waiting: gathered.waiting.size + beyond,
    servers: [...gathered.servers].sort(),
  }
}
