import type { Comment, Item, Piece } from '../../language/layout.ts'
import { readLayout } from '../../language/layout.ts'
import type { Edit } from './fields.ts'
import { isAlone, lineEndOf, lineStart, nextLine, splice } from './lines.ts'

/**
 * Takes an item out of a list or map: its lines, or in brackets its characters and one comma.
 * Undefined where its line begins with something else.
 */
export function removeItem(
  text: string,
  parent: Piece,
  item: Item,
  comments: readonly Comment[],
): string | undefined {
  if (!parent.flow)
    return isAlone(text, item.start)
      ? splice(text, lineStart(text, item.start), nextLine(text, item.value.end), '')
      : undefined
  const index = parent.items.indexOf(item)
  const [before, after] = [parent.items[index - 1], parent.items[index + 1]]
  const { end } = item.value
  const has = (from: number, to: number) =>
    comments.some(({ start }) => start >= from && start < to)
  if (after && !has(item.start, after.start)) return splice(text, item.start, after.start, '')
  if (before && !has(before.value.end, end)) return splice(text, before.value.end, end, '')
  // The comments stay: the comma after it goes, or before the closing bracket the one before it stays.
  const comma = commaAfter(text, end, comments)
  const without = after && comma !== undefined ? splice(text, comma, comma + 1, '') : text
  return splice(without, item.start, end, '')
}

function commaAfter(text: string, from: number, comments: readonly Comment[]): number | undefined {
  for (let at = text.indexOf(',', from); at >= 0; at = text.indexOf(',', at + 1))
    if (!comments.some(({ start, end }) => start <= at && at < end)) return at
  return undefined
}

/** Takes a destination, as it is written, out of the list; the last one stays. */
export function dropDestination(written: string): Edit {
  return text => {
    const layout = readLayout(text)
    const list = layout?.root.items.find(({ name }) => name === 'destination')?.value
    const item = list?.items.find(({ value }) => value.value === written)
    if (!layout || !list || !item || list.items.length < 2) return undefined
    const kept = list.items.filter(other => other !== item)
    const [last] = kept
    return list.flow && last && kept.length === 1
      ? withoutBrackets(text, list, last, layout.comments)
      : removeItem(text, list, item, layout.comments)
  }
}

/** A list of one in brackets looks like Postfix's brackets: what is left stands alone. */
function withoutBrackets(
  text: string,
  list: Piece,
  { value }: Item,
  comments: readonly Comment[],
): string {
  const name = text.slice(value.start, value.end)
  const inside = comments.filter(({ start }) => start > list.start && start < list.end)
  const told = inside.map(({ start, end }) => text.slice(start, end))
  const rest = text.slice(list.end, nextLine(text, list.end))
  const lineEnd = lineEndOf(text)
  const isOpen = told.length > 0 && rest.trim() !== ''
  return splice(
    text,
    list.start,
    list.end,
    `${[`${name}${told[0] ? ` ${told[0]}` : ''}`, ...told.slice(1).map(line => `  ${line}`)].join(lineEnd)}${isOpen ? `${lineEnd} ` : ''}`,
  )
}
