import type { Day } from '../language/day.ts'
import type { Policies } from '../language/policies.ts'
import type { Check, Finding, Rule } from './rule.ts'
import type { RuleId } from './rules.ts'
import { rules } from './rules.ts'

/** All faults of a folder; without a day the dated rules do not run. */
export function findFaults(policies: Policies, asOf?: Day): readonly Finding<RuleId>[] {
  const found: Finding<RuleId>[] = [...policies.faults]
  const table: Readonly<Record<string, Rule>> = rules
  const checks = new Set<Rule['check']>(Object.values(table).map(rule => rule.check))
  for (const check of checks) {
    if (check === 'reading') continue
    // Without a day any will do: what the dated rules find on it is left out.
    for (const fault of (check as Check<RuleId>)(policies, asOf ?? '1970-01-01'))
      if (asOf !== undefined || !table[fault.rule]?.dated) found.push(fault)
  }
  return found
}

/** Whether the overrides can be compiled: dates never keep a table back. */
export function hasErrors(faults: readonly Finding<RuleId>[]): boolean {
  return faults.some(fault => rules[fault.rule].severity === 'error')
}
