import type { Day } from '../../language/day.ts'
import { addDays } from '../../language/day.ts'
import type { Effect } from '../../language/settings.ts'
import { renewCommand, retireCommand } from '../command-lines.ts'
import { planReviews } from '../propose.ts'
import type { Register, RegisteredOverride } from '../register.ts'

/** What can be done about an override that is due, as command lines for a shell. */
export interface Commands {
  readonly retire: readonly string[]
  readonly renew: string
  /** Destinations for which no retire command is given, since there are too many. */
  readonly others: number
}

/** A list of destinations gets so many retire commands. */
const mostCommands = 5

/**
 * The commands for one override after another; the renewals of one report fall on different days.
 * From `base` the new review dates are counted, which is the day of the report if nothing is said.
 */
export function commandsOf(register: Register): (one: RegisteredOverride) => Commands {
  return commandsFrom(register, register.asOf)
}

/**
 * The same with dates that stay for a month, for a text that is compared with its last version: they
 * are counted from the next month, and even so lie no further ahead than is agreed.
 */
export function steadyCommandsOf(register: Register): (one: RegisteredOverride) => Commands {
  const { asOf, settings } = register
  const { longestDays } = settings.review
  // A team that looks again within weeks gets dates that are counted from today.
  if (Math.min(...Object.values(longestDays)) < longestMonth * 2)
    return commandsFrom(register, asOf)
  const less = Object.entries(longestDays).map(([effect, days]) => [effect, days - longestMonth])
  const review = { ...settings.review, longestDays: Object.fromEntries(less) as LongestDays }
  return commandsFrom({ ...register, settings: { ...settings, review } }, nextMonth(asOf))
}

type LongestDays = Readonly<Record<Effect, number>>

const longestMonth = 31

function nextMonth(day: Day): Day {
  const first = `${day.slice(0, 7)}-01` as Day
  return `${addDays(first, longestMonth).slice(0, 7)}-01` as Day
}

function commandsFrom(
  { overrides, settings }: Register,
  base: Day,
): (one: RegisteredOverride) => Commands {
  const propose = planReviews(
    { overrides: overrides.map(({ override }) => override), settings },
    base,
  )
  return ({ override, effect }) => {
    const names = override.destinations.map(({ text }) => text)
    const others = Math.max(0, names.length - mostCommands)
    return {
      retire: names.slice(0, mostCommands).map(retireCommand),
      renew: renewCommand(override, propose(effect, override.reviewDate), settings),
      others,
    }
  }
}
