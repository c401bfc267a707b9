import type { Day } from '../../language/day.ts'
import { readDestination } from '../../language/destination.ts'
import type { Contact } from '../../language/override.ts'
import { twigOfData } from './plain.ts'
import { joinLines, printItem } from './print.ts'

/** What a new override says, as somebody wrote it and nobody has checked it. */
export interface Draft {
  readonly destinations: readonly string[]
  readonly policy: string
  readonly parameters: Readonly<Record<string, string | readonly string[]>>
  /** Only an import brings what is not active. */
  readonly active?: boolean
  readonly emergency: boolean
  readonly justification: string
  readonly reviewDate: Day
  readonly problem?: string
  readonly owner?: string
  readonly ticket?: string
  readonly contacted: readonly Contact[]
}

/** The text of a new file in canonical form; `head` is the line above the first field, if any. */
export function writeOverride(draft: Draft, head: string | undefined): string {
  const { destinations, parameters, emergency, contacted, problem, owner, ticket } = draft
  const fields = {
    destination: destinations.length === 1 ? destinations[0] : destinations,
    policy: draft.policy,
    parameters: Object.keys(parameters).length > 0 ? parameters : undefined,
    active: draft.active === false ? false : undefined,
    emergency: emergency || undefined,
    justification: draft.justification,
    review_date: draft.reviewDate,
    problem,
    owner,
    ticket,
    contacted: contacted.length > 0 ? contacted : undefined,
  }
  const lines = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) => printItem(twigOfData(value, name), 0, 1))
  return joinLines([...(head === undefined ? [] : [{ text: head, blank: false }]), ...lines], '\n')
}

/** The line that tells editors where the schema is, as other files of the folder write it. */
export function schemaLine(texts: Iterable<string>): string | undefined {
  for (const text of texts) {
    const line = /^# yaml-language-server: \$schema=[\x21-\x7e]+$/m.exec(text)?.[0]
    if (line !== undefined) return line
  }
  return undefined
}

/** Git for Windows cannot check such a name out, whatever follows its first dot. */
const deviceOfWindows = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/

/** A file name of safe characters for a destination that no file of the folder has. */
export function nameFile(destination: string, taken: Iterable<string>): string {
  const read = readDestination(destination, '')
  const key = 'rule' in read ? destination : read.keys[0]
  const words = key.toLowerCase().replace(/[^a-z0-9.]+/g, '-')
  const bare = words.slice(0, 100).replace(/^[.-]+|[.-]+$/g, '') || 'override'
  const name = bare.replace(deviceOfWindows, '$&-')
  const known = new Set([...taken].map(path => path.toLowerCase()))
  for (let count = 1; ; count += 1) {
    const path = `${name}${count > 1 ? `-${count}` : ''}.yaml`
    if (!known.has(path)) return path
  }
}

/** Parameters from words such as `protocols=>=TLSv1.2`; a name that comes twice has a list. */
export function readParameters(words: readonly string[]): Draft['parameters'] | undefined {
  const values = new Map<string, string[]>()
  for (const word of words) {
    const [, name, value] = /^([^=\s]+)=(.*)$/s.exec(word) ?? []
    if (name === undefined || value === undefined) return undefined
    values.set(name, [...(values.get(name) ?? []), value])
  }
  return Object.fromEntries(
    [...values].map(([name, list]) => [name, list.length === 1 ? (list[0] ?? '') : list]),
  )
}
