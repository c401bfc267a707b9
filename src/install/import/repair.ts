import { readExclusion } from '../../language/exclusions.ts'
import { readMatchName } from '../../language/match.ts'
import type { ParameterName } from '../../language/parameters.ts'
import { listSeparator, parameterNames } from '../../language/parameters.ts'
import { readPin } from '../../language/pins.ts'
import { policies } from '../../language/policy.ts'
import { readProtocols } from '../../language/protocols.ts'
import { quote } from '../../language/quote.ts'
import { splitValue } from '../../table/read-value.ts'

export interface Repaired {
  readonly value: string
  readonly notes: readonly string[]
  /** A comment that stood behind the value, where Postfix has none. */
  readonly comment?: string
}

/**
 * What was plainly meant by a value that Postfix refuses: a comment behind it, blanks around "=", and
 * lists with commas or blanks, as guides print them. What could mean something else stays as it is.
 */
export function repairValue(value: string): Repaired {
  const [, bare = value, comment] = /^(.*?)(?:^|[, \t\r\n])#+[ \t]*(.*)$/s.exec(value) ?? []
  const notes =
    comment === undefined
      ? []
      : ['Postfix knows no comment behind a value: it is the justification now']
  const joined = joinAssignments(splitValue(bare))
  if (joined.done) notes.push('the blanks around "=" are left out')
  const listed = joinLists(joined.words)
  notes.push(...listed.notes)
  return { value: listed.words.join(' '), notes, ...(comment ? { comment } : {}) }
}

/** `ciphers = high` as one word. */
function joinAssignments(words: readonly string[]) {
  const joined: string[] = []
  for (const word of words) {
    const last = joined.at(-1) ?? ''
    const isOpen = attributeOf(last) !== undefined && last.endsWith('=')
    const opens = isName(last) && word.startsWith('=')
    if (opens || (isOpen && attributeOf(word) === undefined)) joined.splice(-1, 1, last + word)
    else joined.push(word)
  }
  return { words: joined, done: joined.length < words.length }
}

/** Elements that follow a list, joined with the sign that separates them for Postfix. */
function joinLists(words: readonly string[]) {
  const [level = ''] = words
  const policy = policies.find(known => known === level.toLowerCase())
  const joined: string[] = []
  const found = new Map<string, string[]>()
  for (const word of words) {
    const last = joined.at(-1) ?? ''
    const name = attributeOf(last)
    const isElement = policy && name && !attributeOf(word) && fits(word, name, policy)
    if (!isElement) {
      joined.push(word)
      continue
    }
    const separator = listSeparator(policy, name)
    joined.splice(-1, 1, `${last}${separator}${word}`)
    const because = `${quote(name)}: Postfix separates with ${quote(separator)}`
    found.set(because, [...(found.get(because) ?? []), quote(word)])
  }
  const notes = [...found].map(([because, elements]) =>
    elements.length > 1
      ? `${elements.join(', ')} belong to ${because}`
      : `${elements.join('')} belongs to ${because}`,
  )
  return { words: joined, notes }
}

function fits(word: string, name: ParameterName, policy: string): boolean {
  const elements = word.split(':').filter(element => element !== '')
  if (name === 'protocols') return readProtocols(word).invalid.length === 0
  if (name === 'exclude') return elements.every(element => readExclusion(element).kind === 'known')
  if (name !== 'match') return false
  if (policy === 'fingerprint') return word.split('|').every(pin => 'bytes' in readPin(pin))
  return elements.every(element => {
    const { kind } = readMatchName(element)
    return kind === 'strategy' || (kind === 'name' && element.includes('.'))
  })
}

function attributeOf(word: string): ParameterName | undefined {
  const name = /^([a-z_]+)=/i.exec(word)?.[1]?.toLowerCase()
  return parameterNames.find(known => known === name)
}

function isName(word: string): boolean {
  return parameterNames.some(known => known === word.toLowerCase())
}
