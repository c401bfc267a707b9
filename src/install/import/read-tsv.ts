import { policies } from '../../language/policy.ts'
import { readRecords } from './read-mailcow.ts'
import type { Rows } from './row.ts'

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', 0: '\0', '\\': '\\' }

/** The columns of mailcow's tls_policy_override, in the order of `SELECT *`. */
const allColumns = ['id', 'dest', 'policy', 'parameters', 'created', 'modified', 'active'] as const

interface Head {
  readonly names: readonly string[]
  /** The number of the first row, from 1. */
  readonly first: number
}

/** The columns of a list with tabs; undefined where the first line neither names a destination and policy nor has all. */
export function headOfTsv(text: string): Head | undefined {
  const cells = (text.replace(/^\ufeff/, '').split(/\r?\n/, 1)[0] ?? '').split('\t')
  const names = cells.map(name => name.trim().toLowerCase())
  const hasDestination = names.includes('dest') || names.includes('destination')
  if (hasDestination && names.includes('policy')) return { names, first: 2 }
  const [id = '', , policy] = cells
  const isRow = cells.length === allColumns.length && /^\d+$/.test(id)
  return isRow && policies.some(known => known === policy)
    ? { names: allColumns, first: 1 }
    : undefined
}

/**
 * SQL rows as `mysql -B` prints them, with their head or with all columns: tabs between the columns,
 * backslashes before what would break a line, and NULL. Returns why it is no such list.
 */
export function readTsv(text: string): Rows | { readonly fault: string } {
  const head = headOfTsv(text)
  if (!head) return { fault: 'its first line does not name the columns "dest" and "policy"' }
  const { names, first } = head
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .slice(first - 1)
  const full = lines.flatMap((line, index) =>
    line === '' ? [] : [{ cells: line.split('\t'), place: `line ${index + first}` }],
  )
  const whole = full.filter(({ cells }) => cells.length === names.length)
  const records = whole.map(({ cells }) =>
    Object.fromEntries(cells.map((cell, column) => [names[column] ?? '', read(cell)])),
  )
  const found = readRecords(records, index => whole[index]?.place ?? '')
  const odd = full.flatMap(({ cells, place }) =>
    cells.length === names.length
      ? []
      : [{ place, text: cells.join(' '), why: whyOdd(cells.length, head) }],
  )
  return { ...found, leftOut: [...found.leftOut, ...odd] }
}

/** Of such a row nobody knows what is cut off, or which column is which. */
function whyOdd(cells: number, { names, first }: Head): string {
  return `it has ${cells} columns, and the first line ${first > 1 ? 'names' : 'has'} ${names.length}`
}

function read(cell: string): string | null {
  if (cell === 'NULL') return null
  return cell.replace(/\\([nt0\\])/g, (_, sign: string) => escapes[sign] ?? sign)
}
