/** The line end of a text: that of its first line. */
export function lineEndOf(text: string): '\n' | '\r\n' {
  return /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n'
}

/** Where the line of a place begins. */
export function lineStart(text: string, place: number): number {
  return text.lastIndexOf('\n', place - 1) + 1
}

/** Where the line after a place begins; a place at the start of a line ends the line above it. */
export function nextLine(text: string, place: number): number {
  if (text[place - 1] === '\n') return place
  const feed = text.indexOf('\n', place)
  return feed < 0 ? text.length : feed + 1
}

/** Whether nothing but blanks stands before a place on its line. */
export function isAlone(text: string, place: number): boolean {
  return /^[ \t]*$/.test(text.slice(lineStart(text, place), place))
}

/** How many characters stand before a place on its line. */
export function columnOf(text: string, place: number): number {
  return place - lineStart(text, place)
}

/** The text with other characters in a range. */
export function splice(text: string, start: number, end: number, insertion: string): string {
  return text.slice(0, start) + insertion + text.slice(end)
}

/** The text with whole lines before the line that begins at a place. */
export function insertLines(text: string, place: number, lines: string): string {
  const isOpen = place > 0 && text[place - 1] !== '\n'
  return splice(text, place, place, isOpen ? lineEndOf(text) + lines : lines)
}

/**
 * Whether the next line after a place that is not blank is a comment further in than a column: after a
 * text of several lines it would be part of it.
 */
export function hasCommentBelow(text: string, place: number, column: number): boolean {
  const [, indent = ''] = /^(?:[ \t]*\r?\n)*([ \t]+)#/.exec(text.slice(place)) ?? []
  return indent.length > column
}
