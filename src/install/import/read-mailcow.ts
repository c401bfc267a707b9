import { quote } from '../../language/quote.ts'
import type { LeftOut, Row, Rows } from './row.ts'

/** A record of mailcow's table tls_policy_override, or of another list with such columns. */
type Fields = Readonly<Record<string, unknown>>

/**
 * The rows of mailcow's answer to GET /api/v1/get/tls-policy-map/all, which is {} where there are
 * none. Returns why it is no such answer.
 */
export function readMailcow(data: unknown): Rows | { readonly fault: string } {
  if (!Array.isArray(data)) {
    if (typeof data !== 'object' || data === null) return { fault: 'it is no list of entries' }
    const fields = data as Fields
    if (Object.keys(fields).length === 0) return readRecords([])
    if ('dest' in fields) return readRecords([fields])
    // PHP writes a list with a gap as an object with numbers.
    if (Object.keys(fields).every(key => /^\d+$/.test(key)))
      return readRecords(Object.values(fields))
    const said = typeof fields.msg === 'string' ? `: it says ${quote(fields.msg)}` : ''
    return { fault: `it is no list of entries${said}` }
  }
  return readRecords(data as readonly unknown[])
}

/** The rows of a list of records; `placeOf` says where one stands that has no id. */
export function readRecords(
  records: readonly unknown[],
  placeOf = (index: number) => `entry ${index + 1}`,
): Rows {
  const rows: Row[] = []
  const leftOut: LeftOut[] = []
  for (const [index, record] of records.entries()) {
    const row = readRecord(record, placeOf(index))
    if ('why' in row) leftOut.push(row)
    else rows.push(row)
  }
  return { rows, leftOut, remarks: [] }
}

function readRecord(record: unknown, place: string): Row | LeftOut {
  const fields = (typeof record === 'object' && record !== null ? record : {}) as Fields
  const { id, dest = fields.destination, policy, parameters, created } = fields
  const where = textOf(id) ? `id ${textOf(id)}` : place
  const [destination, level] = [textOf(dest), textOf(policy)]
  if (destination === undefined || level === undefined)
    return {
      place: where,
      text: quote(record).slice(1, -1),
      why: 'it has no destination ("dest") and policy',
    }
  if (parameters !== null && parameters !== undefined && textOf(parameters) === undefined)
    return { place: where, text: quote(record).slice(1, -1), why: 'its parameters are no text' }
  // Older releases have a sign or a word for people in "active", and the number beside it.
  const { active = '1', active_int: number = active } = fields
  const isActive = readActive(number)
  if (isActive === undefined)
    return { place: where, text: quote(record).slice(1, -1), why: whyUnclear(number) }
  const notes: string[] = []
  // SQL says 'x' = 'x ', and CONCAT() with NULL is NULL, so that Postfix finds no such entry.
  const name = destination.replace(/ +$/, '')
  if (name !== destination) notes.push('blanks at the end of the destination are left out')
  const isSeen = parameters !== null
  if (!isSeen)
    notes.push('its parameters are NULL, and Postfix sees no such entry: it is made inactive')
  const attributes = asTyped(textOf(parameters) ?? '')
  if (attributes !== (textOf(parameters) ?? ''))
    notes.push('the ">" and "<" that a web page had as "&gt;" and "&lt;" are written as such')
  const value = `${level} ${attributes}`.trim()
  const day = /^\d{4}-\d\d-\d\d/.exec(textOf(created) ?? '')?.[0]
  return {
    place: day === undefined ? where : `${where}, made on ${day}`,
    text: `${destination} ${value}`,
    destination: name,
    value,
    active: isSeen && isActive,
    comments: [fields.justification, fields.comment]
      .flatMap(text => textOf(text)?.trim() ?? [])
      .filter(text => text !== ''),
    block: [],
    notes,
  }
}

/** Bounds of protocols as somebody typed them; no attribute has such signs of HTML. */
function asTyped(parameters: string): string {
  return parameters.replaceAll('&gt;=', '>=').replaceAll('&lt;=', '<=')
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? value : undefined
}

/** Words and signs of lists that were made for people. */
const signs = {
  yes: ['true', 'yes', 'on', '✓', '✔'],
  no: ['false', 'no', 'off', '✕', '✗', '✘', ''],
} as const

/** mailcow's Postfix asks for rows with active = '1'; undefined where one would have to guess. */
function readActive(value: unknown): boolean | undefined {
  if (value === null || typeof value === 'boolean') return value === true
  const text = textOf(value)?.trim().toLowerCase() ?? '?'
  if (/^-?\d+$/.test(text)) return Number(text) === 1
  const means = (words: readonly string[]) => words.includes(text)
  return means(signs.yes) ? true : means(signs.no) ? false : undefined
}

function whyUnclear(active: unknown): string {
  return `${quote(active)} does not say whether it is active; expected 1 or 0`
}
