import type { Cause } from './cause.ts'
import { createCauses, hostIn, readCause } from './cause.ts'
import type { Attempt, LogFault } from './fault.ts'
import { isUnreached, readAttempt, readRoute } from './fault.ts'
import { createReader } from './line.ts'
import { createRoutes } from './routes.ts'
import { goesBack } from './time.ts'
import type { Gathered, Trouble } from './trouble.ts'
import { addServer, delivered, failed, finish, nothing } from './trouble.ts'

/** A hostile log names more; what comes later is counted and left out. */
const limits = { troubles: 20_000, ordinary: 5_000, messages: 200_000 }

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
export function createGatherer(most = limits) {
  const read = createReader()
  const causes = createCauses()
  const route = createRoutes()
  const all = new Map<string, Map<LogFault, Gathered>>()
  const count = { troubles: 0, ordinary: 0, leftOut: 0 }
  const room = { troubles: most.messages, ordinary: most.messages / 4 }
  const watched = new Set<string>()
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
        if (!ordinary.has(fault)) faults?.set(fault, delivered(one, attempt.id, line.time))
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
    if (sort === 'troubles') watched.add(destination)
    const fits = room[sort] > 0
    const after = failed(before ?? nothing(line.time), attempt, line.time, fits)
    for (const { peer } of known) if (peer !== null) addServer(after.servers, hostIn(peer))
    if (after.count > (before?.count ?? 0)) room[sort] -= 1
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
    if (watched.has(domain) || route.knows(domain)) return true
    const [, host, port] = /^([^[]+)\[.*\]:(?!25$)(\d+)$/.exec(relay) ?? []
    return host !== undefined && watched.has(`[${host.toLowerCase()}]:${port}`)
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
