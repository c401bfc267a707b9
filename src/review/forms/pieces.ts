import { harmless } from '../../language/harmless.ts'

/** Words of ours, or text that somebody wrote into a file or a commit. */
export type Piece = string | { readonly foreign: string }

export function foreign(text: string): Piece {
  return { foreign: text }
}

/** On one line of a terminal or a log. */
export function asText(pieces: readonly Piece[]): string {
  return pieces.map(piece => (typeof piece === 'string' ? piece : harmless(piece.foreign))).join('')
}

/** As Markdown in which foreign text is code: there nobody is mentioned, linked, shown or run. */
export function asMarkdown(pieces: readonly Piece[]): string {
  return pieces.map(piece => (typeof piece === 'string' ? piece : code(piece.foreign))).join('')
}

/** Characters of one foreign text; a longer one is cut, and the file has the rest. */
const longestCode = 1200

/**
 * A code span of one line (CommonMark 6.1): its fence is longer than any run of backticks within, and
 * a blank keeps the two apart; such a blank at both ends is no part of the text.
 */
function code(text: string): string {
  const shown = clip(harmless(text))
  const runs = shown.match(/`+/g) ?? []
  const fence = '`'.repeat(Math.max(0, ...runs.map(run => run.length)) + 1)
  // Without a blank nothing would be left of an empty text; of blanks alone none is taken away.
  const blank = shown === '' || (/^[` ]|[` ]$/.test(shown) && /[^ ]/.test(shown)) ? ' ' : ''
  return `${fence}${blank}${shown}${blank}${fence}`
}

function clip(text: string): string {
  // A character has at most two units, so that a long text is not taken apart beyond its beginning.
  const shown = [...text.slice(0, longestCode * 2)].slice(0, longestCode).join('')
  const rest = text.length - shown.length
  return rest === 0 ? text : `${shown}… (${rest} more characters in the file)`
}
