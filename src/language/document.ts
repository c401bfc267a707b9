import type { ParsedNode, Document as YamlDocument } from 'yaml'
import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml'
import { findHidden } from './encoding.ts'
import type { Fault, Place } from './fault.ts'
import { pointer } from './fault.ts'
import { quote } from './quote.ts'
import { syntaxFault } from './syntax.ts'

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
  const document = compose(text)
  const reading: Reading = { faults: [], bracketed: [] }
  const error = document.errors[0]
  if (error) return { ...reading, data: undefined, faults: [syntaxFault(error, text)] }
  const explicit = document.directives?.yaml.explicit === true
  if (explicit || text.startsWith('%'))
    reading.faults.push(
      feature('a directive (a line that begins with %)', '', { start: 0, end: 1 }),
    )
  const data = toData(document.contents as Node, [], reading)
  if (data === null && reading.faults.length === 0)
    reading.faults.push({
      rule: 'empty-file',
      message: 'the file holds no override',
      help: 'write one, or delete the file; a name that begins with "_" or "." is not read',
      at: { start: 0, end: 0 },
    })
  return { ...reading, data }
}

/** One reading of a text, for many places; `findRanges` is its only other reader. */
function compose(text: string): YamlDocument {
  // Duplicate keys are found below: the library compares every pair of keys.
  return parseDocument(text, { prettyErrors: false, logLevel: 'error', uniqueKeys: false }) as never
}

/** The ranges of text, in UTF-16 units, of places in a document. */
export function findRanges(text: string, places: readonly Place[]): readonly [number, number][] {
  const document = places.some(place => 'pointer' in place) ? compose(text) : undefined
  return places.map(place =>
    'pointer' in place ? findRange(document?.contents as Node, place) : [place.start, place.end],
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

function toData(node: Node, path: readonly (string | number)[], reading: Reading): unknown {
  const at = { pointer: pointer(...path) }
  if (node === null) return null
  if (isAlias(node)) {
    reading.faults.push(feature('an alias', `*${node.source}`, at))
    return null
  }
  if (node.anchor) reading.faults.push(feature('an anchor', `&${node.anchor}`, at))
  if (node.tag) reading.faults.push(feature('a tag', shortTag(node.tag), at))
  if (isSeq(node)) {
    if (node.flow && node.items.length === 1) reading.bracketed.push(at.pointer)
    return node.items.map((item, index) => toData(item as Node, [...path, index], reading))
  }
  if (isMap(node)) return toObject(node.items as readonly Entry[], path, reading)
  checkHidden(node.value, at, reading)
  return node.value
}

interface Entry {
  readonly key: Node
  readonly value: Node
}

function toObject(items: readonly Entry[], path: readonly (string | number)[], reading: Reading) {
  const object: Record<string, unknown> = Object.create(null)
  for (const { key, value } of items) {
    const name = isScalar(key) ? String(key.value) : undefined
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
      checkHidden(name, { start, end }, reading)
      object[name] = toData(value ?? null, [...path, name], reading)
    }
  }
  return object
}

function checkHidden(value: unknown, at: Place, { faults }: Reading): void {
  const found = typeof value === 'string' ? findHidden(value) : undefined
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

/** YAML has shorthands that make a file say something else than it shows; an override needs none. */
function feature(what: string, written: string, at: Place): Fault<'yaml-feature'> {
  const quoted = /^[*&!]/.test(written)
  return {
    rule: 'yaml-feature',
    message: `${written ? `${quote(written)} is ` : 'this is '}${what}, which an override must not use`,
    help: quoted
      ? `if the value itself begins with ${quote(written.slice(0, 1))}, put it in quotes: ${quoteYaml(written)}`
      : 'write the value itself',
    at,
  }
}

function quoteYaml(text: string): string {
  return JSON.stringify(text)
}
