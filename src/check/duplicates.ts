import type { Destination } from '../language/destination.ts'
import { comparable } from '../language/destination.ts'
import { quote } from '../language/quote.ts'
import type { Check } from './rule.ts'

export type DuplicateRule = 'duplicate-destination'

/** Lookup keys that Postfix could not tell apart, over all active overrides. */
export const checkDuplicates: Check<DuplicateRule> = function* ({ overrides }) {
  const seen = new Map<string, { readonly path: string; readonly destination: Destination }>()
  for (const { path, destinations } of overrides.filter(({ active }) => active)) {
    for (const destination of destinations) {
      const keys = destination.keys.map(comparable)
      const first = keys.map(key => seen.get(key)).find(found => found !== undefined)
      if (first)
        yield {
          rule: 'duplicate-destination',
          path,
          message: `${quote(destination.text)} ${first.path === path ? 'is written twice' : 'has two overrides'}${spelled(destination, first.destination)}`,
          help: `keep one of them${first.path === path ? '' : ', or set "active: false" in the other'}`,
          at: { pointer: destination.at },
          other: { path: first.path, at: { pointer: first.destination.at } },
        }
      else for (const key of keys) seen.set(key, { path, destination })
    }
  }
}

function spelled(one: Destination, other: Destination): string {
  return one.text === other.text ? '' : `: ${quote(other.text)} is the same lookup key`
}
