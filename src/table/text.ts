import { createHash } from 'node:crypto'
import { harmless } from '../language/harmless.ts'
import type { Entry } from './entries.ts'

/** SHA-256 of the lines without their comments: tables with one digest treat mail alike. */
export function digestEntries(entries: readonly Pick<Entry, 'key' | 'value'>[]): string {
  const lines = entries.map(({ key, value }) => `${key} ${value}\n`)
  return createHash('sha256').update(lines.join('')).digest('hex')
}

/** The table as postmap(1) reads it; the same entries make the same text, on any day. */
export function formatTable(entries: readonly Entry[]): string {
  const head = [
    '# Made by tlspolicy from the policies in Git. Change them there: the next run replaces this file.',
    `# Entries: ${entries.length}`,
    `# Digest: sha256:${digestEntries(entries)}`,
  ]
  const lines = entries.flatMap(({ key, value, override }) => [
    '',
    // A blank at the start of a line would make it part of the line above, even after a comment.
    `# ${harmless(override.path)}, review by ${override.reviewDate}`,
    `${key} ${value}`,
  ])
  return `${[...head, ...lines].join('\n')}\n`
}
