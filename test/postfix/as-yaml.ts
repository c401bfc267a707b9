import type { ParameterName } from '../../src/language/parameters.ts'
import { parameterFacts } from '../../src/language/parameters.ts'

/**
 * A right-hand side of the table as the nearest thing that a person could write in a file. What the table's
 * syntax would split stays in one value or name; a repeated attribute is a list where Postfix adds them up.
 */
export function toYaml(destination: string, policy: string): string {
  const { level, attributes } = splitPolicy(policy)
  const names = [...new Set(attributes.map(({ name }) => name))]
  const lines = names.flatMap(name =>
    parameterLines(
      name,
      attributes.filter(attribute => attribute.name === name).map(({ value }) => value),
    ),
  )
  return [
    `destination: ${JSON.stringify(destination)}`,
    `policy: ${JSON.stringify(level)}`,
    ...(lines.length > 0 ? ['parameters:', ...lines] : []),
    'justification: Their certificate expired, and the new one is announced for the end of the week.',
    'review_date: 2026-12-15',
    '',
  ].join('\n')
}

interface Attribute {
  readonly name: string
  readonly value: string | undefined
}

interface Split {
  readonly level: string
  readonly attributes: readonly Attribute[]
}

/** An attribute ends where the next one begins, so that blanks and commas in a list stay in its value. */
function splitPolicy(policy: string): Split {
  const bare = policy.replace(/^[\s,]+|[\s,]+$/g, '')
  const [level = '', rest = ''] = split(bare, /[\s,]+/)
  const parts = rest.split(/[\s,]+(?=\w+=)/)
  const attributes = parts.filter(part => part !== '').map(readAttribute)
  const nameless = attributes.some(({ name }) => !/^\w+$/.test(name))
  return nameless ? { level: bare, attributes: [] } : { level, attributes }
}

function readAttribute(text: string): Attribute {
  const [name = '', value] = split(text, /=/)
  return { name, value }
}

function split(text: string, separator: RegExp): readonly string[] {
  const at = separator.exec(text)
  return at ? [text.slice(0, at.index), text.slice(at.index + at[0].length)] : [text]
}

function parameterLines(name: string, values: readonly (string | undefined)[]): readonly string[] {
  const written = values.map(value => (value === undefined ? '' : JSON.stringify(value)))
  const isAddedUp = name === 'match' || parameterFacts[name as ParameterName]?.several !== 'a list'
  if (values.length > 1 && isAddedUp) return [`  ${name}: [${written.join(', ')}]`]
  return written.map(value => `  ${name}: ${value}`)
}
