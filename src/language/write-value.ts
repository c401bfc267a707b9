import { Scalar, stringify } from 'yaml'

/** Columns of a line that is written, where words allow it. */
export const lineWidth = 100

/** A value on one line, as it stands after a key or a dash. */
export function writeValue(value: unknown): string {
  return stringify(typeof value === 'string' ? quoted(value) : value, oneLine).replace(
    lastLineEnds,
    '',
  )
}

/** Other blanks at the end, such as one that does not break a line, belong to the value. */
const lastLineEnds = /\n+$/

/** A value on one line, as it stands within brackets: there a comma is a sign too. */
export function writeFlowValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(writeFlowValue).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(
      ([name, field]) => `${writeFlowValue(name)}: ${writeFlowValue(field)}`,
    )
    return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}'
  }
  const item = typeof value === 'string' ? quoted(value) : value
  return stringify([item], { ...oneLine, collectionStyle: 'flow' })
    .replace(lastLineEnds, '')
    .slice(1, -1)
}

/** A text below its key: the sign that says how it is folded, and its lines up to a width. */
export function writeFolded(
  text: string,
  width: number,
): { readonly sign: string; readonly lines: string[] } {
  const scalar = new Scalar(text)
  scalar.type = text.trimEnd().includes('\n') ? 'BLOCK_LITERAL' : 'BLOCK_FOLDED'
  const [sign = '', ...lines] = stringify({ a: scalar }, { lineWidth: width })
    .replace(lastLineEnds, '')
    .split('\n')
  return { sign: sign.replace('a: ', ''), lines: lines.map(line => line.replace(/^ {2}/, '')) }
}

const oneLine = {
  lineWidth: 0,
  flowCollectionPadding: false,
  doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
} as const

/** Signs that would end a line, or that an editor would not show, are written as escapes. */
function quoted(text: string): Scalar {
  const scalar = new Scalar(text)
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)) scalar.type = 'QUOTE_DOUBLE'
  return scalar
}
