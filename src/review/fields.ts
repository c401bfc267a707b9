import { splitList } from '../language/match.ts'
import type { Override, Parameters } from '../language/override.ts'
import type { ParameterName } from '../language/parameters.ts'
import { listSeparator, parameterFacts, parameterNames } from '../language/parameters.ts'
import type { Policy } from '../language/policy.ts'
import { oneLine } from '../language/wrap.ts'

/** What each field says, whatever its layout and the order of its lists; named as in the file. */
const meanings = {
  policy: ({ policy }) => policy,
  parameters: ({ policy, parameters }) =>
    parameterNames.map(name => meaningOf(policy, name, parameters)),
  active: ({ active }) => active,
  emergency: ({ emergency }) => emergency,
  justification: ({ justification }) => oneLine(justification),
  review_date: ({ reviewDate }) => reviewDate,
  problem: ({ problem }) => problem,
  owner: ({ owner }) => owner,
  ticket: ({ ticket }) => ticket,
  contacted: ({ contacted }) => contacted.map(({ date, to }) => `${date} ${to}`).toSorted(),
  renewals: ({ renewals }) =>
    renewals.map(({ date, until, because }) => `${date} ${until} ${oneLine(because)}`).toSorted(),
} as const satisfies Readonly<Record<string, (override: Override) => unknown>>

export type Field = keyof typeof meanings

/** The fields that differ between two overrides; destinations are compared one by one elsewhere. */
export function changedFields(before: Override, after: Override): readonly Field[] {
  if (before === after) return []
  return (Object.keys(meanings) as Field[]).filter(
    field => JSON.stringify(meanings[field](before)) !== JSON.stringify(meanings[field](after)),
  )
}

function meaningOf(policy: Policy, name: ParameterName, parameters: Parameters): unknown {
  const values = parameters[name]
  if (values === undefined) return undefined
  if (parameterFacts[name].several === 'the last one') return values.at(-1)
  const separator = listSeparator(policy, name)
  const elements = parameterFacts[name].several === 'a list' ? splitList(values, separator) : values
  return [...new Set(elements)].toSorted()
}
