import { createHash } from 'node:crypto'
import { quote } from '../language/quote.ts'
import { readTable } from '../table/read-table.ts'
import { digestEntries } from '../table/text.ts'

/** What a table says, whoever wrote it. */
export interface Content {
  readonly text: Uint8Array
  /** Values by lookup key, in the order of the file; of several lines with one key Postfix takes the first. */
  readonly entries: ReadonlyMap<string, string>
  readonly count: number
  readonly digest: string
  /** SHA-256 of the text with its comments. */
  readonly hash: string
}

/** What was written down of a table when it was installed, so that its text need not be read again. */
export interface Noted {
  readonly text: string
  readonly digest: string
  readonly entries: number
}

/** Reads the lines when somebody asks for them; what is noted counts for the very text that it names. */
export function readContent(text: Uint8Array, noted?: Noted): Content {
  const hash = hashText(text)
  const known = noted?.text === hash ? noted : undefined
  let entries: ReadonlyMap<string, string> | undefined
  let digest = known?.digest
  return {
    text,
    hash,
    get entries() {
      entries ??= readEntries(text)
      return entries
    },
    get count() {
      return known?.entries ?? this.entries.size
    },
    get digest() {
      digest ??= digestOf(this.entries)
      return digest
    },
  }
}

function readEntries(text: Uint8Array): ReadonlyMap<string, string> {
  const decoded = new TextDecoder().decode(text)
  return readPlainLines(decoded) ?? readAnyLines(decoded)
}

function digestOf(entries: ReadonlyMap<string, string>): string {
  const sorted = [...entries].map(([key, value]) => ({ key, value }))
  sorted.sort((a, b) => (a.key < b.key ? -1 : 1))
  return digestEntries(sorted)
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
