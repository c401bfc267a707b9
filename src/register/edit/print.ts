import { lineWidth, writeFlowValue, writeFolded, writeValue } from '../../language/write-value.ts'
import type { Branch, Remark, Twig } from './tree.ts'

/** A line without its end; `blank` asks for an empty one above it. */
interface Line {
  readonly text: string
  readonly blank: boolean
}

/** Lines of items below one another, so many blanks from the edge. */
export function printItems({ items, tail }: Branch, indent: number, depth: number): Line[] {
  const pad = ' '.repeat(indent)
  const lines = items.flatMap(item => printItem(item, indent, depth))
  return [...lines, ...tail.map(({ text, blank }) => ({ text: pad + text, blank }))]
}

/** Lines of one item with its comments; `depth` is 1 for the fields of the file. */
export function printItem(item: Twig, indent: number, depth: number): Line[] {
  const pad = ' '.repeat(indent)
  const value = printValue(item, indent, depth)
  const [first, ...others] = [
    ...leadOf(item, value.beside).map(({ text, blank }) => ({ text: pad + text, blank })),
    { text: `${pad}${value.first}`, blank: item.blank },
    ...value.below,
  ]
  return first ? [first, ...others] : []
}

interface Printed {
  readonly first: string
  readonly below: readonly Line[]
  /** Whether the comment beside it is on the line already. */
  readonly beside: boolean
}

function printValue(item: Twig, indent: number, depth: number): Printed {
  const { name, value } = item
  const key = name === undefined ? '-' : `${writeFlowValue(name)}:`
  const aside = item.beside.map(({ text }) => ` ${text}`).join('')
  const whole = oneLineOf(item, depth)
  if (whole !== undefined && (fits(indent, key, whole) || !isFoldable(value)))
    return { first: `${key}${whole && ` ${whole}`}${aside}`, below: [], beside: true }
  if (value.piece.kind === 'scalar') {
    const { sign, lines } = writeFolded(String(value.piece.value), lineWidth - indent)
    const pad = ' '.repeat(indent + 2)
    const below = lines.map(line => ({ text: line && pad + line, blank: false }))
    return { first: `${key} ${sign}${aside}`, below, beside: true }
  }
  const [first, ...others] = printItems(value, indent + 2, depth + 1)
  const head = first && { ...first, blank: false }
  if (name !== undefined)
    return { first: `${key}${aside}`, below: head ? [head, ...others] : others, beside: true }
  return { first: `- ${first?.text.trimStart() ?? ''}`, below: others, beside: false }
}

/** Comments above an item, and those of its first line, which begins after the dash. */
function leadOf(item: Twig, isBesideDone: boolean): readonly Remark[] {
  return isBesideDone ? item.lead : [...item.lead, ...item.beside]
}

/** A value as it is written on one line; undefined where it has to have several. */
function oneLineOf({ name, value }: Twig, depth: number): string | undefined {
  const { piece, items, tail } = value
  if (piece.kind === 'scalar') {
    if (typeof piece.value === 'string' && !isFoldable(value)) return writeValue(piece.value)
    return String(piece.value).includes('\n') ? undefined : writeValue(piece.value)
  }
  if (hasComments(value)) return undefined
  if (items.length === 0 && tail.length === 0) return piece.kind === 'list' ? '[]' : '{}'
  const isBracketed = name !== undefined && isBracketedWord(value)
  return depth > 1 || isBracketed ? writeFlowValue(dataOf(value)) : undefined
}

/** A list of one word in brackets, which may have been meant for Postfix's own brackets. */
export function isBracketedWord({ piece, items }: Branch): boolean {
  const [first] = items
  return (
    piece.kind === 'list' &&
    piece.flow &&
    items.length === 1 &&
    first?.value.piece.kind === 'scalar'
  )
}

function fits(indent: number, key: string, whole: string): boolean {
  return indent + key.length + 1 + whole.length <= lineWidth
}

/**
 * Whether a value may take several lines: a text whose blanks are single, without signs that need an
 * escape, or a list or map that is not empty.
 */
function isFoldable({ piece, items }: Branch): boolean {
  if (piece.kind !== 'scalar') return items.length > 0
  const { value } = piece
  if (typeof value !== 'string' || !/\S[ \n]+\S/.test(value)) return false
  return !/^\s|[ \t]\n|[ \t]$|\n\n$|\n[ \t]|[^\n\P{Cc}]|[\p{Zl}\p{Zp}]/u.test(value)
}

function hasComments({ items, tail }: Branch): boolean {
  return (
    tail.length > 0 ||
    items.some(
      ({ lead, beside, value }) => lead.length > 0 || beside.length > 0 || hasComments(value),
    )
  )
}

/** The plain data of a value. */
function dataOf({ piece, items }: Branch): unknown {
  if (piece.kind === 'scalar') return piece.value
  if (piece.kind === 'list') return items.map(({ value }) => dataOf(value))
  return Object.fromEntries(items.map(({ name, value }) => [name, dataOf(value)]))
}

/** Lines as a text that ends with its line end. */
export function joinLines(lines: readonly Line[], lineEnd: string): string {
  return lines
    .map(({ text, blank }, index) => `${blank && index > 0 ? lineEnd : ''}${text}${lineEnd}`)
    .join('')
}
