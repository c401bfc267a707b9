import { foldCase } from '../language/hostname.ts'
import type { LogicalLine } from './logical-lines.ts'
import { logicalLines } from './logical-lines.ts'

/** One entry of a table as postmap(1) takes it. Of several with one key, Postfix uses the first. */
export interface TableLine {
  /** As Postfix compares it: folded. */
  readonly key: string
  /** As it was written. */
  readonly written: string
  readonly value: string
  /** The number of its first line, from 1. */
  readonly line: number
  /** The number of its last line. */
  readonly end: number
  /** Comments right above it or between its lines, without their `#`. */
  readonly comments: readonly string[]
}

/** A line that postmap(1) leaves out with a warning and status 0. */
interface LostLine {
  readonly line: number
  readonly text: string
  readonly why: string
  readonly comments: readonly string[]
}

export interface TableReading {
  readonly entries: readonly TableLine[]
  readonly lost: readonly LostLine[]
  /** Comments that stand above no entry, such as the head of a file. */
  readonly remarks: readonly { readonly line: number; readonly text: string }[]
}

/** The entries of the text of a lookup table, in its order. */
export function readTable(text: string): readonly TableLine[] {
  return readTableText(text).entries
}

/**
 * Reads a lookup table as postmap(1) does, with what it leaves out. What was no UTF-8 stands in the
 * text as U+FFFD.
 */
export function readTableText(text: string): TableReading {
  const { lines, remarks } = logicalLines(text)
  const entries: TableLine[] = []
  const lost: LostLine[] = []
  for (const logical of lines) {
    // Postfix ends its texts at a NUL.
    const line = logical.text.replace(/\0.*$/s, '')
    const found = readLine(line, logical)
    if (typeof found !== 'string') entries.push(found)
    else {
      const { line: number, comments } = logical
      lost.push({ line: number, text: line.trim(), why: found, comments })
    }
  }
  return { entries, lost, remarks }
}

const lostWhy = {
  indented: 'a line that begins with a blank continues the one above it, and there is none',
  encoding: 'it is not UTF-8',
  quotes: 'a double quote is not closed',
  value: 'it has no value: a table has a key, a blank and a value on each line',
} as const

function readLine(text: string, { line, end, comments }: LogicalLine): TableLine | string {
  if (/^[ \t\v\f\r]/.test(text)) return lostWhy.indented
  if (text.includes('\ufffd')) return lostWhy.encoding
  const written = readKey(text)
  if (written === undefined) return lostWhy.quotes
  const value = text.slice(written.length).replace(/^[ \t\v\f\r]+|[ \t\v\f\r]+$/g, '')
  if (written === '' || value === '') return lostWhy.value
  return { key: foldCase(written), written, value, line, end, comments }
}

/** A key ends at the first blank outside quotes; its quotes and backslashes are part of it. */
function readKey(text: string): string | undefined {
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? ''
    if (char === '\\') at += 1
    else if (char === '"') quoted = !quoted
    else if (!quoted && /[ \t\v\f\r]/.test(char)) return text.slice(0, at)
  }
  return quoted ? undefined : text
}
