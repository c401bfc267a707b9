import type { Decided } from './decide.ts'
import { tableValue } from './decide.ts'

export type Group = readonly [Decided, ...Decided[]]

/** Destinations in one file at most: a person looks at them again, all on one day. */
const largest = 100

/** Each entry alone. */
export function oneByOne(decided: readonly Decided[]): readonly Group[] {
  return decided.map(entry => [entry])
}

/**
 * Entries that share the very same decision and the reason for it. Of a run of entries with one
 * decision below one comment, the comment is the reason.
 */
export function groupAlike(decided: readonly Decided[]): readonly Group[] {
  const groups = new Map<string, [Decided, ...Decided[]][]>()
  const leaders = new Map<string, string>()
  for (const entry of decided) {
    const value = tableValue(entry)
    if (entry.comments.length > 0) leaders.set(wordsOf(entry.comments), value)
    const isLed = entry.block.length > 0 && leaders.get(wordsOf(entry.block)) === value
    const known = isLed ? { ...entry, comments: entry.block, block: [] } : entry
    const key = JSON.stringify([value, known.active, known.comments, known.block])
    const alike = groups.get(key) ?? []
    const last = alike.at(-1)
    if (last && last.length < largest) last.push(known)
    else alike.push([known])
    groups.set(key, alike)
  }
  return [...groups.values()].flat()
}

/** Groups of which each fits into one file, and the entries that fill more than one alone. */
export function fitGroups(
  groups: readonly Group[],
  isTooLarge: (group: Group) => boolean,
): { readonly fitting: readonly Group[]; readonly tooLarge: readonly Decided[] } {
  const fitting: Group[] = []
  const tooLarge: Decided[] = []
  const place = (group: Group) => {
    const [first] = group
    const half = Math.ceil(group.length / 2)
    if (!isTooLarge(group)) fitting.push(group)
    else if (group.length === 1) tooLarge.push(first)
    else for (const part of [group.slice(0, half), group.slice(half)]) place(part as [Decided])
  }
  for (const group of groups) place(group)
  return { fitting, tooLarge }
}

function wordsOf(comments: readonly string[]): string {
  return comments.join('\n')
}
