import { comparable } from '../language/destination.ts'
import { isUtf8Hostname } from '../language/hostname.ts'
import type { Entry } from './entries.ts'

export interface Match {
  readonly entry: Entry
  /** Whether the entry names the destination itself, or a domain above it. */
  readonly how: 'exact' | 'parent'
}

/** The keys that tls_policy_lookup() of Postfix's smtp_tls_policy.c asks for, the first hit wins. */
export function lookupKeys(nextHop: string): readonly [string, ...string[]] {
  const key = comparable(nextHop)
  if (!isUtf8Hostname(nextHop)) return [key]
  const labels = key.split('.').slice(1)
  return [key, ...labels.map((_, index) => `.${labels.slice(index).join('.')}`)]
}

/** The entry that Postfix uses for a next-hop. */
export function findEntry(index: ReadonlyMap<string, Entry>, nextHop: string): Match | undefined {
  const own = index.get(comparable(nextHop))
  if (own) return { entry: own, how: 'exact' }
  const parent = findParent(index, nextHop)
  return parent && { entry: parent, how: 'parent' }
}

/** The nearest entry for the domains above a next-hop. */
export function findParent(index: ReadonlyMap<string, Entry>, nextHop: string): Entry | undefined {
  const [own, ...parents] = lookupKeys(nextHop.replace(/^\./, ''))
  return [...parents]
    .filter(key => key !== own && key !== nextHop)
    .map(key => index.get(key))
    .find(entry => entry)
}

/** What Postfix looks up for what a person asks about: of a recipient, its domain. */
export function nextHopOf(text: string): string {
  const isRecipient = text.includes('@')
  const domain = text.slice(text.lastIndexOf('@') + 1)
  // trivial-rewrite(8) removes the dot of a recipient; elsewhere nobody writes one.
  return isRecipient || !/[[\]:]/.test(domain) ? domain.replace(/\.$/, '') : domain
}
