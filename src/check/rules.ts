import type { ReadingRule } from '../language/policies.ts'
import type { DestinationWarning } from './destinations.ts'
import type { DuplicateRule } from './duplicates.ts'
import type { FieldRule } from './fields.ts'
import type { MeaningRule } from './meaning.ts'
import type { ParameterRule } from './parameters.ts'
import type { PathRule } from './paths.ts'
import type { RenewalRule } from './renewals.ts'
import type { ReviewRule } from './review.ts'
import type { Rule } from './rule.ts'
import { destinationRules } from './rules/destinations.ts'
import { fileRules } from './rules/files.ts'
import { meaningRules } from './rules/meaning.ts'
import { parameterRules } from './rules/parameters.ts'
import { reviewRules } from './rules/review.ts'
import { shapeRules } from './rules/shape.ts'

/** Every fault that the code can find; the table below has to say what each one means. */
type FoundRule =
  | ReadingRule
  | PathRule
  | FieldRule
  | DestinationWarning
  | DuplicateRule
  | ParameterRule
  | MeaningRule
  | ReviewRule
  | RenewalRule

/** All rules, in the order in which they are read. */
export const rules = {
  ...fileRules,
  ...shapeRules,
  ...destinationRules,
  ...parameterRules,
  ...meaningRules,
  ...reviewRules,
} as const satisfies Record<FoundRule, Rule>

export type RuleId = keyof typeof rules
