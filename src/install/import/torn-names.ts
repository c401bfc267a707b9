import { comparable } from '../../language/destination.ts'
import { quote } from '../../language/quote.ts'
import type { Decided } from './decide.ts'
import { isSameDecision } from './decide.ts'
import type { LeftOut } from './row.ts'

export interface Sorted {
  readonly decided: readonly Decided[]
  readonly leftOut: readonly LeftOut[]
}

/**
 * To Postfix the A-label and the U-label of a name are two keys, and an override is for both. Where a
 * source answers them differently, an override of one entry would answer the other key wrongly: neither
 * is imported. `refused` has the entries that are left out already, by key.
 */
export function leaveTornNames(
  all: readonly Decided[],
  refused: ReadonlyMap<string, LeftOut>,
): Sorted {
  // Of several entries with one key Postfix uses the first.
  const used = new Map<string, Decided>()
  for (const entry of all)
    if (entry.active && !used.has(keyOf(entry))) used.set(keyOf(entry), entry)
  const decided: Decided[] = []
  const leftOut: LeftOut[] = []
  for (const entry of all) {
    const acting = used.get(keyOf(entry))
    const others = entry.destination.keys.map(comparable).filter(key => key !== keyOf(entry))
    const other = others.flatMap(key => refused.get(key) ?? used.get(key) ?? [])
    const torn = other.find(one => acting && ('why' in one || !isSameDecision(acting, one)))
    if (entry.active && torn) leftOut.push(whyTorn(entry, torn))
    else decided.push(entry)
  }
  return { decided, leftOut }
}

function keyOf({ destination }: Decided): string {
  return comparable(destination.text)
}

function whyTorn({ place, text, destination }: Decided, other: Decided | LeftOut): LeftOut {
  const [first] = destination.keys
  const what = 'why' in other ? 'is left out' : 'decides otherwise'
  return {
    place,
    text,
    why: `an override is for both spellings of ${quote(first)}, and ${other.place}, which has the other one, ${what}`,
    help: 'decide alike about both spellings',
  }
}
