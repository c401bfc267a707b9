import { readDocument } from '../../language/document.ts'
import { fieldOrder } from '../../language/field-order.ts'
import { readLayout } from '../../language/layout.ts'
import { lineEndOf } from './lines.ts'
import { isBracketedWord, joinLines, printItems } from './print.ts'
import { isSameData } from './same.ts'
import type { Branch, Twig } from './tree.ts'
import { growTree } from './tree.ts'

/**
 * The canonical form of an override: order of fields, quoting, indentation. Comments and data stay.
 * Undefined where the text is no YAML that an override may be, or where anything would be lost.
 */
export function formatOverride(text: string): string | undefined {
  const layout = readLayout(text)
  if (!layout || layout.root.items.length === 0) return undefined
  const grown = growTree(text, layout)
  const items = inOrder(grown)
  for (const item of items) hoist(item)
  const tree = withHead(grown, items)
  const formatted = joinLines(printItems(tree, 0, 1), lineEndOf(text))
  return keepsAll(text, formatted) ? formatted : undefined
}

function inOrder({ items }: Branch, field?: string): Twig[] {
  const order = fieldOrder(field)
  const rank = ({ name = '' }: Twig) => (order.includes(name) ? order.indexOf(name) : order.length)
  return items
    .map(item => ({ ...item, value: sorted(item.value, field ?? item.name) }))
    .toSorted((a, b) => rank(a) - rank(b))
}

function sorted(branch: Branch, field: string | undefined): Branch {
  const { piece } = branch
  if (field === undefined || piece.kind === 'scalar') return branch
  if (piece.kind === 'map') return { ...branch, items: inOrder(branch, field) }
  const items = branch.items.map(item => ({ ...item, value: sorted(item.value, field) }))
  return { ...branch, items }
}

/** What stands above the first field speaks of the file, and stays there whatever field comes first. */
function withHead(grown: Branch, items: readonly Twig[]): Branch {
  const [top] = grown.items
  const [first, ...others] = items
  if (!top || !first || first.start === top.start) return { ...grown, items }
  const isHeaded = top.lead.length > 0
  const rest = others.map(item =>
    item.start === top.start ? { ...item, lead: [], blank: false } : item,
  )
  const [own, ...more] = first.lead
  const apart = own ? [{ ...own, blank: isHeaded && (top.blank || own.blank) }, ...more] : []
  const blank = own ? first.blank : isHeaded && (top.blank || first.blank)
  return { ...grown, items: [{ ...first, blank, lead: [...top.lead, ...apart] }, ...rest] }
}

/**
 * No comment can stand between a dash and its map, or in an empty list; and a list of one in brackets
 * keeps them, since they may be Postfix's own: such a comment goes above the item.
 */
function hoist(item: Twig): void {
  const { piece, items, tail } = item.value
  for (const inner of items) hoist(inner)
  const [first] = items
  const isSingle = isBracketedWord(item.value)
  if (first && isSingle) item.lead.push(...first.lead.splice(0), ...first.beside.splice(0))
  if (!first || isSingle) item.lead.push(...tail.splice(0))
  if (item.name === undefined && piece.kind !== 'scalar' && first)
    item.lead.push(...first.lead.splice(0))
}

/** Whether two texts hold the same data and the same comments. */
function keepsAll(before: string, after: string): boolean {
  const [old, now] = [readDocument(before), readDocument(after)]
  return (
    now.faults.length === 0 &&
    isSameData(old.data, now.data) &&
    isSameData(old.bracketed.includes('/destination'), now.bracketed.includes('/destination')) &&
    isSameData(commentsOf(before), commentsOf(after))
  )
}

function commentsOf(text: string): readonly string[] {
  const { comments } = readLayout(text) ?? { comments: [] }
  return comments.map(({ start, end }) => text.slice(start, end)).toSorted()
}
