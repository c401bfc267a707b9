import type { Policy } from '../language/policy.ts'
import type { Settings } from '../language/settings.ts'
import type { Pass } from '../probe/pass.ts'
import { summarize } from '../probe/pass.ts'
import type { Target } from '../probe/targets.ts'
import { targetOf } from '../probe/targets.ts'
import type { Asker } from './ask-servers.ts'
import { askServers } from './ask-servers.ts'

/** From the strongest; a pin is not on it, since nobody but the recipient can confirm one. */
const ladder: readonly Policy[] = ['dane-only', 'secure', 'verify', 'encrypt', 'may', 'none']

/** Climbs down until every server takes mail; a server that is not reached decides nothing. */
export async function findStrongest(
  asker: Asker,
  { destination, value }: Target,
  pass: Pass,
  settings: Settings,
): Promise<Policy | null> {
  for (const policy of ladder) {
    if (policy === 'dane-only' && settings.postfix.dnsSupportLevel !== 'dnssec') continue
    const target = targetOf(destination, { policy, parameters: {} }, settings)
    const known = target.value === value ? pass : undefined
    const [asked] = known ? [known] : await askServers(asker, [target])
    if (!asked || summarize(asked.hosts).state === 'unknown') return null
    if (asked.hosts.every(({ state }) => state !== 'broken')) return policy
  }
  return null
}
