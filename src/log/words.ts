import { harmless } from '../language/harmless.ts'
import { quote } from '../language/quote.ts'
import { wrap } from '../language/wrap.ts'
import type { Remark, Suggestion } from './suggest.ts'
import type { Trouble } from './trouble.ts'

/** Destinations of one draft whose lines are told. */
const told = 5

/** What a person needs to write the justification, as comments: the log's own words, counts, times. */
export function draftComments({ troubles, pinHelps, ownSide }: Suggestion): readonly string[] {
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
        'A pinned key would protect this mail better: tlspolicy pin prints the keys, for the recipient to confirm.',
      ]
    : []
  const own = ownSide === undefined ? [] : [`Look at your own side first: ${ownSide}`]
  return [...own, ...facts, ...more, ...pin, nextHop(troubles)].map(line =>
    `# ${harmless(line)}`.slice(0, 400),
  )
}

/** Postfix asks for the next-hop, and the log of most mails names the recipient alone. */
function nextHop(troubles: readonly Trouble[]): string {
  const [server, ...others] = new Set(troubles.flatMap(({ servers }) => servers))
  return troubles.length > 1 && server !== undefined && others.length === 0
    ? `Where ${server} is your relayhost, name [${server}] alone, as relayhost spells it.`
    : 'Where a transport sends this mail to another next-hop, name that one.'
}

/** One line for a trouble that has no draft. */
export function remarkLines({ trouble, why }: Remark): readonly string[] {
  return wrap(
    `  ${harmless(trouble.domain)}: `,
    harmless(`${countOf(trouble)}, ${why}: ${quote(trouble.reason, 100)}`),
  )
}

function countOf({ count, attempts, waiting }: Trouble): string {
  const messages = `${count} ${count === 1 ? 'message' : 'messages'}`
  const tries = attempts === count ? '' : ` in ${attempts} attempts`
  return `${messages}${tries}${waiting === count ? '' : `, ${waiting} still waiting`}`
}

/** How many, and from when to when. */
export function spanOf(trouble: Trouble): string {
  const { first, last } = trouble
  const times = countOf(trouble)
  if (first === '') return times
  return first === last ? `${times} at ${first}` : `${times} from ${first} to ${last}`
}
