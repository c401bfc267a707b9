import type { Day } from './day.ts'
import type { DestinationRule } from './dead-key.ts'
import type { Destination } from './destination.ts'
import { readDestination } from './destination.ts'
import type { DocumentRule } from './document.ts'
import { readDocument } from './document.ts'
import type { Fault } from './fault.ts'
import { pointer } from './fault.ts'
import type { Problem } from './kind.ts'
import type { SpellingRule } from './letter-case.ts'
import { settleCase } from './letter-case.ts'
import type { Contact, Override, Renewal } from './override.ts'
import type { Policy } from './policy.ts'
import { quote } from './quote.ts'
import type { ShapeRule } from './schema.ts'
import { validate } from './schema.ts'

export type OverrideRule =
  | DocumentRule
  | ShapeRule
  | SpellingRule
  | DestinationRule
  | 'lost-brackets'

/** What one file says; without an override where its shape is wrong. */
export interface OverrideReading {
  readonly override?: Override
  readonly faults: readonly Fault<OverrideRule>[]
}

/** The fields of a file, once the schema has held. */
interface Fields {
  readonly destination: string | readonly string[]
  readonly policy: Policy
  readonly parameters?: Readonly<Record<string, string | readonly string[]>>
  readonly active?: boolean
  readonly emergency?: boolean
  readonly justification: string
  readonly review_date: Day
  readonly problem?: Problem
  readonly owner?: string
  readonly ticket?: string
  readonly contacted?: readonly Contact[]
  readonly renewals?: readonly Renewal[]
}

/** Reads the text of one file. A destination with a fault is left out of the override. */
export function readOverride(path: string, text: string): OverrideReading {
  const document = readDocument(text)
  if (document.faults.length > 0) return { faults: document.faults }
  const settled = settleCase(document.data)
  const faults: Fault<OverrideRule>[] = [...settled.faults, ...validate('override', settled.data)]
  if (faults.some(fault => fault.rule !== 'letter-case')) return { faults }
  const fields = settled.data as Fields
  const destinations: Destination[] = []
  for (const [index, written] of [fields.destination].flat().entries()) {
    const at = pointer('destination', ...(Array.isArray(fields.destination) ? [index] : []))
    const destination = readDestination(written, at)
    if ('rule' in destination) faults.push(destination)
    else destinations.push(destination)
  }
  if (document.bracketed.includes('/destination')) faults.push(...lostBrackets(destinations))
  return { override: toOverride(path, fields, destinations), faults }
}

function toOverride(path: string, fields: Fields, destinations: readonly Destination[]): Override {
  const { destination: _, parameters, review_date: reviewDate, ...rest } = fields
  const values = Object.entries(parameters ?? {}).map(([name, value]) => [name, [value].flat()])
  return {
    active: true,
    emergency: false,
    contacted: [],
    renewals: [],
    ...rest,
    path,
    destinations,
    parameters: Object.fromEntries(values),
    reviewDate,
  }
}

/** YAML reads `[mail.example.org]` as a list, and Postfix's brackets are gone. */
function lostBrackets(destinations: readonly Destination[]): readonly Fault<'lost-brackets'>[] {
  return destinations
    .filter(({ form, address }) => form === 'domain' && !address)
    .map(({ text }) => ({
      rule: 'lost-brackets',
      message: `without quotes, [${text}] is a list with the domain ${quote(text)}`,
      help: `for the host write "[${text}]", with the quotes; for the domain write ${text} without brackets`,
      at: { pointer: '/destination' },
    }))
}
