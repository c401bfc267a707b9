import { resolve } from 'node:path'
import type { Answers, Difference, Expected } from '../install/drift.ts'
import { findDrift } from '../install/drift.ts'
import { findUse } from '../install/host-use.ts'
import type { Installed } from '../install/installed.ts'
import { judgeInstalled } from '../install/installed.ts'
import { showTableName } from '../install/place.ts'
import { formatState, stateJson } from '../install/status-text.ts'
import { Failure } from '../io/failure.ts'
import { isFolder } from '../io/files.ts'
import type { FoundFiles } from '../io/install-files.ts'
import { readFiles } from '../io/install-files.ts'
import { askTable } from '../io/install-index.ts'
import type { HostOptions, OpenHost } from './host.ts'
import { openHost } from './host.ts'
import { paintOn } from './show-report.ts'
import type { Status, World } from './world.ts'
import { status } from './world.ts'

export interface StatusOptions extends HostOptions {
  readonly format: 'text' | 'json'
  /** Ask the index for every key, though it is the one that was installed. */
  readonly deep?: boolean
}

/** Compares what is installed with what should be; the status says whether they differ. */
export async function showStatus(world: World, options: StatusOptions): Promise<Status> {
  const [host, expected] = await Promise.all([
    openHost(world, options),
    findExpected(world, options),
  ])
  if (expected === 'refused') {
    world.stderr.write('what should be installed is unknown while there is an error\n')
    return status.failure
  }
  const found = readFiles(host.place)
  const installed = judgeInstalled(found)
  const answers = await findAnswers(host, found, installed, expected, options)
  const differences: readonly Difference[] = [
    ...findDrift(host.place.path, found, installed, expected, answers),
    ...findUse(host, host.name).map(({ message }) => ({ kind: 'unused', message }) as const),
  ]
  const state = { table: showTableName(host.name), installed, expected, differences }
  world.stdout.write(
    options.format === 'json'
      ? stateJson(state)
      : formatState(state, paintOn(world, world.stdout, options)),
  )
  return differences.length > 0 ? status.found : status.clean
}

/** Null on a host that has no policies, where the table can only be compared with itself. */
async function findExpected(
  world: World,
  options: StatusOptions,
): Promise<Expected | 'refused' | null> {
  const { table, policies } = options
  if (table !== undefined) {
    const { proposeTable } = await import('./proposal.ts')
    return { content: proposeTable(world, table).content, isCommitted: true }
  }
  if (policies === 'policies' && !isFolder(resolve(world.cwd, policies))) return null
  const { proposePolicies } = await import('./proposal.ts')
  const source = await proposePolicies(world, options)
  return source ? { content: source.content, isCommitted: source.state === 'committed' } : 'refused'
}

/** The installed index was read back then; beside another one, or another text, it is asked for every key. */
async function findAnswers(
  { postfix, place }: OpenHost,
  found: FoundFiles,
  { content, interrupted, isFresh }: Installed,
  expected: Expected | null,
  { deep }: StatusOptions,
): Promise<Answers> {
  if (!content || found.index === null || interrupted) return undefined
  if (!deep && isFresh) return undefined
  try {
    const keys = new Set([...content.entries.keys(), ...(expected?.content.entries.keys() ?? [])])
    return await askTable(postfix, place, keys)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { unreadable: error.message }
  }
}
