import type { Content } from './content.ts'
import type { Entry, Finding, Host, Subject } from './host-facts.ts'
import { findNeed, needs } from './host-needs.ts'
import { findDifferences, findServiceOptions, findUse } from './host-use.ts'
import type { Plan } from './plan.ts'
import { overrideOf } from './plan.ts'

/** What the host has against the table, or does differently from what the policies were judged by. */
export function findHostFaults(host: Host, subject: Subject): readonly Finding[] {
  return [
    ...findUse(host, subject.table),
    ...host.services.flatMap(findServiceOptions),
    ...findDifferences(host.settings, subject.settings),
    ...needs.flatMap(need => findNeed(need, host, subject.entries)),
  ]
}

/** What may need something of the host: the other entries hold for every Postfix. */
const demanding = /^(?:dane|fingerprint|verify|secure)|(?:tafile|connection_reuse|enable_rpk)=/

/** The entries of a table that depend on the host. */
export function entriesToProve({ entries }: Content, { changed }: Plan): readonly Entry[] {
  const isNew = new Set(changed)
  const found: Entry[] = []
  for (const [key, value] of entries) {
    const override = demanding.test(value) ? overrideOf(key, value) : undefined
    if (override) found.push({ key, override, isNew: isNew.has(key) })
  }
  return found
}
