import { comparable } from '../language/destination.ts'
import type { Override } from '../language/override.ts'
import { lookupKeys } from '../table/lookup.ts'
import { readRoute, statusWord } from './fault.ts'

/** A destination of an active override that no delivery of the log went to. */
export interface Unused {
  readonly destination: string
  /** Path of the override inside the policies folder. */
  readonly path: string
}

/** Names that are remembered, so that each is looked up once; a hostile log names more. */
const most = 20_000

/** Takes the lines of a log one by one, in constant memory, and tells which overrides no mail used. */
export function createUsage(overrides: readonly Override[]) {
  const left = new Map<string, Unused>()
  for (const { active, destinations, path } of overrides)
    for (const { keys, text } of active ? destinations : []) {
      const unused = { destination: text, path }
      for (const key of keys) left.set(comparable(key), unused)
    }
  const seen = new Set<string>()
  let deliveries = 0
  /** Whether a line may tell more than those before, by its text before `statusWord`. */
  const isNews = (before: string): boolean => {
    return left.size > 0 && !seen.has(wayOf(before))
  }
  const take = (line: string): void => {
    const at = line.indexOf(statusWord)
    const before = line.slice(0, Math.max(at, 0))
    const { domain, relay } = readRoute(before)
    if (domain === '' || !isNews(before)) return
    deliveries += 1
    if (seen.size >= most) seen.clear()
    seen.add(wayOf(before))
    const [, host = relay, port] = /^([^[]+)\[[^\]]*\]:(\d+)$/.exec(relay) ?? []
    for (const key of [...lookupKeys(domain), ...relayKeys(host, port)]) use(comparable(key))
  }
  /** Both spellings of a name are one destination. */
  const use = (key: string): void => {
    const used = left.get(key)
    if (used) for (const [other, one] of left) if (one === used) left.delete(other)
  }
  /** Nothing is said of a log that holds no delivery at all. */
  const tell = (): readonly Unused[] => (deliveries === 0 ? [] : [...new Set(left.values())])
  return { take, tell, isNews }
}

/** The recipient's domain and the relay, as the log has them: equal texts tell the same. */
function wayOf(before: string): string {
  const at = before.indexOf('@', before.indexOf(' to=<'))
  return before.slice(at, before.indexOf(', delay=', at))
}

/** The ways to write the next-hop that a relay may have been found by; Postfix reads services(5) for ports. */
function relayKeys(relay: string, port = '25'): readonly string[] {
  const host = relay.toLowerCase()
  const ports = [port, ...Object.keys(services).filter(name => services[name] === port)]
  const hosts = host.includes(':') ? [`[${host}]`, `[ipv6:${host}]`] : [`[${host}]`]
  return [
    ...hosts,
    ...ports.flatMap(word => [...hosts.map(name => `${name}:${word}`), `${host}:${word}`]),
  ]
}

const services: Readonly<Record<string, string>> = {
  smtp: '25',
  mail: '25',
  submission: '587',
  msp: '587',
  submissions: '465',
  smtps: '465',
  urd: '465',
}
