import type { Destination } from '../../language/destination.ts'
import { comparable, readDestination } from '../../language/destination.ts'
import { nearest } from '../../language/nearest.ts'
import type { Override } from '../../language/override.ts'

/** Which override names a destination, or which names come near it. */
export type Search = { readonly found: readonly Named[] } | { readonly meant: string | undefined }

export interface Named {
  readonly override: Override
  /** As the override writes it. */
  readonly destination: Destination
}

/** The overrides, active or not, that name a destination, in any of its spellings. */
export function findNamed(overrides: readonly Override[], written: string): Search {
  const asked = readDestination(written, '')
  const keys = new Set('rule' in asked ? [written] : asked.keys.map(comparable))
  const found = overrides.flatMap(override =>
    override.destinations
      .filter(destination => destination.keys.some(key => keys.has(comparable(key))))
      .map(destination => ({ override, destination })),
  )
  if (found.length > 0) return { found }
  const names = overrides.flatMap(({ destinations }) => destinations.map(({ text }) => text))
  return { meant: nearest(written, names) }
}
