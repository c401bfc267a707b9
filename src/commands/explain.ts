import { findFaults, hasErrors } from '../check/check.ts'
import { Failure } from '../io/failure.ts'
import { harmless } from '../language/harmless.ts'
import { pastJson } from '../review/forms/json.ts'
import { pastLines } from '../review/forms/past.ts'
import type { Past } from '../review/past.ts'
import { pastOf } from '../review/past.ts'
import type { Explanation } from '../table/explanation.ts'
import { explainDestination } from '../table/explanation.ts'
import { explanationJson } from '../table/explanation-json.ts'
import { formatExplanation } from '../table/explanation-text.ts'
import { historyOf } from './history.ts'
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
  const past = await findPast(world, options, explanation)
  const paint = paintOn(world, world.stdout, options)
  world.stdout.write(
    options.format === 'json'
      ? explanationJson(explanation, folder.display, past && pastJson(past, folder.display))
      : formatExplanation(
          explanation,
          folder.display,
          past === undefined ? [] : pastLines(past),
          paint,
        ),
  )
  if (hasErrors(findFaults(policies)))
    world.stderr.write('some overrides have errors and may be left out here; see tlspolicy check\n')
  return status.clean
}

/**
 * What Git knows of the override, or of a destination without one; null in a shallow clone, undefined
 * where Git knows nothing at all. On a mail host without Git the rest is worth telling, too.
 */
async function findPast(
  world: World,
  options: ExplainOptions,
  { match, keys: [asked = ''] }: Explanation,
): Promise<Past | null | undefined> {
  try {
    const history = await historyOf(world, options)
    if (history === 'none') return undefined
    const { path } = match?.entry.override ?? {}
    return pastOf(path, match?.entry.key ?? asked, history === 'shallow' ? undefined : history)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    world.stderr.write(`the history is unknown: ${harmless(error.message)}\n`)
    return undefined
  }
}
