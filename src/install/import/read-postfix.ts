import { quote } from '../../language/quote.ts'
import type { TableLine } from '../../table/read-table.ts'
import { readTableText } from '../../table/read-table.ts'
import { readValue } from '../../table/read-value.ts'
import type { LeftOut, Row, Rows } from './row.ts'

/** The entries of a Postfix table (postmap(1)), each with the comments above it. */
export function readPostfix(text: string): Rows {
  // A mark on a line of its own is nothing to Postfix but a warning.
  const { entries, lost, remarks } = readTableText(text.replace(/^\ufeff(?=[ \t\r]*(?:\n|$))/, ''))
  const rows: Row[] = []
  const leftOut: LeftOut[] = lost.map(({ line, text, why }) => ({
    place: `line ${line}`,
    text,
    why,
  }))
  const beside = remarks.map(({ line, text }) => `line ${line}: ${text}`)
  let block: readonly string[] = []
  let last: TableLine | undefined
  for (const entry of entries) {
    const { key, written, value, line, comments } = entry
    const { words, others } = wordsOf(comments)
    beside.push(...others.map(other => `above line ${line}: ${other}`))
    if (words.length > 0 || last?.end !== line - 1) block = words
    const isOwn = words.length > 0
    if (written.startsWith('\ufeff')) {
      leftOut.push({ place: `line ${line}`, text: `${written} ${value}`.slice(1), ...marked })
      continue
    }
    const notes = key === written ? [] : [`Postfix compares ${quote(written)} as ${quote(key)}`]
    const said = { place: `line ${line}`, text: `${written} ${value}`, comments: words }
    rows.push({ ...said, destination: key, value, active: true, block: isOwn ? [] : block, notes })
    last = entry
  }
  for (const { line, comments } of lost)
    beside.push(...comments.map(comment => `above line ${line}: ${comment}`))
  return { rows, leftOut, remarks: beside }
}

/** To Postfix the mark is the first letter of a key, even where a comment follows it. */
const marked = {
  why: 'a byte order mark stands before it, so that Postfix takes it for an entry that never matches',
  help: 'save the file without the mark, and import it again: then an entry applies',
} as const

/** What a person said; entries that were switched off and lines of ornament say nothing. */
function wordsOf(comments: readonly string[]) {
  const words: string[] = []
  const others: string[] = []
  for (const comment of comments) {
    if (!/[\p{L}\p{N}]/u.test(comment)) continue
    const isSaid = !isEntry(comment) && !/\.ya?ml, review by \d{4}-\d\d-\d\d$/.test(comment)
    if (isSaid) words.push(comment)
    else others.push(comment)
  }
  return { words, others }
}

/** An entry that somebody has switched off: a destination and a level that Postfix knows. */
function isEntry(comment: string): boolean {
  const [entry] = readTableText(comment).entries
  return entry !== undefined && /[.[*]/.test(entry.key) && 'policy' in readValue(entry.value)
}
