import type { Day } from '../language/day.ts'
import type { Place } from '../language/fault.ts'
import type { FileFault, Policies } from '../language/policies.ts'
import type { Severity } from './diagnostic.ts'

/** A fault that only the whole folder shows, with the other place that belongs to it. */
export interface Finding<Id extends string> extends FileFault<Id> {
  readonly other?: { readonly path: string; readonly at: Place }
}

/** Finds the faults of one or several rules; `asOf` is for dated rules alone. */
export type Check<Id extends string> = (policies: Policies, asOf: Day) => Iterable<Finding<Id>>

export interface Rule {
  readonly severity: Severity
  /** What is wrong, in one line. */
  readonly summary: string
  /** Why it matters: what happens to mail, or to the people who keep the overrides. */
  readonly why: string
  /** The field, or the fields, of a file that the rule finds; none for faults of no text. */
  readonly example?: string
  /** Settings that the example needs. */
  readonly settings?: string
  /** Dated rules depend on the day, and never keep a table from being compiled. */
  readonly dated?: true
  /** A warning that `--changed-since` makes an error where the change touches the override. */
  readonly strict?: true
  /** Who finds it; faults of one file are found while it is read. */
  readonly check: Check<string> | 'reading'
}
