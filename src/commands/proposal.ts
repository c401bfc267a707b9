import { resolve } from 'node:path'
import type { Content } from '../install/content.ts'
import { readCompiled, readContent } from '../install/content.ts'
import type { Proposal } from '../install/guards.ts'
import { Failure } from '../io/failure.ts'
import type { Repository } from '../io/git.ts'
import { readInput } from '../io/input.ts'
import { harmless } from '../language/harmless.ts'
import type { Settings } from '../language/settings.ts'
import { largestFile, settingsPath } from '../language/source.ts'
import type { HostOptions } from './host.ts'
import type { Folder } from './load.ts'
import { openFolder, readPolicies } from './load.ts'
import type { World } from './world.ts'

/** A table to install, with what Git and the policies say of it. */
export interface Source extends Proposal {
  /** Undefined where only the table is known. */
  readonly settings?: Settings
  readonly repository?: Repository
}

/** The table that `--table` names, as `compile` wrote it. Throws a Failure where it is none. */
export function proposeTable(world: World, path: string): Source {
  const content = readCompiled(readInput(resolve(world.cwd, path)))
  if ('refused' in content) throw new Failure(`${harmless(path)}: ${content.refused}`)
  return { content, commit: null, state: 'compiled elsewhere', policies: null }
}

/** The table of the policies; what keeps it from being compiled is told, and nothing returned. */
export async function proposePolicies(
  world: World,
  options: HostOptions,
): Promise<Source | undefined> {
  const folder = openFolder(world, options)
  const { settings, content } = await compileContent(world, options, folder)
  if (!content) return undefined
  // A table that was compiled elsewhere needs no Git, and a host that is given one should not wait.
  const { openRepository } = await import('../io/git.ts')
  const repository = await openRepository(folder.path, world.env, { largestFile, settingsPath })
  const source = { content, settings, policies: folder.path }
  if (!repository) return { ...source, commit: null, state: 'outside Git' }
  const commit = await repository.headCommit()
  const changes = await repository.changedFiles(commit, folder.files)
  return { ...source, commit, repository, state: changes.length > 0 ? 'changed' : 'committed' }
}

async function compileContent(world: World, options: HostOptions, folder: Folder) {
  const { findFaults, hasErrors } = await import('../check/check.ts')
  const { compileEntries } = await import('../table/entries.ts')
  const { formatTable } = await import('../table/text.ts')
  const policies = await readPolicies(folder)
  const found = findFaults(policies)
  const { settings } = policies
  if (hasErrors(found)) {
    const { makeReport, paintOn, reportText } = await import('./show-report.ts')
    const report = await makeReport(folder, found)
    world.stderr.write(await reportText(folder, report, paintOn(world, world.stderr, options)))
    return { settings }
  }
  const text = formatTable(compileEntries(policies.overrides))
  const content: Content = readContent(new TextEncoder().encode(text))
  return { settings, content }
}
