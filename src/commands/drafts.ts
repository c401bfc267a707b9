import type { Day } from '../language/day.ts'
import { readDestination } from '../language/destination.ts'
import type { Policies } from '../language/policies.ts'
import type { Suggestion } from '../log/suggest.ts'
import { draftComments } from '../log/words.ts'
import { compareDecisions } from '../outcomes/compare.ts'
import { nameFile, schemaLine, writeOverride } from '../register/edit/new-override.ts'
import { planReviews } from '../register/propose.ts'
import type { Folder } from './load.ts'
import type { SuggestOptions } from './suggest.ts'

/** The text of an override, and the path where it would stand. */
export interface Draft {
  readonly file: string
  readonly text: string
  readonly ownSide?: string | undefined
}

/** What may be our own fault is shown, and neither written nor told to strangers. */
export function isSure({ ownSide }: Pick<Draft, 'ownSide'>): boolean {
  return ownSide === undefined
}

/** A person has to write this; `check` refuses it. */
const todo = 'TODO'

/** A draft for each suggestion, under paths that are free. */
export function draftAll(
  suggestions: readonly Suggestion[],
  folder: Folder,
  policies: Policies,
  { justification, owner }: SuggestOptions,
  asOf: Day,
): readonly Draft[] {
  const taken = folder.files.map(({ path }) => path)
  const review = planReviews(policies, asOf)
  const head = schemaLine(policies.paths.map(folder.textOf))
  return suggestions.map(suggestion => {
    const { destinations, policy, problem, ownSide } = suggestion
    const [first = ''] = destinations
    const file = nameFile(first, taken)
    taken.push(file)
    const text = writeOverride(
      {
        ...{ destinations, policy, problem, parameters: {}, emergency: false, contacted: [] },
        justification: justification ?? todo,
        reviewDate: review(effectOf(policy, first, policies)),
        ...(owner !== undefined && { owner }),
      },
      undefined,
    )
    const comments = draftComments(suggestion)
    return {
      file,
      ownSide,
      text: [...(head === undefined ? [] : [head]), ...comments, text].join('\n'),
    }
  })
}

function effectOf(policy: Suggestion['policy'], destination: string, { settings }: Policies) {
  const read = readDestination(destination, '')
  const decision = { policy, parameters: {}, ...('rule' in read ? {} : { host: read.host }) }
  return compareDecisions(null, decision, settings, settings).verdict
}
