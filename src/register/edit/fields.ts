import { fieldOrder } from '../../language/field-order.ts'
import type { Comment, Item, Layout } from '../../language/layout.ts'
import { readLayout } from '../../language/layout.ts'
import { writeFlowValue, writeValue } from '../../language/write-value.ts'
import {
  columnOf,
  hasCommentBelow,
  insertLines,
  isAlone,
  lineEndOf,
  nextLine,
  splice,
} from './lines.ts'
import { twigOfData } from './plain.ts'
import { joinLines, printItem } from './print.ts'
import { removeItem } from './remove.ts'

/** Changes a text; undefined where it cannot be done without touching more. */
export type Edit = (text: string) => string | undefined

/** One edit after the other, each on what the last one made. */
export function applyEdits(text: string, edits: readonly Edit[]): string | undefined {
  return edits.reduce<string | undefined>(
    (now, edit) => (now === undefined ? undefined : edit(now)),
    text,
  )
}

/** Gives a field of the file a value, in its place among the others where it is new. */
export function putField(name: string, data: unknown): Edit {
  return text => {
    const layout = readLayout(text)
    const item = layout && fieldOf(layout, name)
    if (!layout) return undefined
    return item ? replaceValue(text, layout, item, data) : insertField(text, layout, name, data)
  }
}

/** Adds an entry to the end of a list, or begins the list. */
export function appendEntry(name: string, data: unknown): Edit {
  return text => {
    const layout = readLayout(text)
    const list = layout && fieldOf(layout, name)?.value
    if (!layout) return undefined
    if (!list) return insertField(text, layout, name, [data])
    const last = list.items.at(-1)
    if (list.flow) {
      const place = last ? last.value.end : list.start + 1
      return splice(text, place, place, `${last ? ', ' : ''}${writeFlowValue(data)}`)
    }
    if (!last || !isAlone(text, last.start)) return undefined
    const column = columnOf(text, last.start)
    const place = nextLine(text, last.value.end)
    const lines = hasCommentBelow(text, place, column)
      ? [{ text: `${' '.repeat(column)}- ${writeFlowValue(data)}`, blank: false }]
      : printItem(twigOfData(data), column, 2)
    return insertLines(text, place, joinLines(lines, lineEndOf(text)))
  }
}

/** Takes a field of the file out, with what stands beside it. */
export function dropField(name: string): Edit {
  return text => {
    const layout = readLayout(text)
    const item = layout && fieldOf(layout, name)
    return item && removeItem(text, layout.root, item, layout.comments)
  }
}

function fieldOf({ root }: Layout, name: string): Item | undefined {
  return root.items.find(item => item.name === name)
}

function insertField(text: string, { root, comments }: Layout, name: string, data: unknown) {
  const order = fieldOrder()
  const rank = order.indexOf(name)
  const before = root.items.findLast(item => order.indexOf(item.name ?? '') < rank)
  const [first, last] = [root.items[0], root.items.at(-1)]
  if (!before || !first || !last) return undefined
  if (root.flow)
    return splice(text, last.value.end, last.value.end, `, ${name}: ${writeFlowValue(data)}`)
  const indent = columnOf(text, first.start)
  const lines = joinLines(printItem(twigOfData(data, name), indent, 1), lineEndOf(text))
  return insertLines(text, endOfField(text, before, indent, comments), lines)
}

/** Comments that are indented below a field belong to it. */
function endOfField(
  text: string,
  { value }: Item,
  indent: number,
  comments: readonly Comment[],
): number {
  let place = nextLine(text, value.end)
  for (const { start } of comments) {
    if (start < place) continue
    const isBelow = text.slice(place, start).trim() === '' && columnOf(text, start) > indent
    if (!isBelow || !isAlone(text, start)) break
    place = nextLine(text, start)
  }
  return place
}

function replaceValue(text: string, { root, comments }: Layout, item: Item, data: unknown) {
  const { value } = item
  const old = text.slice(value.start, value.end)
  if (root.flow) return splice(text, value.start, value.end, writeFlowValue(data))
  // A day in quotes stays in quotes.
  const [, sign] = /^(["']?)[\d-]+\1$/.exec(old) ?? []
  if (sign !== undefined && /^[\d-]+$/.test(String(data)))
    return splice(text, value.start, value.end, `${sign}${data}${sign}`)
  const isBlock = old.endsWith('\n')
  const lineEnd = isBlock ? value.end : nextLine(text, value.end)
  const inside = comments.filter(({ start }) => start > item.start && start < lineEnd)
  const [first, ...others] = inside.map(({ start, end }) => ({
    text: text.slice(start, end),
    blank: false,
  }))
  const column = columnOf(text, item.start)
  if (others.length === 0 && hasCommentBelow(text, lineEnd, column)) {
    const line = `${item.name}: ${writeValue(data)}${first ? ` ${first.text}` : ''}${lineEndOf(text)}`
    return splice(text, item.start, lineEnd, line)
  }
  const twig = { ...twigOfData(data, item.name), lead: others, beside: first ? [first] : [] }
  const lines = printItem(twig, column, 1)
  return splice(text, item.start, lineEnd, joinLines(lines, lineEndOf(text)).trimStart())
}
