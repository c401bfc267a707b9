import type { Comment, Item, Layout, Piece } from '../../language/layout.ts'
import { columnOf, isAlone, lineStart } from './lines.ts'

/** A line of a comment, and whether a blank line stands above it. */
export interface Remark {
  readonly text: string
  readonly blank: boolean
}

/** A value with the comments that belong to it. */
export interface Branch {
  readonly piece: Piece
  readonly items: readonly Twig[]
  /** Comments after the last item. */
  readonly tail: Remark[]
}

/** An entry of a list or map with the comments above and beside it. */
export interface Twig {
  readonly name?: string
  readonly start: number
  readonly blank: boolean
  readonly value: Branch
  readonly lead: Remark[]
  readonly beside: Remark[]
}

/** The items of a document, each comment with the one that it stands above or beside. */
export function growTree(text: string, { root, comments }: Layout): Branch {
  const tree = branchOf(text, root)
  for (const comment of comments) {
    const remark = { text: text.slice(comment.start, comment.end), blank: false }
    if (isAlone(text, comment.start))
      hangAbove(text, tree, comment, { ...remark, blank: hasBlankAbove(text, comment.start) })
    else hangBeside(tree, comment, remark)
  }
  return tree
}

function branchOf(text: string, piece: Piece): Branch {
  const items = piece.items.map(item => twigOf(text, item))
  return { piece, items, tail: [] }
}

function twigOf(text: string, { name, start, value }: Item): Twig {
  return {
    ...(name === undefined ? {} : { name }),
    start,
    blank: isAlone(text, start) && hasBlankAbove(text, start),
    value: branchOf(text, value),
    lead: [],
    beside: [],
  }
}

/** A comment on a line of its own belongs to what follows, or where it is indented, to what is above. */
function hangAbove(text: string, tree: Branch, { start }: Comment, remark: Remark): void {
  const column = columnOf(text, start)
  let branch = tree
  for (;;) {
    const before = lastBefore(branch, start)
    const next = branch.items.find(item => item.start > start)
    const value = before?.value
    if (before && value?.piece.kind === 'scalar' && start < value.piece.end) {
      before.lead.push(remark)
      return
    }
    const first = value?.items[0]
    const isInside = value && value.piece.kind !== 'scalar' && start < value.piece.end
    const isBelow =
      first &&
      !value.piece.flow &&
      !branch.piece.flow &&
      columnOf(text, first.start) <= column &&
      columnOf(text, branch.items[0]?.start ?? 0) < column
    if (value && (isInside || isBelow)) branch = value
    else {
      ;(next?.lead ?? branch.tail).push(remark)
      return
    }
  }
}

/** A comment after something on its line belongs to the innermost item that begins before it and is still open. */
function hangBeside(tree: Branch, { start }: Comment, remark: Remark): void {
  let owner: Twig | undefined
  let branch: Branch | undefined = tree
  while (branch) {
    const before = lastBefore(branch, start)
    if (!before) break
    owner = before
    const { piece } = before.value
    branch =
      piece.kind !== 'scalar' && (start < piece.end || !piece.flow) ? before.value : undefined
  }
  if (!owner) (tree.items[0]?.lead ?? tree.tail).push(remark)
  else if (owner.beside.length === 0) owner.beside.push(remark)
  else owner.lead.push(remark)
}

function lastBefore({ items }: Branch, start: number): Twig | undefined {
  return items.findLast(item => item.start < start)
}

function hasBlankAbove(text: string, start: number): boolean {
  return /(?:^|\n)[ \t]*\r?\n$/.test(text.slice(0, lineStart(text, start)))
}
