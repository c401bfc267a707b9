import { createRequire } from 'node:module'
import type * as Tldts from 'tldts'

/** Loaded when it is first needed: the list is large, and few overrides need it. */
const load = createRequire(import.meta.url)

/** Whether names right below the domain belong to different owners (publicsuffix.org). */
export function isPublicSuffix(domain: string): boolean {
  const { parse } = load('tldts') as typeof Tldts
  const { publicSuffix, isIcann, isPrivate } = parse(domain, { allowPrivateDomains: true })
  return publicSuffix === domain && (isIcann === true || isPrivate === true)
}

/** The same for what a registry gives out (`com`, `co.uk`), and not for what a company does. */
export function isRegistrySuffix(domain: string): boolean {
  const { parse } = load('tldts') as typeof Tldts
  const { publicSuffix, isIcann } = parse(domain)
  return publicSuffix === domain && isIcann === true
}
