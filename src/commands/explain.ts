import { findFaults, hasErrors } from '../check/check.ts'
import { explainDestination } from '../table/explanation.ts'
import { explanationJson } from '../table/explanation-json.ts'
import { formatExplanation } from '../table/explanation-text.ts'
import { openFolder, readPolicies } from './load.ts'
import { paintOn } from './show-report.ts'
import type { CommonOptions, Status, World } from './world.ts'
import { status } from './world.ts'

export interface ExplainOptions extends CommonOptions {
  readonly format: 'text' | 'json'
}

/** Says which override applies to a destination, and what happens to mail. */
export async function explain(
  world: World,
  destination: string,
  options: ExplainOptions,
): Promise<Status> {
  if (destination.trim() === '') {
    world.stderr.write('tlspolicy: name a recipient domain, an address or a next-hop\n')
    return status.usage
  }
  const folder = openFolder(world, options)
  const policies = await readPolicies(folder)
  const explanation = explainDestination(policies, destination)
  const paint = paintOn(world, world.stdout, options)
  world.stdout.write(
    options.format === 'json'
      ? explanationJson(explanation, folder.display)
      : formatExplanation(explanation, folder.display, paint),
  )
  if (hasErrors(findFaults(policies)))
    world.stderr.write('some overrides have errors and may be left out here; see tlspolicy check\n')
  return status.clean
}
