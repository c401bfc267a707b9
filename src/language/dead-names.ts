import { isIPv4, isIPv6 } from 'node:net'
import type { DeadKeyFinder } from './dead-key.ts'
import { policies } from './policy.ts'
import { quote } from './quote.ts'

const odd = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\s"'`\\,;|<>(){}#“”„«»‘’‚]/u

/** Characters that would be hard to read in quotes. */
const characterNames: Readonly<Record<string, string>> = {
  ' ': 'a blank',
  ',': 'a comma',
  '"': 'a double quote',
  "'": 'a single quote',
  '\\': 'a backslash',
  '\u00a0': 'a no-break space',
}

/** A character that Postfix keeps in the key, and that no next-hop has. */
export const character: DeadKeyFinder = text => {
  const found = odd.exec(text)?.[0]
  if (found === undefined) return undefined
  const parts = text.split(/[\s,;|]+/).filter(part => part !== '')
  const [first = '', second = ''] = parts
  const isList = parts.length > 1 && parts.every(part => /[^.]\.[^.]|^\[/.test(part))
  return [
    'destination-character',
    `Postfix asks for no next-hop with ${characterNames[found] ?? quote(found)}`,
    isList
      ? `several destinations are a list: [${parts.map(part => quote(part)).join(', ')}]`
      : (policies as readonly string[]).includes(second)
        ? `write ${quote(first)}; the level belongs to the field "policy"`
        : withoutCharacter(text),
  ]
}

/** What is left without its edges and without what nobody sees; of other pieces one would guess a name. */
function withoutCharacter(text: string): string {
  const seen = text
    .replace(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/\s+#.*$/s, '')
  const edges = new RegExp(`^(?:${odd.source})+|(?:${odd.source})+$`, 'gu')
  const name = seen.replace(edges, '')
  return name === '' || odd.test(name)
    ? 'write the recipient domain without it'
    : `write ${quote(name)}`
}

/** An asterisk, which stands for itself in a table of policies. */
export const wildcard: DeadKeyFinder = text => {
  if (!text.includes('*')) return undefined
  const rest = text.replace(/^\*?\.?/, '')
  const help =
    rest === ''
      ? 'a policy for all destinations is smtp_tls_security_level in main.cf'
      : rest.includes('*')
        ? 'write the destinations one by one'
        : `write ${quote(`.${rest}`)} for the subdomains, and ${quote(rest)} for the domain itself`
  return ['destination-wildcard', 'a table of policies has no wildcards', help]
}

/** What is no name at all; the rest is for those who know the rules of names. */
export const name: DeadKeyFinder = text => {
  const host = text.replace(/^\[|\](?::\w*)?$/g, '')
  if (/^\.*$/.test(text))
    return ['destination-name', 'it holds no name', 'write the recipient domain']
  if (/[^.]\.\.+[^.]/.test(text))
    return [
      'destination-name',
      'two dots stand together',
      `write ${quote(text.replace(/\.\.+/g, '.'))}`,
    ]
  if (/^[\d.]+$/.test(host) && !isIPv4(host))
    return [
      'destination-name',
      'a name does not consist of digits alone, and this is no whole address',
      'write the recipient domain, or an address as "[192.0.2.1]"',
    ]
  const long = host.split('.').find(label => label.length > 63)
  return long === undefined || isIPv6(host)
    ? undefined
    : [
        'destination-name',
        `${long.length} characters stand between two dots, and a name has up to 63 there`,
        'look for a missing dot',
      ]
}

/** The dot at the end of a name, as zone files have it. */
export const trailingDot: DeadKeyFinder = text =>
  /[^.]\.+(?=$|\]|:)/.test(text)
    ? [
        'destination-trailing-dot',
        'Postfix removes the dot at the end before it asks',
        `write ${quote(text.replace(/\.+(?=$|\]|:)/, ''))}`,
      ]
    : undefined
