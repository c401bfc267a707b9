import { createHash } from 'node:crypto'
import { quote } from '../language/quote.ts'
import type { TableLine } from '../table/read-table.ts'
import { readTable } from '../table/read-table.ts'
import { digestEntries } from '../table/text.ts'

/** What a table says, whoever wrote it. */
export interface Content {
  readonly text: Uint8Array
  /** By lookup key, in the order of the file; of several lines with one key Postfix takes the first. */
  readonly entries: ReadonlyMap<string, TableLine>
  readonly digest: string
  /** SHA-256 of the text with its comments. */
  readonly hash: string
}

export function readContent(text: Uint8Array): Content {
  const entries = new Map<string, TableLine>()
  for (const line of readTable(new TextDecoder().decode(text)))
    if (!entries.has(line.key)) entries.set(line.key, line)
  const sorted = [...entries.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
  return { text, entries, digest: digestEntries(sorted), hash: hashText(text) }
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
