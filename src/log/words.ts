import { harmless } from '../language/harmless.ts'
import { quote } from '../language/quote.ts'
import { wrap } from '../language/wrap.ts'
import type { Trouble } from './gather.ts'
import type { Remark, Suggestion } from './suggest.ts'

/** Destinations of one draft whose lines are told. */
const told = 5

/** What a person needs to write the justification, as comments: the log's own words, counts, times. */
export function draftComments({ troubles, pinHelps }: Suggestion): readonly string[] {
  const facts = troubles
    .slice(0, told)
    .flatMap(trouble => [
      `${trouble.domain}: ${spanOf(trouble)}`,
      `  ${trouble.reason}`,
      ...(trouble.cause === null ? [] : [`  ${trouble.cause}`]),
    ])
  const more = troubles.length > told ? [`and ${troubles.length - told} more`] : []
  const pin = pinHelps
    ? [
        'A pinned key would protect this mail better: tlspolicy try shows the key, to be confirmed by the recipient.',
      ]
    : []
  const next = 'Where a transport sends this mail to another next-hop, name that one.'
  return [...facts, ...more, ...pin, next].map(line => `# ${harmless(line)}`.slice(0, 400))
}

/** One line for a trouble that has no draft. */
export function remarkLines({ trouble, why }: Remark): readonly string[] {
  return wrap(
    `  ${harmless(trouble.domain)}: `,
    harmless(`${countOf(trouble)}, ${why}: ${quote(trouble.reason, 160)}`),
  )
}

function countOf({ count }: Pick<Trouble, 'count'>): string {
  return `${count} ${count === 1 ? 'attempt' : 'attempts'}`
}

/** How often, and from when to when. */
export function spanOf({ count, first, last }: Trouble): string {
  const times = countOf({ count })
  if (first === '') return times
  return first === last ? `${times} at ${first}` : `${times} from ${first} to ${last}`
}
