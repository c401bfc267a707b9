import type { Fault } from '../language/fault.ts'
import { pointer } from '../language/fault.ts'
import type { Override } from '../language/override.ts'
import type { ParameterName } from '../language/parameters.ts'
import { listSeparator, parameterFacts, parameterNames } from '../language/parameters.ts'
import { oneOf, quote } from '../language/quote.ts'
import type { Settings } from '../language/settings.ts'
import { hasRelease } from '../language/version.ts'
import type { Check, Finding } from './rule.ts'
import type { ValueFault, ValueRule } from './values.ts'
import { valueCheckers } from './values.ts'

export type ParameterRule =
  | 'parameter-policy'
  | 'parameter-version'
  | 'parameter-repeated'
  | 'parameters-at-none'
  | ValueRule

/** What Postfix refuses in a parameter, at lookup or in the session, and what it takes to our harm. */
export const checkParameters: Check<ParameterRule> = function* ({ overrides, settings }) {
  for (const override of overrides) {
    if (override.policy === 'none') yield* ignoredAtNone(override)
    else if (override.policy === 'fingerprint' && !override.parameters.match)
      yield { path: override.path, ...noPin, at: { pointer: '/policy' } }
    if (override.policy === 'none') continue
    for (const name of parameterNames) {
      const values = override.parameters[name]
      if (values) yield* checkParameter(override, name, values, settings)
    }
  }
}

const noPin = {
  rule: 'pin-missing',
  message: '"fingerprint" needs the digests of the certificates to accept',
  help: 'write them below "parameters:" as "match:"',
} as const satisfies Omit<Fault<ParameterRule>, 'at'>

function* checkParameter(
  override: Override,
  name: ParameterName,
  values: readonly string[],
  settings: Settings,
): Iterable<Finding<ParameterRule>> {
  const { path, policy, parameters } = override
  const at = { pointer: pointer('parameters', name), key: true } as const
  const general = notAdmitted(override, name) ?? tooNew(name, settings) ?? repeated(name, values)
  if (general) {
    yield { ...general, path, at }
    return
  }
  const separated = values.map((value, index) => separators(override, name, value, index))
  const faults = separated.filter(fault => fault !== undefined)
  const found: Iterable<ValueFault> =
    faults.length > 0 ? faults : valueCheckers[name](values, { policy, parameters, settings })
  for (const { index, ...fault } of found) {
    const element = index !== undefined && values.length > 1 ? [index] : []
    yield { ...fault, path, at: { pointer: pointer('parameters', name, ...element) } }
  }
}

type General = Omit<Fault<ParameterRule>, 'at'>

function notAdmitted({ policy }: Override, name: ParameterName): General | undefined {
  const { policies } = parameterFacts[name]
  if ((policies as readonly string[]).includes(policy)) return undefined
  return {
    rule: 'parameter-policy',
    message: `${quote(name)} is not allowed at ${quote(policy)}: Postfix would defer all mail to this destination`,
    help: `${quote(name)} belongs to ${oneOf(policies)}`,
  }
}

function tooNew(name: ParameterName, { postfix }: Settings): General | undefined {
  const { since } = parameterFacts[name]
  if (hasRelease(postfix.version, since)) return undefined
  return {
    rule: 'parameter-version',
    message: `${quote(name)} came with Postfix ${since}, and the table is for ${postfix.version}: an older Postfix defers all mail to this destination`,
    help: 'leave it out, or correct "version" in _settings.yaml',
  }
}

function repeated(name: ParameterName, values: readonly string[]): General | undefined {
  if (values.length < 2 || parameterFacts[name].several !== 'an error') return undefined
  return {
    rule: 'parameter-repeated',
    message: `${quote(name)} takes one value, and here are ${values.length}: Postfix would defer all mail to this destination`,
    help: `keep one: ${oneOf(values)}`,
  }
}

/** A blank or comma ends the attribute for Postfix, and what follows would be another one. */
function separators(
  { policy }: Override,
  name: ParameterName,
  value: string,
  index: number,
): ValueFault<'parameter-separator'> | undefined {
  const why = whyCut(name, value)
  if (why === undefined) return undefined
  return {
    rule: 'parameter-separator',
    index,
    message: `${quote(value)} ${why}: it would defer all mail to this destination`,
    help: withoutCut(name, value, listSeparator(policy, name)),
  }
}

function whyCut(name: ParameterName, value: string): string | undefined {
  const found = /[\s,]/.exec(value)?.[0]
  if (found !== undefined && /[\0-\x7f]/.test(found))
    return `holds ${quote(found)}, at which Postfix ends the value`
  if (!areBracesClosed(value)) return 'holds a brace, with which Postfix groups what follows'
  // A name to match may hold anything: it then never matches, and is warned of.
  const unseen =
    name === 'match' ? undefined : /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u.exec(value)?.[0]
  return unseen === undefined ? undefined : `holds ${quote(unseen)}, which nobody can see`
}

function withoutCut(name: ParameterName, value: string, separator: string): string {
  const [first = '', ...rest] = value.split(/[\s,;{}]+/).filter(part => part !== '')
  const other = rest.find(part => /^[a-z_]+=/.test(part))
  if (other !== undefined) return `write ${quote(other)} as a parameter of its own`
  if (rest.some(part => part.startsWith('#')))
    return `write ${quote(first)}, and the comment outside the quotes`
  if (rest.length === 0 || parameterFacts[name].several !== 'a list')
    return `write ${quote(first.replace(/[^\x21-\x7e]/g, ''))} alone`
  const list = [first, ...rest]
  return `write ${quote(list.join(separator), 400)}, or a list: [${list.map(part => quote(part, 200)).join(', ')}]`
}

/** From 3.10 on an open brace takes in what follows the value, up to the end of the entry. */
function areBracesClosed(value: string): boolean {
  let open = 0
  for (const char of value) {
    if (char === '{') open += 1
    else if (char === '}') open -= 1
    if (open < 0) return false
  }
  return open === 0
}

function* ignoredAtNone({ path, parameters }: Override): Iterable<Finding<ParameterRule>> {
  if (Object.keys(parameters).length === 0) return
  yield {
    rule: 'parameters-at-none',
    path,
    message: 'at "none" Postfix ignores all parameters, and mail goes out unencrypted',
    help: 'remove the parameters, or choose "may", which encrypts where the recipient can',
    at: { pointer: '/parameters', key: true },
  }
}
