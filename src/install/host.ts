import { readValue } from '../table/read-value.ts'
import type { Content } from './content.ts'
import type { Demand, Finding, Host, Subject } from './host-facts.ts'
import { findNeed, needs } from './host-needs.ts'
import { findDifferences, findServiceOptions, findUse } from './host-use.ts'
import type { Plan } from './plan.ts'

/** What the host has against the table, or does differently from what the policies were judged by. */
export function findHostFaults(host: Host, subject: Subject): readonly Finding[] {
  return [
    ...findUse(host, subject.table),
    ...host.services.flatMap(findServiceOptions),
    ...findDifferences(host.settings, subject.settings),
    ...needs.flatMap(need => findNeed(need, host, subject.demands)),
  ]
}

/** What may need something of the host: the other entries hold for every Postfix. */
const demanding = /^(?:dane|fingerprint|verify|secure)|(?:tafile|connection_reuse|enable_rpk)=/

/** What the entries of a table demand of the host, by value. */
export function findDemands({ entries }: Content, { changed }: Plan): readonly Demand[] {
  const isNew = new Set(changed)
  const keys = new Map<string, string[]>()
  for (const [key, value] of entries) {
    if (!demanding.test(value)) continue
    const others = keys.get(value)
    if (others) others.push(key)
    else keys.set(value, [key])
  }
  return [...keys].flatMap(([value, [first = '', ...others]]) => {
    const reading = readValue(value)
    if ('fault' in reading) return []
    const newKey = [first, ...others].find(key => isNew.has(key))
    const count = others.length + 1
    return [{ ...reading, key: newKey ?? first, count, isNew: newKey !== undefined }]
  })
}
