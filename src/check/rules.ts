import type { Severity } from './diagnostic.ts'

export interface Rule {
  readonly severity: Severity
  readonly summary: string
}
export type RuleId = string
/** placeholder until the rules land */
export const rules: Readonly<Record<string, Rule>> = {}
