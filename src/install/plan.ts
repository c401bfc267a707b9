import { readDestination } from '../language/destination.ts'
import type { Override } from '../language/override.ts'
import type { Settings } from '../language/settings.ts'
import type { Change } from '../review/changes.ts'
import { findChanges } from '../review/changes.ts'
import { lookupKeys } from '../table/lookup.ts'
import { readValue } from '../table/read-value.ts'
import type { Content } from './content.ts'

/** What an installation does to mail. */
export interface Plan {
  readonly changes: readonly Change[]
  /** Lines that come, change or go, and of which the changes know nothing. */
  readonly unread: readonly UnreadLine[]
  /** Lookup keys whose answer changes. */
  readonly changed: readonly string[]
  /** Lookup keys that have no answer any more. */
  readonly gone: readonly string[]
  readonly installed: number
  readonly entries: number
  /** Entries that are removed, or protect less than before. */
  readonly reduced: number
}

/** A line that Postfix refuses when it looks it up, or for whose key it never asks. */
export interface UnreadLine {
  readonly key: string
  readonly value: string
  /** Whether it is in the table that is put in place, and not in the one before. */
  readonly comes: boolean
  readonly isDead: boolean
}

type Entries = ReadonlyMap<string, string>

/** Compares the table in force with another one; the settings say what mail does without an entry. */
export function makePlan(before: Content | null, after: Content, settings: Settings): Plan {
  const [was, will]: readonly [Entries, Entries] = [before?.entries ?? new Map(), after.entries]
  const gone = [...was.keys()].filter(key => !will.has(key))
  const changed = [...will.keys()].filter(key => was.get(key) !== will.get(key))
  const keys = [...gone, ...changed]
  // What stays is left out, but for the entries that apply where one comes or goes.
  const needed = new Set(keys.flatMap(key => [key, ...lookupKeys(key.replace(/^\./, ''))]))
  const [from, to] = [overridesOf(was, needed), overridesOf(will, needed)]
  const changes = findChanges({ overrides: from, settings }, { overrides: to, settings })
  const weakened = changes.filter(
    ({ change, comparison }) =>
      change !== 'removed' && (comparison.verdict === 'weaker' || comparison.exposes.length > 0),
  )
  return {
    changes,
    unread: [...unreadLines(was, keys, false), ...unreadLines(will, keys, true)],
    changed,
    gone,
    installed: was.size,
    entries: will.size,
    reduced: gone.length + weakened.filter(({ old }) => old !== null).length,
  }
}

function unreadLines(
  entries: Entries,
  keys: readonly string[],
  comes: boolean,
): readonly UnreadLine[] {
  return keys.flatMap(key => {
    const value = entries.get(key)
    if (value === undefined || overrideOf(key, value)) return []
    return [{ key, value, comes, isDead: 'rule' in readDestination(key, '') }]
  })
}

function overridesOf(entries: Entries, keys: ReadonlySet<string>): readonly Override[] {
  const overrides: Override[] = []
  for (const key of keys) {
    const value = entries.get(key)
    const override = value === undefined ? undefined : overrideOf(key, value)
    if (override) overrides.push(override)
  }
  return overrides
}

/** As much of an override as its line of the table tells; undefined for a line that is of no use. */
function overrideOf(key: string, value: string): Override | undefined {
  const destination = readDestination(key, '')
  const reading = readValue(value)
  if (!('keys' in destination) || 'fault' in reading) return undefined
  return {
    path: '',
    destinations: [destination],
    ...reading,
    active: true,
    emergency: false,
    justification: '',
    reviewDate: '0001-01-01',
    contacted: [],
    renewals: [],
  }
}
