import type { CST, ParsedNode } from 'yaml'
import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, Parser, YAMLParseError } from 'yaml'
import { findHidden } from './encoding.ts'
import type { Fault, Place } from './fault.ts'
import { pointer } from './fault.ts'
import { quote } from './quote.ts'
import { feature, syntaxFault, tooDeep, tooMany } from './syntax.ts'

export type DocumentRule = 'yaml-syntax' | 'yaml-feature' | 'hidden-character' | 'empty-file'

/** What a file says, as plain data; objects have no prototype, so that `__proto__` is a key like others. */
export interface Document {
  readonly data: unknown
  readonly faults: readonly Fault<DocumentRule>[]
  /** Pointers of lists that were written as one value in brackets: `[mail.example.org]`. */
  readonly bracketed: readonly string[]
}

type Node = ParsedNode | null

interface Reading {
  readonly faults: Fault<DocumentRule>[]
  readonly bracketed: string[]
}

/** Reads one YAML 1.2 document (core schema) without anchors, aliases, tags and directives. */
export function readDocument(text: string): Document {
  const { root, fault } = compose(text)
  const reading: Reading = { faults: [], bracketed: [] }
  if (fault) return { ...reading, data: undefined, faults: [fault] }
  const directive = text.search(/^%/m)
  if (directive >= 0)
    reading.faults.push(
      feature('a directive (a line that begins with %)', '', {
        start: directive,
        end: directive + 1,
      }),
    )
  const data = toData(root, '', reading)
  if (data === null && reading.faults.length === 0)
    reading.faults.push({
      rule: 'empty-file',
      message: 'the file holds no override',
      help: 'write one, or delete the file; a name that begins with "_" or "." is not read',
      at: { start: 0, end: 0 },
    })
  return { ...reading, data }
}

/**
 * How many lists, maps and values are begun at one place of a text at most; an override has nine. The
 * library would go on until the stack is full, and V8 ends the process if it then compiles a pattern.
 */
const deepest = 32

/**
 * How many words, signs, blanks and line ends a text has at most: a long override of ordinary words has a
 * third of it. What is far denser, such as 30,000 empty maps, would cost seconds.
 */
const most = 32_768

interface Composed {
  /** Counts only without a fault. */
  readonly root: Node
  readonly tokens: readonly CST.Token[]
  readonly fault?: Fault<'yaml-syntax'>
}

/** What all readers of a text begin with; its nodes know their tokens where they are kept. */
export function compose(text: string, keepSourceTokens = false): Composed {
  const parser = new Parser()
  const tokens: CST.Token[] = []
  let count = 0
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme))
    const start = parser.offset - lexeme.length
    count += 1
    const refusal = parser.stack.length > deepest ? tooDeep : count > most ? tooMany : undefined
    if (refusal) return { root: null, tokens, fault: { ...refusal, at: { start, end: start + 1 } } }
  }
  tokens.push(...parser.end())
  // Duplicate keys are found below: the library compares every pair of keys.
  const composer = new Composer({ prettyErrors: false, uniqueKeys: false, keepSourceTokens })
  const [document, second] = composer.compose(tokens, true, text.length)
  const error = document?.errors[0] ?? (second && severalDocuments(second.range))
  const root = (document?.contents ?? null) as Node
  return { root, tokens, ...(error && { fault: syntaxFault(error, text) }) }
}

function severalDocuments([start, end]: readonly [number, number, number]): YAMLParseError {
  return new YAMLParseError([start, end], 'MULTIPLE_DOCS', '')
}

/** The ranges of text, in UTF-16 units, of places in a document. */
export function findRanges(text: string, places: readonly Place[]): readonly [number, number][] {
  const root = places.some(place => 'pointer' in place) ? compose(text).root : null
  return places.map(place =>
    'pointer' in place ? findRange(root, place) : [place.start, place.end],
  )
}

function findRange(root: Node, place: { readonly pointer: string; readonly key?: true }) {
  let node = root
  let key: Node = null
  for (const step of place.pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
    const pair =
      isMap(node) && node.items.find(item => isScalar(item.key) && item.key.value === name)
    const next: Node | undefined = pair
      ? (pair.value as Node)
      : isSeq(node)
        ? ((node.items[Number(name)] ?? undefined) as Node | undefined)
        : undefined
    if (next === undefined) break
    key = pair ? (pair.key as Node) : null
    node = next
  }
  return rangeOf(place.key && key ? key : node) ?? rangeOf(key) ?? [0, 0]
}

/** A block map would mark half the file: its first key stands for it. */
function rangeOf(node: Node): [number, number] | undefined {
  if (isMap(node) && !node.flow && node.items[0]) return rangeOf(node.items[0].key as Node)
  return node?.range ? [node.range[0], node.range[1]] : undefined
}

function toData(node: Node, at: string, reading: Reading): unknown {
  const { faults, bracketed } = reading
  if (node === null) return null
  if (isAlias(node)) {
    faults.push(feature('an alias', `*${node.source}`, { pointer: at }))
    return null
  }
  if (node.anchor) faults.push(feature('an anchor', `&${node.anchor}`, { pointer: at }))
  if (node.tag) faults.push(feature('a tag', shortTag(node.tag), { pointer: at }))
  if (isSeq(node)) {
    if (node.flow && node.items.length === 1) bracketed.push(at)
    return node.items.map((item, index) => toData(item as Node, `${at}/${index}`, reading))
  }
  if (isMap(node)) return toObject(node.items as readonly Entry[], at, reading)
  if (typeof node.value === 'string') checkHidden(node.value, { pointer: at }, faults)
  return node.value
}

interface Entry {
  readonly key: Node
  readonly value: Node
}

function toObject(items: readonly Entry[], at: string, reading: Reading) {
  const object: Record<string, unknown> = Object.create(null)
  for (const { key, value } of items) {
    const name = isScalar(key) && typeof key.value === 'string' ? key.value : undefined
    const [start, end] = rangeOf(key) ?? [0, 0]
    if (name === undefined || key?.anchor || key?.tag)
      reading.faults.push(feature('a key that is no plain name', '', { start, end }))
    else if (name in object)
      reading.faults.push({
        rule: 'yaml-syntax',
        message: `the key ${quote(name)} is written twice`,
        help: 'keep one of them',
        at: { start, end },
      })
    else {
      checkHidden(name, { start, end }, reading.faults)
      object[name] = toData(value ?? null, `${at}${pointer(name)}`, reading)
    }
  }
  return object
}

function checkHidden(value: string, at: Place, faults: Fault<DocumentRule>[]): void {
  const found = findHidden(value)
  if (found !== undefined)
    faults.push({
      rule: 'hidden-character',
      message: `the value ${quote(value)} holds the character ${found}, which nobody can see`,
      help: 'remove it',
      at,
    })
}

function shortTag(tag: string): string {
  return tag.replace('tag:yaml.org,2002:', '!!')
}
