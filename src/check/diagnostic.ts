import type { RuleId } from './rules.ts'

export type Severity = 'error' | 'warning' | 'notice'

/** A fault in the input with its place: lines and columns from 1, columns in UTF-16 units, end exclusive. */
export interface Diagnostic {
  readonly rule: RuleId
  readonly severity: Severity
  readonly message: string
  /** What to write instead. */
  readonly help?: string
  /** Path as the user would write it; "." for a fault of no file. */
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/** What `check` found; the diagnostics are in the order in which they are shown. */
export interface Report {
  readonly diagnostics: readonly Diagnostic[]
  /** How many overrides were read. */
  readonly overrides: number
}
