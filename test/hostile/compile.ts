import { findFaults, hasErrors } from '../../src/check/check.ts'
import { collectPolicies } from '../../src/language/policies.ts'
import { readFile } from '../../src/language/read-file.ts'
import type { SourceFile } from '../../src/language/source.ts'
import { compileEntries } from '../../src/table/entries.ts'
import { digestEntries, formatTable } from '../../src/table/text.ts'

/** The table of some files by their paths, as `tlspolicy compile` makes it; undefined where it refuses. */
export function compile(files: readonly (readonly [path: string, text: string])[]) {
  const sources: SourceFile[] = files.map(([path, text]) => ({ path, bytes: Buffer.from(text) }))
  const policies = collectPolicies(sources, readFile)
  const faults = findFaults(policies)
  if (hasErrors(faults)) return { faults }
  const entries = compileEntries(policies.overrides)
  return { faults, table: formatTable(entries), digest: digestEntries(entries) }
}
