/** Lines that belong together, without their comments. */
export interface LogicalLine {
  readonly text: string
  /** The number of the first line with text, from 1. */
  readonly line: number
  /** The number of the last one. */
  readonly end: number
  /** Comments right above it or between its lines, without their `#`. */
  readonly comments: readonly string[]
}

interface Remark {
  readonly line: number
  readonly text: string
}

/**
 * The logical lines of a Postfix file, as readllines() of its readlline.c joins them: a line that
 * begins with a blank continues the text above it, also across comments and empty lines. What else
 * is a comment stands among the remarks.
 */
export function logicalLines(text: string): {
  readonly lines: readonly LogicalLine[]
  readonly remarks: readonly Remark[]
} {
  const lines: { text: string; line: number; end: number; comments: string[] }[] = []
  const remarks: Remark[] = []
  let above: Remark[] = []
  for (const [index, content] of text.split('\n').entries()) {
    const line = index + 1
    const bare = content.replace(/^[ \t\v\f\r]+|[ \t\v\f\r]+$/g, '')
    const last = lines.at(-1)
    if (bare === '') remarks.push(...above.splice(0))
    else if (bare.startsWith('#')) above.push({ line, text: bare.replace(/^#+ ?/, '') })
    else {
      const comments = above.map(({ text }) => text)
      above = []
      // A NUL at the start is text, and so is a blank that is not one of ASCII.
      if (last && /^[ \t\v\f\r]/.test(content)) {
        last.text += content
        last.end = line
        last.comments.push(...comments)
      } else lines.push({ text: content, line, end: line, comments })
    }
  }
  return { lines, remarks: [...remarks, ...above] }
}
