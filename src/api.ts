import { findFaults, hasErrors } from './check/check.ts'
import { diagnose } from './check/diagnose.ts'
import type { Diagnostic, Report } from './check/diagnostic.ts'
import type { Day } from './language/day.ts'
import type { Policies } from './language/policies.ts'
import { collectPolicies } from './language/policies.ts'
import { readFile } from './language/read-file.ts'
import type { Settings } from './language/settings.ts'
import { defaultSettings } from './language/settings.ts'
import type { Decision } from './outcomes/acting.ts'
import type { DecisionComparison } from './outcomes/compare.ts'
import { compareDecisions } from './outcomes/compare.ts'
import { compileEntries } from './table/entries.ts'
import type { Explanation } from './table/explanation.ts'
import { explainDestination } from './table/explanation.ts'
import { digestEntries, formatTable } from './table/text.ts'

export type { Day, Decision, DecisionComparison, Diagnostic, Explanation, Report, Settings }
export { defaultSettings }

/** A file of a policies folder: its path inside the folder, with slashes, and its text. */
export interface File {
  readonly path: string
  readonly text: string
}

/** The table of overrides without a fault, or the diagnostics of those that have one. */
export type Compiled =
  | { readonly table: string; readonly digest: string; readonly entries: readonly TableEntry[] }
  | { readonly diagnostics: readonly Diagnostic[] }

export interface TableEntry {
  readonly key: string
  readonly value: string
  readonly file: string
}

/** All diagnostics of a folder; without a day the rules that depend on it do not run. */
export function check(files: readonly File[], asOf?: Day): Report {
  const policies = read(files)
  return {
    diagnostics: diagnose(findFaults(policies, asOf), textsOf(files)),
    overrides: policies.paths.length,
  }
}

/** The table for `smtp_tls_policy_maps`; a pure function of the files. */
export function compile(files: readonly File[]): Compiled {
  const policies = read(files)
  const found = findFaults(policies)
  if (hasErrors(found)) return { diagnostics: diagnose(found, textsOf(files)) }
  const entries = compileEntries(policies.overrides)
  return {
    table: formatTable(entries),
    digest: digestEntries(entries),
    entries: entries.map(({ key, value, override }) => ({ key, value, file: override.path })),
  }
}

/** Which override Postfix uses for a next-hop or a recipient, and what happens to mail. */
export function explain(files: readonly File[], destination: string): Explanation {
  return explainDestination(read(files), destination)
}

/** Two decisions for one destination, kind of recipient by kind; `null` is no override. */
export function compare(
  before: Decision | null,
  after: Decision | null,
  settings: Settings = defaultSettings,
): DecisionComparison {
  return compareDecisions(before, after, settings, settings)
}

function read(files: readonly File[]): Policies {
  const encoder = new TextEncoder()
  const sources = files.map(({ path, text }) => ({ path, bytes: encoder.encode(text) }))
  return collectPolicies(sources, readFile)
}

function textsOf(files: readonly File[]) {
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  return { textOf: (path: string) => texts.get(path) ?? '', display: (path: string) => path }
}
