import type { Destination } from '../../language/destination.ts'
import { comparable, readDestination } from '../../language/destination.ts'
import type { Parameters } from '../../language/override.ts'
import type { Policy } from '../../language/policy.ts'
import { quote, visible } from '../../language/quote.ts'
import { readValue, splitValue } from '../../table/read-value.ts'
import { formatValue } from '../../table/value.ts'
import { repairValue } from './repair.ts'
import type { LeftOut, Row } from './row.ts'

/** What one row decides. */
export interface Decided {
  readonly place: string
  /** As the source has it. */
  readonly text: string
  readonly destination: Destination
  readonly policy: Policy
  readonly parameters: Parameters
  readonly active: boolean
  readonly comments: readonly string[]
  readonly block: readonly string[]
  /** What was changed on the way. */
  readonly notes: readonly string[]
}

/** Whether two decisions are the same but for their destination. */
export function isSameDecision(a: Judged, b: Judged): boolean {
  return a.active === b.active && tableValue(a) === tableValue(b)
}

type Judged = Pick<Decided, 'active' | 'policy' | 'parameters'>

/** The value of a decision in the table. */
export function tableValue({ policy, parameters }: Judged): string {
  return formatValue(policy, parameters)
}

/** Reads a row as Postfix would; what it could not use is repaired where the meaning is plain. */
export function decideRow(row: Row): Decided | LeftOut {
  const { place, text } = row
  const shown = { place, text }
  const destination = readDestination(comparable(row.destination), '')
  if ('rule' in destination) {
    const { message, help } = destination
    return { ...shown, why: message, ...(help === undefined ? {} : { help }) }
  }
  if (!destination.keys.includes(comparable(row.destination)))
    return {
      ...shown,
      why: `an override would be for ${quote(destination.keys[0])}, and Postfix is asked for another spelling`,
    }
  const own = readValue(row.value)
  const repaired = 'fault' in own ? repairValue(row.value) : undefined
  const reading = repaired ? readValue(repaired.value) : own
  if ('fault' in reading) return { ...shown, why: 'fault' in own ? own.fault : reading.fault }
  const value = repaired?.value ?? row.value
  const comments = [...row.comments, ...(repaired?.comment ? [repaired.comment] : [])]
  return {
    ...shown,
    destination,
    ...reading,
    active: row.active,
    comments: comments.map(readable),
    block: row.block.map(readable),
    notes: [...row.notes, ...(repaired?.notes ?? []), ...spelling(value, reading.policy)],
  }
}

/** A tab is a blank to a reader of a comment; other signs that nobody sees are written out. */
function readable(comment: string): string {
  return visible(comment.replaceAll('\t', ' '))
}

/** What reads the same to Postfix, and is written in one way here. */
function spelling(value: string, policy: Policy): readonly string[] {
  const [level = '', ...attributes] = splitValue(value)
  const notes: string[] = []
  if (value.includes('{')) notes.push('the braces, which an older Postfix refuses, are left out')
  if (policy === 'none')
    return attributes.length > 0 ? ['Postfix ignores what follows "none", and it is left out'] : []
  const names = attributes.map(attribute => attribute.split('=', 1)[0] ?? '')
  const upper = [level, ...names].filter(word => word !== word.toLowerCase())
  if (upper.length > 0)
    notes.push(`${upper.map(word => quote(word)).join(', ')} is written in lower case`)
  const lower = names.map(name => name.toLowerCase())
  for (const name of ['connection_reuse', 'enable_rpk'])
    if (lower.indexOf(name) !== lower.lastIndexOf(name))
      notes.push(`of several ${quote(name)} Postfix uses the last`)
  return notes
}
