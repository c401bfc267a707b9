import { harmless } from '../../language/harmless.ts'
import { asMarkdown, foreign } from '../../review/forms/pieces.ts'

/** A team or a person as GitHub mentions them; anything else is code, where nobody is mentioned. */
export function mentionOf(owner: string | undefined): string {
  if (owner === undefined) return 'nobody'
  const isLogin = /^@[A-Za-z0-9][A-Za-z0-9._-]*(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)?$/.test(owner)
  return isLogin && owner.length <= 150 ? owner : asMarkdown([foreign(owner)])
}

/** Shell commands in a fence that is longer than any run of its characters within (CommonMark 4.5). */
export function codeBlock(commands: readonly string[]): string {
  const lines = commands.map(harmless)
  const runs = lines.flatMap(line => line.match(/`+/g) ?? [])
  const fence = '`'.repeat(Math.max(2, ...runs.map(run => run.length)) + 1)
  return [`${fence}sh`, ...lines, fence].join('\n')
}

export function list(items: readonly string[]): string {
  return items.map(item => `- ${item}`).join('\n')
}

export function paragraphs(blocks: readonly string[]): string {
  return blocks.map(block => `${block}\n\n`).join('')
}

/** A table (GFM 4.10). A bar ends a cell even in code, so that it is written as JSON would escape it. */
export function tableOf(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...rows].map(rowOf).join('\n')
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.map(cell => cell.replaceAll('|', '\\u007c')).join(' | ')} |`
}

/** The text with as many rows as fit into so many bytes; the others are counted. */
export function fitting(
  rows: readonly (readonly string[])[],
  room: number,
  tell: (rows: readonly (readonly string[])[], cut: number) => string,
): string {
  let left = room - bytesOf(tell([], rows.length)) - bytesOf(tell(rows.slice(0, 1), 0))
  const end = rows.findIndex(row => {
    left -= bytesOf(rowOf(row)) + 1
    return left < 0
  })
  const kept = end === -1 ? rows : rows.slice(0, end)
  return tell(kept, rows.length - kept.length)
}

export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length
}
