import { jsonText } from '../language/json-text.ts'
import { letterOf } from './letter.ts'
import type { Advice } from './suggest.ts'
import type { Unused } from './usage.ts'

interface More {
  /** One for each suggestion, in their order. */
  readonly drafts: readonly { readonly file: string; readonly text: string }[]
  readonly unused: readonly Unused[]
  readonly leftOut: number
  /** How the path of an override is shown. */
  readonly display: (path: string) => string
}

/** What a log says, for programs. */
export function adviceJson(
  { suggestions, remarks, ownSide }: Advice,
  { drafts, unused, leftOut, display }: More,
): string {
  return jsonText({
    version: 1,
    suggestions: suggestions.map((suggestion, index) => {
      const { destinations, policy, problem, troubles, ownSide = null } = suggestion
      const { file = '', text = '' } = drafts[index] ?? {}
      const letter = letterOf(suggestion) ?? null
      return {
        destinations,
        policy,
        problem,
        file: display(file),
        draft: text,
        letter,
        ownSide,
        troubles,
      }
    }),
    remarks: remarks.map(({ trouble, why }) => ({ ...trouble, why })),
    ownSide,
    unused: unused.map(({ destination, path }) => ({ destination, file: display(path) })),
    leftOut,
  })
}
