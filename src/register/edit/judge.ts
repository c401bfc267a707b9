import { findFaults } from '../../check/check.ts'
import type { Finding, Rule } from '../../check/rule.ts'
import type { RuleId } from '../../check/rules.ts'
import { rules } from '../../check/rules.ts'
import type { Day } from '../../language/day.ts'
import type { Policies } from '../../language/policies.ts'

/** What an edit brings with it. */
export interface Judgement {
  /** What a check of the change would refuse; nothing is written then. */
  readonly refused: readonly Finding<RuleId>[]
  readonly warned: readonly Finding<RuleId>[]
}

/** Judges the edit of one file as `check --changed-since` would, by what was not there before. */
export function judgeEdit(before: Policies, after: Policies, path: string, asOf: Day): Judgement {
  const known = new Set(findFaults(before, asOf).map(nameOf))
  const found = findFaults(after, asOf).filter(
    fault => fault.path === path || !known.has(nameOf(fault)),
  )
  const isRefused = (fault: Finding<RuleId>) => {
    const rule: Rule = rules[fault.rule]
    return rule.severity === 'error' || (rule.strict === true && fault.path === path)
  }
  return { refused: found.filter(isRefused), warned: found.filter(fault => !isRefused(fault)) }
}

function nameOf({ rule, path, message }: Finding<RuleId>): string {
  return JSON.stringify([rule, path, message])
}
