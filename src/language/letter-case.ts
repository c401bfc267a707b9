import type { Fault } from './fault.ts'
import { pointer } from './fault.ts'
import { parameterNames } from './parameters.ts'
import { policies } from './policy.ts'
import { quote } from './quote.ts'

export type SpellingRule = 'letter-case'

type Fields = Readonly<Record<string, unknown>>

/**
 * Levels and attributes in lower case, as the schema names them: Postfix reads them in any case, and
 * people copy them from tables where they stand so.
 */
export function settleCase(data: unknown): {
  readonly data: unknown
  readonly faults: readonly Fault<SpellingRule>[]
} {
  if (!isFields(data)) return { data, faults: [] }
  const faults: Fault<SpellingRule>[] = []
  const { policy, parameters } = data
  const level = typeof policy === 'string' ? lowered(policy, policies) : undefined
  if (level !== undefined) faults.push(letterCase(policy as string, level, { pointer: '/policy' }))
  const settled = {
    ...data,
    ...(level === undefined ? {} : { policy: level }),
    ...(isFields(parameters) ? { parameters: settleNames(parameters, faults) } : {}),
  }
  return { data: settled, faults }
}

function settleNames(parameters: Fields, faults: Fault<SpellingRule>[]): Fields {
  const taken = new Set(Object.keys(parameters))
  const settled = Object.entries(parameters).map(([name, value]) => {
    const known = lowered(name, parameterNames)
    // Two spellings of one name stay as they are: the schema then refuses the second.
    if (known === undefined || taken.has(known)) return [name, value]
    taken.add(known)
    faults.push(letterCase(name, known, { pointer: pointer('parameters', name), key: true }))
    return [known, value]
  })
  return Object.fromEntries(settled)
}

/** The known word that the text is in another case; undefined where it is spelled as it should be. */
function lowered(text: string, known: readonly string[]): string | undefined {
  const lower = text.toLowerCase()
  return lower !== text && known.includes(lower) ? lower : undefined
}

function letterCase(written: string, settled: string, at: Fault['at']): Fault<SpellingRule> {
  return {
    rule: 'letter-case',
    message: `${quote(written)} is read as ${quote(settled)}`,
    help: `write ${quote(settled)}: editors that know the schema complete and check it`,
    at,
  }
}

function isFields(data: unknown): data is Fields {
  return typeof data === 'object' && data !== null && !Array.isArray(data)
}
