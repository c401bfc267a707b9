import { readMatch, splitList } from '../language/match.ts'
import type { Parameters } from '../language/override.ts'
import type { ParameterName } from '../language/parameters.ts'
import { listSeparator, parameterFacts, parameterNames } from '../language/parameters.ts'
import { readPin } from '../language/pins.ts'
import type { Policy } from '../language/policy.ts'

/** The right-hand side of an entry: the level, and its attributes in a fixed order. */
export function formatValue(policy: Policy, parameters: Parameters): string {
  // At none Postfix ignores every attribute, and says so in the log at each delivery.
  if (policy === 'none') return policy
  const attributes = parameterNames.flatMap(name => {
    const values = parameters[name]
    return values === undefined ? [] : formatAttribute(policy, name, values)
  })
  return [policy, ...attributes].join(' ')
}

type Several = (typeof parameterFacts)[ParameterName]['several']

const joinings = {
  'a list': (policy, name, values) => [`${name}=${joinList(policy, name, values)}`],
  'repeated attributes': (_, name, values) => values.map(value => `${name}=${value}`),
  'the last one': (_, name, values) => values.slice(-1).map(value => `${name}=${value}`),
  'an error': (_, name, values) => values.map(value => `${name}=${value}`),
} as const satisfies Record<
  Several,
  (policy: Policy, name: ParameterName, values: readonly string[]) => readonly string[]
>

function formatAttribute(policy: Policy, name: ParameterName, values: readonly string[]) {
  return joinings[parameterFacts[name].several](policy, name, values)
}

function joinList(policy: Policy, name: ParameterName, values: readonly string[]): string {
  const separator = listSeparator(policy, name)
  const elements = splitList(values, separator)
  return elements.filter(element => !isIgnored(policy, name, element)).join(separator)
}

/** Postfix warns at each delivery of what it ignores; the table means the same without it. */
function isIgnored(policy: Policy, name: ParameterName, element: string): boolean {
  if (name !== 'match') return false
  return policy === 'fingerprint'
    ? 'malformed' in readPin(element)
    : readMatch([element])[0]?.kind === 'ignored'
}
