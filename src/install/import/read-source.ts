import { readMailcow } from './read-mailcow.ts'
import { readPostfix } from './read-postfix.ts'
import { headOfTsv, readTsv } from './read-tsv.ts'
import type { Rows } from './row.ts'

type Reading = Rows | { readonly fault: string }

const readers = {
  postfix: readPostfix,
  mailcow: text => {
    const data = parse(text)
    return data === undefined ? { fault: 'it is no JSON' } : readMailcow(data)
  },
  tsv: readTsv,
} as const satisfies Record<string, (text: string) => Reading>

export type SourceForm = keyof typeof readers

/** Reads a source in a form, or in the one that it looks like. Returns why it has not that form. */
export function readSource(bytes: Uint8Array, form: SourceForm | undefined): Reading {
  const odd = whyNoText(bytes)
  if (odd !== undefined) return { fault: odd }
  const text = textOf(bytes)
  if (/^\ufeff?\+-[-+]+\r?\n\|/.test(text))
    return { fault: 'it is a drawn table; print the rows with mysql -B' }
  if (/^\ufeff?\s*<(?:!doctype|html)\b/i.test(text))
    return { fault: 'it is a web page, and no answer of an API' }
  return readers[form ?? formOf(text)](text)
}

/** What people name by mistake; a few NULs may stand in a text. */
function whyNoText(bytes: Uint8Array): string | undefined {
  const [first = 0, second = 0] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return 'it is UTF-16; save it as UTF-8'
  const nuls = bytes.filter(byte => byte === 0).length
  return nuls > 8 && nuls * 50 > bytes.length
    ? 'it is no text; of a table that postmap has indexed, name the text without .db, .lmdb or .cdb'
    : undefined
}

/** Comments of a time before UTF-8 say something all the same; other lines Postfix leaves out. */
function textOf(bytes: Uint8Array): string {
  const whole = utf8(bytes, true)
  if (whole !== undefined) return whole
  const lines = new TextDecoder('latin1').decode(bytes).split('\n')
  let start = 0
  const decoded = lines.map(line => {
    const own = bytes.subarray(start, start + line.length)
    start += line.length + 1
    return utf8(own, true) ?? (/^\s*#/.test(line) ? line : (utf8(own, false) ?? ''))
  })
  return decoded.join('\n')
}

function utf8(bytes: Uint8Array, fatal: boolean): string | undefined {
  try {
    return new TextDecoder('utf-8', { ignoreBOM: true, fatal }).decode(bytes)
  } catch {
    return undefined
  }
}

/** A table may begin with a bracket as well, but a list of records cannot be one. */
function formOf(text: string): SourceForm {
  if (/^\s*(?:\[\s*[\]{]|\{)/.test(text)) return 'mailcow'
  return headOfTsv(text) ? 'tsv' : 'postfix'
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return undefined
  }
}
