import type { Day } from './day.ts'
import type { Destination } from './destination.ts'
import type { Problem } from './kind.ts'
import type { ParameterName } from './parameters.ts'
import type { Policy } from './policy.ts'

/** A parameter's values as they were written: one for a string, several for a list. */
export type Parameters = Readonly<Partial<Record<ParameterName, readonly string[]>>>

/** One decision, as one file says it. */
export interface Override {
  /** Path inside the policies folder, with slashes. */
  readonly path: string
  readonly destinations: readonly Destination[]
  readonly policy: Policy
  readonly parameters: Parameters
  /** An inactive override is checked, but is absent from the table. */
  readonly active: boolean
  /** Made in an emergency: with a short reason, for three days. */
  readonly emergency: boolean
  readonly justification: string
  /** The last day on which the decision stands without another look. */
  readonly reviewDate: Day
  readonly problem?: Problem
  readonly owner?: string
  readonly ticket?: string
  readonly contacted: readonly Contact[]
  readonly renewals: readonly Renewal[]
}

/** Who was told of the problem, and when. */
export interface Contact {
  readonly date: Day
  readonly to: string
}

/** A later review date, and the reason for it. */
export interface Renewal {
  readonly date: Day
  readonly until: Day
  readonly because: string
}
