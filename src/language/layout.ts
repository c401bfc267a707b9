import type { CST, ParsedNode } from 'yaml'
import { isMap, isScalar, isSeq } from 'yaml'
import { compose, readDocument } from './document.ts'

/** A value and where it stands in its text, in UTF-16 units. */
export interface Piece {
  readonly kind: 'scalar' | 'list' | 'map'
  readonly start: number
  /** Where it ends; a text of several lines ends after its last line end. */
  readonly end: number
  /** Whether a list or map stands in brackets. */
  readonly flow: boolean
  /** Of a scalar alone. */
  readonly value?: unknown
  readonly items: readonly Item[]
}

/** An entry of a list or of a map, which has a name. */
export interface Item {
  readonly name?: string
  /** Where its key, its dash or, in brackets, its value begins. */
  readonly start: number
  readonly value: Piece
}

export interface Comment {
  readonly start: number
  readonly end: number
}

/** Where everything stands in a document that is a map. */
export interface Layout {
  readonly root: Piece
  /** In the order of the text. */
  readonly comments: readonly Comment[]
}

type Node = ParsedNode | null

/** The layout of a text without faults; undefined where it has one, or where it is no map. */
export function readLayout(text: string): Layout | undefined {
  if (readDocument(text).faults.length > 0) return undefined
  const { root, tokens } = compose(text, true)
  if (!isMap(root)) return undefined
  const comments = [...commentsIn(tokens)].toSorted((a, b) => a.start - b.start)
  return { root: pieceOf(root, 0), comments }
}

function pieceOf(node: Node, at: number): Piece {
  const [start, end] = node?.range ?? [at, at]
  if (isMap(node)) {
    const flow = node.flow === true
    const items = pairs(node)
    return { kind: 'map', start, end: flow ? end : endOf(items, end), flow, items }
  }
  if (isSeq(node)) {
    const flow = node.flow === true
    const dashes = flow ? [] : dashesOf(node.srcToken)
    const items = node.items.map((item, index) => {
      const value = pieceOf(item as Node, start)
      return { start: dashes[index] ?? value.start, value }
    })
    return { kind: 'list', start, end: flow ? end : endOf(items, end), flow, items }
  }
  const value = isScalar(node) ? node.value : null
  return { kind: 'scalar', start, end, flow: false, value, items: [] }
}

/** The library's range of what has no closing bracket takes in the comments below it. */
function endOf(items: readonly Item[], end: number): number {
  return items.at(-1)?.value.end ?? end
}

function pairs(map: { readonly items: readonly unknown[] }): readonly Item[] {
  return (map.items as readonly { readonly key: Node; readonly value: Node }[]).map(
    ({ key, value }) => {
      const [start, end] = key?.range ?? [0, 0]
      return { name: String(isScalar(key) ? key.value : ''), start, value: pieceOf(value, end) }
    },
  )
}

/** A node begins at its value, and what stands between the dash and the value is before it. */
function dashesOf(token: CST.Token | undefined): readonly (number | undefined)[] {
  if (token?.type !== 'block-seq') return []
  return token.items
    .map(({ start }) => start.find(({ type }) => type === 'seq-item-ind')?.offset)
    .filter(offset => offset !== undefined)
}

function* commentsIn(token: unknown): Iterable<Comment> {
  if (Array.isArray(token)) for (const part of token) yield* commentsIn(part)
  else if (typeof token === 'object' && token !== null) {
    const { type, offset, source } = token as Partial<CST.SourceToken>
    if (type === 'comment' && offset !== undefined && source !== undefined)
      yield { start: offset, end: offset + source.trimEnd().length }
    else yield* commentsIn(Object.values(token))
  }
}
