import { comparable } from '../../language/destination.ts'
import type { Override } from '../../language/override.ts'
import { quote } from '../../language/quote.ts'
import type { Decided } from './decide.ts'
import { isSameDecision, tableValue } from './decide.ts'
import type { LeftOut } from './row.ts'

export interface Distinct {
  readonly decided: readonly Decided[]
  readonly leftOut: readonly LeftOut[]
  /** What is there already, or stands in the source twice, and loses nothing. */
  readonly same: readonly string[]
}

/**
 * Each destination once. Of several entries with one key Postfix uses the first; an override that
 * is there already stays. `display` says where it is.
 */
export function keepDistinct(
  all: readonly Decided[],
  overrides: readonly Override[],
  display: (path: string) => string,
): Distinct {
  const taken = new Map<string, Taken>()
  for (const override of overrides)
    for (const key of override.destinations.flatMap(({ keys }) => keys))
      taken.set(comparable(key), { decision: override, where: display(override.path) })
  const decided: Decided[] = []
  const leftOut: LeftOut[] = []
  const same: string[] = []
  // What Postfix does not see must not stand in the way of what it sees.
  for (const entry of [...all].sort((a, b) => Number(b.active) - Number(a.active))) {
    const keys = entry.destination.keys.map(comparable)
    const [other] = keys.flatMap(key => taken.get(key) ?? [])
    if (!other) {
      decided.push(entry)
      for (const key of keys) taken.set(key, { decision: entry, where: entry.place })
    } else if (isSameDecision(entry, other.decision))
      same.push(`${entry.place}: ${quote(entry.destination.text)} is the same in ${other.where}`)
    else leftOut.push(twice(entry, other))
  }
  return { decided, leftOut, same }
}

interface Taken {
  readonly decision: Pick<Decided, 'policy' | 'parameters' | 'active'>
  readonly where: string
}

function twice({ place, text, destination }: Decided, { decision, where }: Taken): LeftOut {
  const state = decision.active ? '' : ', inactive'
  return {
    place,
    text,
    why: `${quote(destination.text)} is decided in ${where} already: ${quote(tableValue(decision))}${state}`,
    help: 'keep one of the two decisions',
  }
}
