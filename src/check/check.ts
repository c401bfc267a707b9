import type { Day } from '../language/day.ts'
import { withoutFloods } from '../language/floods.ts'
import type { Policies } from '../language/policies.ts'
import type { Check, Finding, Rule } from './rule.ts'
import { meaningRules } from './rules/meaning.ts'
import { parameterRules } from './rules/parameters.ts'
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
    for (const fault of withoutFloods((check as Check<RuleId>)(policies, asOf ?? '1970-01-01')))
      if (asOf !== undefined || !table[fault.rule]?.dated) found.push(fault)
  }
  return withoutConsequences(found)
}

/** What an override means is worth a word only once Postfix takes its parameters. */
function withoutConsequences(found: readonly Finding<RuleId>[]): readonly Finding<RuleId>[] {
  const refused = new Set<string>()
  for (const { rule, path } of found)
    if (rule in parameterRules && rules[rule].severity === 'error') refused.add(path)
  return found.filter(({ rule, path }) => !(rule in meaningRules && refused.has(path)))
}

/** Whether the overrides can be compiled: dates never keep a table back. */
export function hasErrors(faults: readonly Finding<RuleId>[]): boolean {
  return faults.some(fault => rules[fault.rule].severity === 'error')
}
