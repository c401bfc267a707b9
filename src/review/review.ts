import { findFaults, hasErrors } from '../check/check.ts'
import { rules } from '../check/rules.ts'
import type { Policies } from '../language/policies.ts'
import { compileEntries } from '../table/entries.ts'
import { digestEntries } from '../table/text.ts'
import type { BaselineChange } from './baseline.ts'
import { findBaselineChange } from './baseline.ts'
import type { Change } from './changes.ts'
import { findChanges } from './changes.ts'

/** All that a reviewer has to know before two sides become one. */
export interface Review {
  /** Null where the settings are the same. */
  readonly baseline: BaselineChange | null
  readonly changes: readonly Change[]
  /** Changed files that one side cannot read, so that it seems to lack what they say. */
  readonly unread: readonly UnreadFile[]
  /** Of the table after the change; null while errors keep it from being compiled. */
  readonly digest: string | null
}

export interface UnreadFile {
  readonly path: string
  readonly side: 'before' | 'after'
}

/** Compares two complete sides, of which the files with these paths differ. */
export function reviewPolicies(
  before: Policies,
  after: Policies,
  changed: ReadonlySet<string>,
): Review {
  return {
    baseline: findBaselineChange(before.settings, after.settings),
    changes: findChanges(before, after),
    unread: [
      ...unreadPaths(before, changed).map(path => ({ path, side: 'before' }) as const),
      ...unreadPaths(after, changed).map(path => ({ path, side: 'after' }) as const),
    ],
    digest: hasErrors(findFaults(after)) ? null : digestEntries(compileEntries(after.overrides)),
  }
}

function unreadPaths(
  { faults, overrides }: Policies,
  changed: ReadonlySet<string>,
): readonly string[] {
  const failed = faults
    .filter(({ path, rule }) => changed.has(path) && rules[rule].severity === 'error')
    .map(({ path }) => path)
  if (failed.length === 0) return []
  const read = new Set(overrides.map(({ path }) => path))
  return [...new Set(failed)].filter(path => !read.has(path))
}
