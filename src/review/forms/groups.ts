import type { Change } from '../changes.ts'
import type { Past } from '../past.ts'
import type { Treatment } from '../side.ts'

/** Changes that one description tells: the same decision, for several destinations. */
export type Group = readonly [Change, ...Change[]]

/** More destinations are told in several groups: each has to fit into a comment of limited size. */
const largestGroup = 20

/** Groups in the order of their first changes; changes with another past are told apart. */
export function groupChanges(
  changes: readonly Change[],
  pastOf: (change: Change) => Past | null,
): readonly Group[] {
  const groups: [Change, ...Change[]][] = []
  const open = new Map<string, [Change, ...Change[]]>()
  for (const change of changes) {
    const told = tellingOf(change, pastOf(change))
    const group = open.get(told)
    if (group && group.length < largestGroup) group.push(change)
    else {
      const begun: [Change, ...Change[]] = [change]
      groups.push(begun)
      open.set(told, begun)
    }
  }
  return groups
}

function tellingOf(change: Change, past: Past | null): string {
  const { old, new: next, before, after, sentences } = change
  const paths = [old?.path, next?.path]
  const sides = [originOf(before), originOf(after)]
  return JSON.stringify([change.change, paths, sides, sentences, past])
}

function originOf({ by, entry }: Treatment) {
  return [by, entry?.key]
}
