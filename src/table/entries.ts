import { comparable } from '../language/destination.ts'
import type { Override } from '../language/override.ts'
import { formatValue } from './value.ts'

/** One line of the table, and the decision that it comes from. */
export interface Entry {
  readonly key: string
  readonly value: string
  readonly override: Override
}

/** The entries of all active overrides, sorted by key; `check` has made sure that no key comes twice. */
export function compileEntries(overrides: readonly Override[]): readonly Entry[] {
  return overrides
    .filter(override => override.active)
    .flatMap(override => {
      const value = formatValue(override.policy, override.parameters)
      const keys = new Set(override.destinations.flatMap(({ keys }) => keys))
      return [...keys].map(key => ({ key, value, override }))
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** Entries by the key that Postfix compares with what it looks up. */
export function indexEntries(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  return new Map(entries.map(entry => [comparable(entry.key), entry]))
}
