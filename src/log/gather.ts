import type { Cause } from './cause.ts'
import { createCauses, hostIn, readCause } from './cause.ts'
import type { Attempt, LogFault } from './fault.ts'
import { isUnreached, readAttempt, readRoute } from './fault.ts'
import { createReader } from './line.ts'
import { goesBack, isBefore } from './time.ts'

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

interface Gathered extends Omit<Trouble, 'servers' | 'waiting' | 'domain' | 'fault'> {
  readonly servers: Set<string>
  /** When each message that waits failed first. */
  readonly waiting: Map<string, string>
  /** Messages for which there was no room. */
  readonly beyond: number
}

/** A hostile log names more; what comes later is counted and left out. */
const most = { troubles: 20_000, ordinary: 5_000, messages: 200_000, routes: 20_000, servers: 20 }

const longest = 300

/** What no override changes; it must not take the room of the rest. */
export const ordinary: ReadonlySet<LogFault> = new Set(['transient', 'unresolved'])

interface Gatherings {
  readonly troubles: readonly Trouble[]
  readonly leftOut: number
  /** Whether the log goes forward in time: else nobody knows what was delivered after a failure. */
  readonly isInOrder: boolean
}

/** Takes the lines of a log one by one, in constant memory, and tells what it gathered. */
export function createGatherer() {
  const read = createReader()
  const causes = createCauses()
  const route = createRoutes()
  const all = new Map<string, Map<LogFault, Gathered>>()
  const count = { troubles: 0, ordinary: 0, messages: 0, leftOut: 0 }
  const order = { latest: '', isBroken: false }
  const take = (text: string): void => {
    const line = read(text)
    if (!line) return
    const cause = readCause(line.message)
    if (cause) causes.add(line.pid, cause)
    const attempt = cause ? undefined : readAttempt(line.message)
    if (!attempt || attempt.domain.length > 255) return
    if (goesBack(line.time, order.latest)) order.isBroken = true
    order.latest = line.time
    const { peer, mx, domain } = attempt
    const known = causes.take(line.pid, peer, [mx ?? domain, domain])
    const destination = route.of(attempt, known)
    const faults = all.get(destination)
    if (!attempt.failed) {
      for (const [fault, one] of faults ?? [])
        faults?.set(fault, delivered(one, attempt.id, line.time))
      return
    }
    const fault = faultOf(attempt.failed, known)
    const before = faults?.get(fault)
    const sort = ordinary.has(fault) ? 'ordinary' : 'troubles'
    if (!before && count[sort] >= most[sort]) {
      count.leftOut += 1
      return
    }
    if (!before) count[sort] += 1
    const fits = count.messages < most.messages
    const after = failed(before ?? nothing(line.time), attempt, line.time, fits)
    for (const { peer } of known) if (peer !== null) addServer(after.servers, hostIn(peer))
    if (fits && after.count > (before?.count ?? 0)) count.messages += 1
    const words = wordsOf(known) ?? before?.cause ?? null
    const reason = attempt.failed.reason.slice(0, longest)
    if (!faults) all.set(destination, new Map([[fault, { ...after, reason, cause: words }]]))
    else faults.set(fault, { ...after, reason, cause: words })
  }
  const tell = (): Gatherings => ({
    troubles: [...all]
      .flatMap(([domain, faults]) =>
        [...faults].map(([fault, gathered]) => finish(domain, fault, gathered)),
      )
      .sort((a, b) => b.count - a.count || (a.domain < b.domain ? -1 : 1)),
    leftOut: count.leftOut,
    isInOrder: !order.isBroken,
  })
  /** Mail that was delivered matters only where some was not before: most is never looked at. */
  const hasTroubles = () => count.troubles > 0
  const concerns = (before: string): boolean => {
    if (count.troubles === 0) return false
    const { domain, relay } = readRoute(before)
    if (all.has(domain) || route.knows(domain)) return true
    const [, host, port] = /^([^[]+)\[.*\]:(?!25$)(\d+)$/.exec(relay) ?? []
    return host !== undefined && all.has(`[${host.toLowerCase()}]:${port}`)
  }
  return { take, tell, hasTroubles, concerns }
}

/** What a reason means once it is known what was logged before it. */
function faultOf(
  { fault, reason }: NonNullable<Attempt['failed']>,
  causes: readonly Cause[],
): LogFault {
  const mayBeOurs = fault === 'handshake-failure' || fault === 'unproven'
  if (mayBeOurs && causes.some(({ own }) => own)) return 'own-table'
  // The last server of several was not reached; one before was, and TLS kept the mail from it.
  const earlier = isUnreached(reason) ? causes.find(({ peer }) => peer !== null) : undefined
  if (earlier) return earlier.words.startsWith('SSL_connect') ? 'handshake-failure' : 'unproven'
  const isSts =
    reason.startsWith('server unavailable or unable to receive mail') &&
    causes.some(({ words }) => words.startsWith("MX name '"))
  return isSts ? 'sts-broken' : fault
}

function wordsOf(causes: readonly Cause[]): string | undefined {
  const words = [...new Set(causes.map(cause => cause.words).filter(text => text !== ''))]
  return words.length === 0 ? undefined : words.join('; ').slice(0, longest)
}

/**
 * The lookup key of an attempt. Nearly always it is the recipient's domain; where the log told another
 * next-hop, or a port that no MX record can name, it is that.
 */
function createRoutes() {
  const others = new Map<string, string>()
  const of = ({ domain, mx, port }: Attempt, causes: readonly Cause[]): string => {
    if (mx !== null && port !== null) return `[${mx}]:${port}`
    const told = causes.findLast(cause => cause.route && (mx ?? cause.route.mx) === cause.route.mx)
    const nextHop = told?.route?.nextHop.toLowerCase()
    if (nextHop !== undefined && nextHop !== domain && others.size < most.routes)
      others.set(domain, nextHop)
    return nextHop ?? others.get(domain) ?? domain
  }
  return { of, knows: (domain: string) => others.has(domain) }
}

function nothing(time: string): Gathered {
  const numbers = { count: 0, attempts: 0, age: 0, beyond: 0 }
  const words = { acting: null, reason: '', cause: null, through: null }
  return { ...numbers, ...words, first: time, last: time, servers: new Set(), waiting: new Map() }
}

function failed(
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

function addServer(servers: Set<string>, host: string): void {
  if (servers.size < most.servers) servers.add(host)
}

function delivered(before: Gathered, id: string, time: string): Gathered {
  const failedAt = before.waiting.get(id)
  if (failedAt !== undefined && !isBefore(time, failedAt)) before.waiting.delete(id)
  return isBefore(time, before.last) ? before : { ...before, through: time }
}

function finish(domain: string, fault: LogFault, { beyond, ...gathered }: Gathered): Trouble {
  const times = [...gathered.waiting.values()]
  const first = times.reduce((a, b) => (isBefore(b, a) ? b : a), times[0] ?? gathered.first)
  return {
    ...gathered,
    ...{ domain, fault, first },
    waiting: gathered.waiting.size + beyond,
    servers: [...gathered.servers].sort(),
  }
}
