import { resolve } from 'node:path'
import { createFile } from '../io/edit.ts'
import { forEachLine } from '../io/lines.ts'
import type { Day } from '../language/day.ts'
import { readDestination } from '../language/destination.ts'
import { harmless } from '../language/harmless.ts'
import type { Policies } from '../language/policies.ts'
import { createGatherer } from '../log/gather.ts'
import type { Suggestion } from '../log/suggest.ts'
import { advise } from '../log/suggest.ts'
import { draftComments, remarkLines } from '../log/words.ts'
import { compareDecisions } from '../outcomes/compare.ts'
import { nameFile, schemaLine, writeOverride } from '../register/edit/new-override.ts'
import { planReviews } from '../register/propose.ts'
import type { Folder } from './load.ts'
import { openFolder, readPolicies } from './load.ts'
import type { CommonOptions, Status, World } from './world.ts'
import { status } from './world.ts'

export interface SuggestOptions extends CommonOptions {
  readonly asOf?: Day
  readonly write?: boolean
  readonly justification?: string
  readonly owner?: string
}

interface Draft {
  readonly file: string
  readonly text: string
}

/** From the lines of a mail log to drafted overrides. */
export async function suggest(world: World, log: string, options: SuggestOptions): Promise<Status> {
  const folder = openFolder(world, options)
  const policies = await readPolicies(folder)
  const gatherer = createGatherer()
  await forEachLine(log === '-' ? log : resolve(world.cwd, log), gatherer.take)
  const { troubles, leftOut } = gatherer.tell()
  const { suggestions, remarks, ownSide } = advise(policies, troubles)
  if (leftOut > 0)
    world.stderr.write(`${leftOut} lines name so many domains that they are left out\n`)
  for (const line of ownSide) world.stderr.write(`look at your own side first: ${line}\n`)
  if (remarks.length > 0)
    world.stderr.write(
      `no override is drafted for:\n${remarks.flatMap(remarkLines).join('\n')}\n\n`,
    )
  const drafts = draftAll(suggestions, folder, policies, options, options.asOf ?? world.today())
  if (drafts.length === 0)
    world.stderr.write('the log names no fault that an override would mend\n')
  for (const draft of drafts) {
    if (options.write) createFile(resolve(folder.path, draft.file), draft.text)
    const shown = harmless(folder.display(draft.file))
    world.stdout.write(options.write ? `wrote ${shown}\n` : `# ${shown}\n${draft.text}\n`)
  }
  if (drafts.length > 0 && options.justification === undefined)
    world.stderr.write(
      'a draft is no decision yet: put the reason in the place of TODO, and run tlspolicy check\n',
    )
  return drafts.length > 0 ? status.found : status.clean
}

/** A person has to write this; `check` refuses it. */
const todo = 'TODO'

function draftAll(
  suggestions: readonly Suggestion[],
  folder: Folder,
  policies: Policies,
  { justification, owner }: SuggestOptions,
  asOf: Day,
): readonly Draft[] {
  const taken = folder.files.map(({ path }) => path)
  const review = planReviews(policies, asOf)
  const head = schemaLine(policies.paths.map(folder.textOf))
  return suggestions.map(suggestion => {
    const { destinations, policy, problem } = suggestion
    const [first = ''] = destinations
    const file = nameFile(first, taken)
    taken.push(file)
    const text = writeOverride(
      {
        ...{ destinations, policy, problem, parameters: {}, emergency: false, contacted: [] },
        justification: justification ?? todo,
        reviewDate: review(effectOf(policy, first, policies)),
        ...(owner !== undefined && { owner }),
      },
      undefined,
    )
    const comments = draftComments(suggestion)
    return { file, text: [...(head === undefined ? [] : [head]), ...comments, text].join('\n') }
  })
}

function effectOf(policy: Suggestion['policy'], destination: string, { settings }: Policies) {
  const read = readDestination(destination, '')
  const decision = { policy, parameters: {}, ...('rule' in read ? {} : { host: read.host }) }
  return compareDecisions(null, decision, settings, settings).verdict
}
