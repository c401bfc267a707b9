import { createHash } from 'node:crypto'
import { quote } from '../language/quote.ts'
import { readTable } from '../table/read-table.ts'
import { digestEntries } from '../table/text.ts'

/** What a table says, whoever wrote it. */
export interface Content {
  readonly text: Uint8Array
  /** Values by lookup key, in the order of the file; of several lines with one key Postfix takes the first. */
  readonly entries: ReadonlyMap<string, string>
  readonly digest: string
  /** SHA-256 of the text with its comments. */
  readonly hash: string
}

export function readContent(text: Uint8Array): Content {
  const decoded = new TextDecoder().decode(text)
  const entries = readPlainLines(decoded) ?? readAnyLines(decoded)
  const sorted = [...entries].map(([key, value]) => ({ key, value }))
  sorted.sort((a, b) => (a.key < b.key ? -1 : 1))
  return { text, entries, digest: digestEntries(sorted), hash: hashText(text) }
}

/** A line as we write it: a key in lower case, one blank, and a value without other blanks. */
const plainLine = /^[!$-@[\]-~]+ [!-~]+(?: [!-~]+)*$/

/** The entries of a table of ours, read ten times as fast; undefined where a line is of another form. */
function readPlainLines(text: string): Map<string, string> | undefined {
  const entries = new Map<string, string>()
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue
    if (!plainLine.test(line)) return undefined
    const blank = line.indexOf(' ')
    const key = line.slice(0, blank)
    if (!entries.has(key)) entries.set(key, line.slice(blank + 1))
  }
  return entries
}

function readAnyLines(text: string): Map<string, string> {
  const entries = new Map<string, string>()
  for (const { key, value } of readTable(text)) if (!entries.has(key)) entries.set(key, value)
  return entries
}

export function hashText(text: Uint8Array): string {
  return createHash('sha256').update(text).digest('hex')
}

/** A table that `compile` wrote, or why it is none: its head names the digest of its lines. */
export function readCompiled(text: Uint8Array): Content | { readonly refused: string } {
  const head = new TextDecoder().decode(text.subarray(0, 400))
  const told = /^# Digest: sha256:([\da-f]{64})$/m.exec(head)?.[1]
  if (told === undefined || !head.startsWith('# Made by tlspolicy '))
    return { refused: 'it is no table that tlspolicy compile wrote: its head names no digest' }
  const content = readContent(text)
  if (content.digest === told) return content
  return {
    refused: `its lines do not have the digest of its head (${quote(`sha256:${told}`)}), but sha256:${content.digest}: it was changed or cut after it was compiled; compile it again`,
  }
}
