import { columnsOf } from '../../language/columns.ts'
import { withoutLogCommands } from '../../language/harmless.ts'
import { visible } from '../../language/quote.ts'

/** A source line as a terminal shows it; `indent` and `length` of the underline are in columns. */
export interface Frame {
  readonly text: string
  readonly indent: number
  readonly length: number
}

/** What is drawn and underlined as a whole: a grapheme, or one character that would not be seen. */
interface Cell {
  readonly at: number
  readonly end: number
  readonly shown: string
  readonly width: number
}

/** How many columns of a source line are shown, and how many of them before the span at first. */
const widest = 96
const before = 32

/** How far from the start of the span, in UTF-16 units, anything could still be shown. */
const reach = 400

const graphemes = new Intl.Segmenter('en')

/** Draws a line round a span of it, in UTF-16 units from 0; a span past the end marks the end. */
export function drawFrame(line: string, start: number, end: number): Frame {
  const from = Math.min(start, line.length)
  const cells = cellsRound(line, from)
  const first = indexOf(cells, cell => cell.end > from)
  const last = Math.max(
    first + 1,
    indexOf(cells, cell => cell.at >= end),
  )
  const { left, right } = fit(cells, first)
  const head = (cells[left]?.at ?? 0) > 0 ? '…' : ''
  const tail = (cells[right - 1]?.end ?? line.length) < line.length ? '…' : ''
  const shown = cells.slice(left, right)
  return {
    text: `${head}${shown.map(cell => cell.shown).join('')}${tail}`,
    indent: head.length + widthOf(cells.slice(left, first)),
    length: Math.max(1, widthOf(cells.slice(first, Math.min(last, right)))),
  }
}

function cellsRound(line: string, from: number): readonly Cell[] {
  const begin = Math.max(0, from - reach)
  const part = line.slice(begin, from + reach)
  const cells = [...graphemes.segment(part)].flatMap(({ segment, index }) => {
    // An escape parts the characters that would have joined, so each is a cell of its own.
    const pieces = visible(segment) === segment ? [segment] : [...segment]
    let at = begin + index
    return pieces.map(piece => {
      const shown = show(piece, line.slice(begin, at))
      const cell = { at, end: at + piece.length, shown, width: columnsOf(shown) }
      at = cell.end
      return cell
    })
  })
  // The ends of the part may be halves of a character.
  return cells.slice(begin > 0 ? 1 : 0, begin + part.length < line.length ? -1 : undefined)
}

/** A bracket is judged with what stands before it: together they may be a log command. */
function show(piece: string, preceding: string): string {
  if (!piece.startsWith('[')) return visible(piece)
  const command = /##[a-z]*$/i.exec(preceding)?.[0] ?? ''
  return withoutLogCommands(command + piece).slice(command.length)
}

/** The cells that fit round the one at `first`: some before it, then as many as there is room. */
function fit(cells: readonly Cell[], first: number): { left: number; right: number } {
  let [left, right, used] = [first, first, 0]
  const fits = (cell: Cell | undefined, limit: number): boolean => {
    if (cell === undefined || used + cell.width > limit) return false
    used += cell.width
    return true
  }
  while (fits(cells[left - 1], before)) left -= 1
  while (fits(cells[right], widest)) right += 1
  while (fits(cells[left - 1], widest)) left -= 1
  return { left, right }
}

function indexOf(cells: readonly Cell[], test: (cell: Cell) => boolean): number {
  const index = cells.findIndex(test)
  return index === -1 ? cells.length : index
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.width, 0)
}
