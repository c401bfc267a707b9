import { columnsOf } from '../../language/columns.ts'

const graphemes = new Intl.Segmenter('en')

/** Characters of one text; a longer one is cut, and the file has the rest. */
const longest = 2000

/**
 * Lines of at most so many columns, whatever the words; the later ones begin below the first. The
 * text is visible already. No line begins with `::`, which GitHub's runner would take for a command.
 */
export function wrapColumns(lead: string, text: string, width: number): readonly string[] {
  const room = Math.max(20, width - columnsOf(lead))
  const lines: string[] = []
  let line = ''
  for (const word of shorten(text, longest).split(' ').map(withoutCommand)) {
    const joined = line === '' ? word : `${line} ${word}`
    if (columnsOf(joined) <= room) {
      line = joined
      continue
    }
    if (line !== '') lines.push(line)
    const pieces = divide(word, room)
    line = pieces.pop() ?? ''
    lines.push(...pieces)
  }
  const indent = ' '.repeat(columnsOf(lead))
  return [...lines, line].map((one, index) => `${index === 0 ? lead : indent}${one}`.trimEnd())
}

/** As much of a visible text as fits, with an ellipsis for what does not. */
export function clipColumns(text: string, room: number): string {
  if (text.length <= room * 4 && columnsOf(text) <= room) return text
  return `${divide(text.slice(0, room * 4), Math.max(1, room - 1))[0] ?? ''}…`
}

/** With blanks up to so many columns. */
export function padColumns(text: string, width: number): string {
  return `${text}${' '.repeat(Math.max(0, width - columnsOf(text)))}`
}

/** No character is cut in halves. */
function shorten(text: string, most: number): string {
  if (text.length <= most) return text
  return `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}… (the file has more)`
}

const escaped = '\\u003a'

function withoutCommand(word: string): string {
  return word.replace(/^(\s*):(?=:)/u, `$1${escaped}`)
}

/** A word in pieces that fit, between what is seen as one character. */
function divide(word: string, width: number): string[] {
  if (columnsOf(word) <= width) return [word]
  const room = word.includes('::') ? Math.max(1, width - escaped.length) : width
  const pieces: string[] = []
  let [piece, used] = ['', 0]
  for (const { segment } of graphemes.segment(word)) {
    const size = columnsOf(segment)
    if (used > 0 && used + size > room) {
      pieces.push(piece)
      ;[piece, used] = ['', 0]
    }
    piece += segment
    used += size
  }
  return [...pieces, piece].map(withoutCommand)
}
