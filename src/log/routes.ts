import type { Cause } from './cause.ts'
import type { Attempt } from './fault.ts'

/** A hostile log names more; the others are their own next-hops. */
const most = 20_000

/**
 * The lookup key of an attempt. Nearly always it is the recipient's domain; where the log told another
 * next-hop, or a port that no MX record can name, it is that.
 */
export function createRoutes() {
  const others = new Map<string, string>()
  const of = ({ domain, mx, port }: Attempt, causes: readonly Cause[]): string => {
    if (mx !== null && port !== null) return `[${mx}]:${port}`
    const told = causes.findLast(cause => cause.route && (mx ?? cause.route.mx) === cause.route.mx)
    const nextHop = told?.route?.nextHop.toLowerCase()
    if (nextHop !== undefined && nextHop !== domain && others.size < most)
      others.set(domain, nextHop)
    return nextHop ?? others.get(domain) ?? domain
  }
  return { of, knows: (domain: string) => others.has(domain) }
}
