import { formatRule, formatRules } from '../check/forms/rules.ts'
import type { RuleId } from '../check/rules.ts'
import { rules } from '../check/rules.ts'
import { nearest } from '../language/nearest.ts'
import { quote } from '../language/quote.ts'
import { paintOn } from './show-report.ts'
import type { CommonOptions, Status, World } from './world.ts'
import { status } from './world.ts'

/** Prints the rules, or one with its reason and an example. */
export async function showRules(
  world: World,
  id: string | undefined,
  options: CommonOptions,
): Promise<Status> {
  const paint = paintOn(world, world.stdout, options)
  if (id === undefined) {
    world.stdout.write(formatRules(rules, paint))
    return status.clean
  }
  if (!Object.hasOwn(rules, id)) {
    const meant = nearest(id, Object.keys(rules))
    world.stderr.write(
      `tlspolicy: there is no rule ${quote(id)}${meant ? `; did you mean ${quote(meant)}?` : ''}\n`,
    )
    return status.usage
  }
  world.stdout.write(formatRule(id, rules[id as RuleId], paint))
  return status.clean
}
