import type { Comparison } from './compare.ts'
import { exposure } from './compare.ts'

/** One line of a list: what it compares, and the name by which equals are sorted. */
export interface Ranked {
  readonly key: string
  readonly comparison: Comparison
}

/**
 * The order of every list, for `toSorted`: first what exposes mail most, then what exposes it for
 * more kinds of recipient, then what stops more mail, then the key.
 */
export function byExposure(a: Ranked, b: Ranked): number {
  return (
    lowestExposure(a) - lowestExposure(b) ||
    b.comparison.exposes.length - a.comparison.exposes.length ||
    b.comparison.stops.length - a.comparison.stops.length ||
    compareText(a.key, b.key)
  )
}

function lowestExposure({ comparison }: Ranked): number {
  return exposure[comparison.lowest ?? 'deferred']
}

/** By UTF-16 units, so that no locale changes the order. */
function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
