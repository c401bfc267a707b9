import type { Effect } from '../language/settings.ts'

/** What several effects are together: weaker here and stronger there is mixed. */
export function combineEffects(effects: readonly Effect[]): Effect {
  const has = (effect: Effect) => effects.includes(effect)
  if (has('mixed') || (has('weaker') && has('stronger'))) return 'mixed'
  return (['weaker', 'stronger', 'other'] as const).find(has) ?? 'same'
}

/** The effect of a protection that rises by a number of steps, or falls where it is negative. */
export function effectOfRise(rise: number): Effect {
  if (rise === 0) return 'same'
  return rise < 0 ? 'weaker' : 'stronger'
}

/** The effect on what is accepted: accepting more is weaker, something else is mixed. */
export function effectOnAccepted<T>(before: ReadonlySet<T>, after: ReadonlySet<T>): Effect {
  const keepsAll = [...before].every(member => after.has(member))
  const addsNone = [...after].every(member => before.has(member))
  if (keepsAll) return addsNone ? 'same' : 'weaker'
  return addsNone ? 'stronger' : 'mixed'
}
