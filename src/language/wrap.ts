/** A word that must not begin a line: a blank one, or a command after it. */
const unfit = /^\s*(?:::|$)/

/**
 * Lines of at most so many characters, where words allow it; the later ones begin below the first.
 * GitHub's runner takes a line for a command that begins with `::` after any blanks.
 */
export function wrap(lead: string, text: string, width = 100): readonly string[] {
  const lines: string[] = []
  let line = lead
  for (const [index, word] of text.split(' ').entries()) {
    if (index > 0 && line.length + word.length >= width && !unfit.test(word)) {
      lines.push(line)
      line = `${' '.repeat(lead.length)}${word}`
    } else line += index > 0 ? ` ${word}` : word
  }
  return [...lines, line]
}

/** A text on one line, with single blanks. */
export function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ')
}
