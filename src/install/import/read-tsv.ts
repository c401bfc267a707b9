import { readRecords } from './read-mailcow.ts'
import type { Rows } from './row.ts'

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', 0: '\0', '\\': '\\' }

/** The names of columns of a list with tabs; undefined where the first line names no destination and policy. */
export function columnsOfTsv(text: string): readonly string[] | undefined {
  const names = (text.replace(/^\ufeff/, '').split(/\r?\n/, 1)[0] ?? '')
    .split('\t')
    .map(name => name.trim().toLowerCase())
  const hasDestination = names.includes('dest') || names.includes('destination')
  return hasDestination && names.includes('policy') ? names : undefined
}

/**
 * SQL rows with their head as `mysql -B` prints them: tabs between the columns, backslashes before
 * what would break a line, and NULL. Returns why it is no such list.
 */
export function readTsv(text: string): Rows | { readonly fault: string } {
  const names = columnsOfTsv(text)
  if (!names) return { fault: 'its first line does not name the columns "dest" and "policy"' }
  const lines = text.split(/\r?\n/).slice(1)
  const full = lines.flatMap((line, index) =>
    line === '' ? [] : [{ cells: line.split('\t'), place: `line ${index + 2}` }],
  )
  const whole = full.filter(({ cells }) => cells.length === names.length)
  const records = whole.map(({ cells }) =>
    Object.fromEntries(cells.map((cell, column) => [names[column] ?? '', read(cell)])),
  )
  const found = readRecords(records, index => whole[index]?.place ?? '')
  const odd = full.flatMap(({ cells, place }) =>
    cells.length === names.length
      ? []
      : [{ place, text: cells.join(' '), why: whyOdd(cells.length, names.length) }],
  )
  return { ...found, leftOut: [...found.leftOut, ...odd] }
}

/** Of such a row nobody knows what is cut off, or which column is which. */
function whyOdd(cells: number, names: number): string {
  return `it has ${cells} columns, and the first line names ${names}`
}

function read(cell: string): string | null {
  if (cell === 'NULL') return null
  return cell.replace(/\\([nt0\\])/g, (_, sign: string) => escapes[sign] ?? sign)
}
