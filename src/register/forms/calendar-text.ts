import type { Day } from '../../language/day.ts'
import { harmless } from '../../language/harmless.ts'
import type { Override } from '../../language/override.ts'
import type { Settings } from '../../language/settings.ts'
import { effectWords } from '../../outcomes/words.ts'
import { renewCommand, retireCommand } from '../command-lines.ts'
import { proposeReviewDate } from '../propose.ts'
import type { RegisteredOverride } from '../register.ts'
import { harmlessLines } from './content-line.ts'

/** Destinations of a list that are named one by one; the file has them all. */
const mostNamed = 10

/** The title of an event: what is to be reviewed. */
export function calendarTitle({ destinations, policy, emergency }: Override): string {
  const [first, ...others] = destinations.map(({ text }) => harmless(text))
  const more = others.length === 0 ? '' : ` and ${others.length} more`
  return `${emergency ? 'Emergency: ' : ''}Review TLS policy of ${first}${more} (${policy})`
}

/** What somebody has to know on the review date, and the commands; the text does not depend on a day. */
export function calendarTextsUnder(
  settings: Settings,
): (one: RegisteredOverride, file: string) => string {
  const proposed = new Map<string, Day>()
  return (one, file) => {
    const { override, effect } = one
    // As would be proposed on the review date itself, whatever else is due then.
    const key = `${override.reviewDate} ${effect}`
    const until =
      proposed.get(key) ??
      proposeReviewDate({ overrides: [], settings }, override.reviewDate, effect)
    proposed.set(key, until)
    return [whyOf(one), effectOf(one), factsOf(one, file), commandsOf(one, until, settings)].join(
      '\n\n',
    )
  }
}

function whyOf({ override }: RegisteredOverride): string {
  const renewals = override.renewals.map(
    ({ date, until, because }) => `Renewed on ${date} until ${until}: ${harmlessLines(because)}`,
  )
  return [harmlessLines(override.justification), ...renewals].join('\n')
}

function effectOf({ effect, consequences }: RegisteredOverride): string {
  const told = consequences
    .slice(0, mostNamed)
    .flatMap(({ destinations, standing, retired }) => [
      ...(consequences.length > 1 ? [`For ${named(destinations)}:`] : []),
      'While it stands:',
      ...standing.map(sentence => `- ${harmless(sentence)}`),
      'If it is retired:',
      ...(retired.length > 0 ? retired : ['Nothing would change for mail.']).map(
        sentence => `- ${harmless(sentence)}`,
      ),
    ])
  return [`The override is ${effectWords[effect]}.`, ...told].join('\n')
}

function factsOf({ override }: RegisteredOverride, file: string): string {
  const { destinations, owner, problem, ticket, contacted } = override
  return [
    `Destinations: ${named(destinations.map(({ text }) => text))}`,
    `Owner: ${owner === undefined ? 'nobody is named' : harmless(owner)}`,
    ...(problem === undefined ? [] : [`Problem: ${problem}`]),
    ...(ticket === undefined ? [] : [`Ticket: ${harmless(ticket)}`]),
    ...contacted.map(({ date, to }) => `Told: ${harmless(to)} on ${date}`),
    `File: ${harmless(file)}`,
  ].join('\n')
}

function commandsOf({ override }: RegisteredOverride, until: Day, settings: Settings): string {
  const texts = override.destinations.map(({ text }) => text)
  return [
    'No longer needed:',
    ...texts.slice(0, mostNamed).map(retireCommand),
    '',
    'Still needed:',
    renewCommand(override, until, settings),
  ].join('\n')
}

function named(destinations: readonly string[]): string {
  const shown = destinations.slice(0, mostNamed).map(harmless).join(', ')
  const others = destinations.length - mostNamed
  return others > 0 ? `${shown} and ${others} more` : shown
}
