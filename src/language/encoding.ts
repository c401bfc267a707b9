import type { Fault } from './fault.ts'
import { visible } from './quote.ts'

export type EncodingRule = 'encoding' | 'hidden-character'

export interface Decoded {
  /** The text as far as it can be shown; only a text without a fault may be read. */
  readonly text: string
  readonly fault?: Fault<EncodingRule>
}

/**
 * Controls other than TAB and line ends, a CR of its own (which YAML takes for a line end and most
 * editors do not), marks that turn the direction of writing, and half characters.
 */
const forbidden =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]|\r(?!\n)/u

/** The bytes of a file as text: UTF-8 without byte order mark, and nothing that an editor hides. */
export function decode(bytes: Uint8Array): Decoded {
  const mark = byteOrderMark(bytes)
  const text = new TextDecoder(mark?.encoding ?? 'utf-8').decode(bytes)
  if (mark) return { text, fault: mark.fault }
  const hidden = text.search(forbidden)
  const damaged = text.indexOf('\ufffd')
  if (damaged >= 0 && (hidden < 0 || damaged < hidden) && !isUtf8(bytes))
    return { text, fault: { ...notUtf8, at: { start: damaged, end: damaged + 1 } } }
  return hidden < 0 ? { text } : { text, fault: hiddenCharacter(text, hidden) }
}

/** Whether a value that YAML escapes made ("\0") holds what a file must not hold either. */
export function findHidden(value: string): string | undefined {
  const found = forbidden.exec(value)?.[0]
  return found === undefined ? undefined : visible(found)
}

const notUtf8 = {
  rule: 'encoding',
  message: 'the file is not UTF-8; here is the first byte that is not',
  help: 'save the file as UTF-8 (an editor that wrote Latin-1 or Windows-1252 can convert it)',
} as const

function byteOrderMark(bytes: Uint8Array) {
  const [first, second, third] = bytes
  const at = { start: 0, end: 1 }
  const fault = (what: string): Fault<EncodingRule> => ({
    rule: 'encoding',
    message: `the file begins with ${what}; an override is UTF-8 without byte order mark`,
    help: 'save the file as "UTF-8" instead of "UTF-8 with BOM" or "Unicode"',
    at,
  })
  if (first === 0xef && second === 0xbb && third === 0xbf)
    return { encoding: 'utf-8', fault: fault('a byte order mark') }
  if (first === 0xff && second === 0xfe)
    return { encoding: 'utf-16le', fault: fault('the byte order mark of UTF-16') }
  if (first === 0xfe && second === 0xff)
    return { encoding: 'utf-16be', fault: fault('the byte order mark of UTF-16') }
  return undefined
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

function hiddenCharacter(text: string, start: number): Fault<EncodingRule> {
  return {
    rule: 'hidden-character',
    message: `the file holds the character ${visible(text.slice(start, start + 1))}, which an editor does not show`,
    help: 'remove it: what reviewers see must be what is read',
    at: { start, end: start + 1 },
  }
}
