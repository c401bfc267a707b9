import { comparable } from '../language/destination.ts'
import type { Override } from '../language/override.ts'
import { lookupKeys } from '../table/lookup.ts'

/** A destination of an active override that no delivery of the log went to. */
export interface Unused {
  readonly destination: string
  /** Path of the override inside the policies folder. */
  readonly path: string
}

/** The word that every line about a recipient holds. */
export const delivering = ', relay='

/** to=<…>, relay=host[address]:port, …; a smart host is seen as a relay alone. */
const delivery = / to=<[^>]*@([^>@]+)>, (?:orig_to=<[^>]*>, )?relay=([^\s[,]+)(?:\[[^\]]*\]:(\d+))?/

/** Names that are remembered, so that each is looked up once; a hostile log names more. */
const most = 20_000

/** Takes the lines of a log one by one, in constant memory, and tells which overrides no mail used. */
export function createUsage(overrides: readonly Override[]) {
  const left = new Map<string, Unused>()
  for (const { active, destinations, path } of overrides)
    for (const { keys, text } of active ? destinations : [])
      left.set(comparable(keys[0]), { destination: text, path })
  const seen = new Set<string>()
  let deliveries = 0
  const take = (line: string): void => {
    const [, domain = '', relay = '', port] = delivery.exec(line) ?? []
    if (domain === '') return
    deliveries += 1
    const name = `${domain} ${relay} ${port}`
    if (seen.has(name)) return
    if (seen.size >= most) seen.clear()
    seen.add(name)
    for (const key of [...lookupKeys(domain.toLowerCase()), ...relayKeys(relay, port)])
      left.delete(comparable(key))
  }
  /** Nothing is said of a log that holds no delivery at all. */
  const tell = (): readonly Unused[] => (deliveries === 0 ? [] : [...left.values()])
  return { take, tell }
}

/** The ways to write the next-hop that a relay may have been found by. */
function relayKeys(relay: string, port = '25'): readonly string[] {
  const host = relay.toLowerCase()
  return [`[${host}]`, `[${host}]:${port}`, `${host}:${port}`]
}
