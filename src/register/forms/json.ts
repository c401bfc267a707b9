import { jsonText } from '../../language/json-text.ts'
import type { Override } from '../../language/override.ts'
import type { Register, RegisteredOverride } from '../register.ts'
import { commandsOf } from './commands.ts'
import { isPressing } from './words.ts'

type Display = (path: string) => string

/** The register as `schema/report.schema.json` describes it. */
export function formatJson(register: Register, display: Display): string {
  const commands = commandsOf(register)
  return jsonText({
    version: 1,
    asOf: register.asOf,
    counts: register.counts,
    overrides: register.overrides.map(one => {
      const { retire = [], renew } = isPressing(one) ? commands(one) : {}
      return { ...shapeOne(one, display), commands: renew === undefined ? [] : [...retire, renew] }
    }),
    inactive: register.inactive.map(override => shapeOverride(override, display)),
  })
}

function shapeOne(one: RegisteredOverride, display: Display) {
  const { override, effect, status, beyondGrace, daysLeft, consequences, past, trial } = one
  return {
    ...shapeOverride(override, display),
    effect,
    status,
    beyondGrace,
    daysLeft,
    since: past.since,
    ageDays: past.age,
    extensions: past.extensions,
    historyKnown: past.known,
    written: past.written,
    recheck: trial,
    consequences: consequences.map(
      ({ destinations, outcomes, standing, outcomesWithout, without, retired }) => ({
        destinations,
        outcomes,
        standing,
        outcomesWithout,
        without,
        retired,
      }),
    ),
  }
}

function shapeOverride(override: Override, display: Display) {
  const { path, destinations, policy, parameters, emergency, reviewDate } = override
  const { justification, renewals, problem, contacted, owner, ticket } = override
  return {
    file: display(path),
    destinations: destinations.map(({ text }) => text),
    policy,
    parameters,
    emergency,
    reviewDate,
    owner: owner ?? null,
    ticket: ticket ?? null,
    problem: problem ?? null,
    justification,
    renewals,
    contacted,
  }
}
