import { resolve } from 'node:path'
import { findFaults, hasErrors } from '../check/check.ts'
import { writeFileAtomically } from '../io/write.ts'
import { harmless } from '../language/harmless.ts'
import type { Policies } from '../language/policies.ts'
import type { Entry } from '../table/entries.ts'
import { compileEntries } from '../table/entries.ts'
import { formatEntries } from '../table/json.ts'
import { digestEntries, formatTable } from '../table/text.ts'
import type { Folder } from './load.ts'
import { openFolder, readPolicies } from './load.ts'
import { makeReport, paintOn, reportText } from './show-report.ts'
import type { CommonOptions, Status, World } from './world.ts'
import { status } from './world.ts'

export interface CompileOptions extends CommonOptions {
  readonly format: CompileFormat
  readonly output?: string
}

const forms = {
  postfix: formatTable,
  json: (entries, { display }) => formatEntries(entries, display),
} as const satisfies Record<string, (entries: readonly Entry[], folder: Folder) => string>

export type CompileFormat = keyof typeof forms

export const compileFormats = Object.keys(forms) as readonly CompileFormat[]

/** Writes the table, unless an error stands in the way; the day plays no part. */
export async function compile(world: World, options: CompileOptions): Promise<Status> {
  const folder = openFolder(world, options)
  const policies = await readPolicies(folder)
  const found = findFaults(policies)
  if (hasErrors(found)) return refuse(world, options, folder, found)
  const entries = compileEntries(policies.overrides)
  const text = forms[options.format](entries, folder)
  if (options.output === undefined) {
    world.stdout.write(text)
    return status.clean
  }
  writeFileAtomically(resolve(world.cwd, options.output), text)
  world.stdout.write(summary(options.output, entries, policies))
  return status.clean
}

/** On stderr: standard output may well be the table. */
async function refuse(
  world: World,
  options: CompileOptions,
  folder: Folder,
  found: ReturnType<typeof findFaults>,
): Promise<Status> {
  const report = await makeReport(folder, found)
  world.stderr.write(await reportText(folder, report, paintOn(world, world.stderr, options)))
  const kept = options.output === undefined ? '' : `; ${harmless(options.output)} is left as it was`
  world.stderr.write(`nothing is compiled while there is an error${kept}\n`)
  return status.found
}

function summary(output: string, entries: readonly Entry[], { overrides }: Policies): string {
  const inactive = overrides.filter(({ active }) => !active).length
  const from = `${counted(overrides.length, 'override')}${inactive > 0 ? `, ${inactive} of them inactive` : ''}`
  return `wrote ${harmless(output)}: ${counted(entries.length, 'entry', 'entries')} from ${from}\ndigest sha256:${digestEntries(entries)}\n`
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
