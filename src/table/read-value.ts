import { splitList } from '../language/match.ts'
import type { Parameters } from '../language/override.ts'
import type { ParameterName } from '../language/parameters.ts'
import { listSeparator, parameterFacts, parameterNames } from '../language/parameters.ts'
import type { Policy } from '../language/policy.ts'
import { policies } from '../language/policy.ts'
import { oneOf, quote } from '../language/quote.ts'

export type ValueReading =
  | { readonly policy: Policy; readonly parameters: Parameters }
  /** Why Postfix defers all mail to such a destination. */
  | { readonly fault: string }

/** What smtp(8) takes as separator: CHARS_COMMA_SP of Postfix's stringops.h. */
const separators = /[, \t\r\n]+/

/** The words of the right-hand side of an entry; what stands in braces is one word (Postfix 3.10). */
export function splitValue(value: string): readonly string[] {
  const braced = value.replace(
    /(^|[, \t\r\n])\{[ \t]*([a-z_]+)[ \t]*=[ \t]*([^{}, \t\r\n]*)[ \t]*\}(?=$|[, \t\r\n])/gi,
    '$1$2=$3',
  )
  return braced.split(separators).filter(word => word !== '')
}

/**
 * The inverse of formatValue(): a level and its attributes as tls_policy_lookup_one() of Postfix's
 * smtp_tls_policy.c reads them, in any case. What is only found in a TLS session, such as the name of a
 * protocol, is not looked at.
 */
export function readValue(value: string): ValueReading {
  const [level = '', ...words] = splitValue(value)
  const policy = policies.find(known => known === level.toLowerCase())
  if (level === '') return { fault: 'it has no level' }
  if (!policy)
    return { fault: `${quote(level)} is no level of Postfix; expected ${oneOf(policies)}` }
  // Postfix only logs that it ignores what follows.
  if (policy === 'none') return { policy, parameters: {} }
  const found = new Map<ParameterName, string[]>()
  for (const word of words) {
    const attribute = readAttribute(word)
    if ('fault' in attribute) return attribute
    const fault = whyRefused(policy, attribute, found)
    if (fault !== undefined) return { fault }
    found.set(attribute.name, [...(found.get(attribute.name) ?? []), attribute.text])
  }
  return { policy, parameters: toParameters(policy, found) }
}

interface Attribute {
  readonly name: ParameterName
  readonly text: string
}

function readAttribute(word: string): Attribute | { readonly fault: string } {
  const at = word.indexOf('=')
  if (at < 0)
    return {
      fault: `${quote(word)} is no attribute: Postfix expects name=value, without blanks, commas and comments`,
    }
  const written = word.slice(0, at)
  const name = parameterNames.find(known => known === written.toLowerCase())
  if (name) return { name, text: word.slice(at + 1) }
  return {
    fault: /^(?:policy_(?:ttl|type|domain|string|failure)|mx_host_pattern)$/i.test(written)
      ? `${quote(written)} belongs to the answers of a resolver of MTA-STS policies, and has no place in a table`
      : `${quote(written)} is no attribute of a TLS policy; expected ${oneOf(parameterNames)}`,
  }
}

/** Empty lists of protocols and exclusions are no fault: they take away what main.cf says. */
function whyRefused(
  policy: Policy,
  { name, text }: Attribute,
  found: ReadonlyMap<ParameterName, unknown>,
): string | undefined {
  const { policies, several } = parameterFacts[name]
  if (!(policies as readonly Policy[]).includes(policy))
    return `${quote(name)} is not allowed at ${quote(policy)}; it belongs to ${oneOf(policies)}`
  if (found.has(name) && name !== 'match' && (several === 'a list' || several === 'an error'))
    return `${quote(name)} is written twice, and Postfix takes it once`
  return text === '' && name !== 'protocols' && name !== 'exclude'
    ? `${quote(name)} has no value`
    : undefined
}

function toParameters(
  policy: Policy,
  found: ReadonlyMap<ParameterName, readonly string[]>,
): Parameters {
  const values = parameterNames.flatMap(name => {
    const texts = found.get(name)
    return texts ? [[name, elementsOf(policy, name, texts)] as const] : []
  })
  return Object.fromEntries(values)
}

function elementsOf(
  policy: Policy,
  name: ParameterName,
  texts: readonly string[],
): readonly string[] {
  const { several } = parameterFacts[name]
  if (several === 'the last one') return texts.slice(-1)
  if (several !== 'a list') return texts
  const elements = splitList(texts, listSeparator(policy, name))
  return elements.length > 0 ? elements : ['']
}
