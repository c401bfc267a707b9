import { basename, resolve } from 'node:path'
import type { Group } from '../install/import/group.ts'
import { fitGroups, groupAlike, oneByOne } from '../install/import/group.ts'
import type { ImportPlan } from '../install/import/plan.ts'
import { leaveOut, overrideOf, planImport } from '../install/import/plan.ts'
import type { SourceForm } from '../install/import/read-source.ts'
import { readSource } from '../install/import/read-source.ts'
import { formatImport } from '../install/import/words.ts'
import { createFile } from '../io/edit.ts'
import { Failure } from '../io/failure.ts'
import { isThere, readInput } from '../io/input.ts'
import type { Day } from '../language/day.ts'
import { quote } from '../language/quote.ts'
import { readOverride } from '../language/read-override.ts'
import { largestFile, settingsPath } from '../language/source.ts'
import { effectsUnder } from '../outcomes/override.ts'
import { writeImported } from '../register/edit/imported.ts'
import { nameFile, schemaLine } from '../register/edit/new-override.ts'
import { spreadReviews } from '../register/spread-reviews.ts'
import type { Folder } from './load.ts'
import { folderOf, openFolder, readPolicies, requireSettings } from './load.ts'
import { paintOn } from './show-report.ts'
import type { CommonOptions, Status, World } from './world.ts'
import { status } from './world.ts'

export interface ImportOptions extends CommonOptions {
  readonly from?: SourceForm
  /** One file for all destinations with the same decision. */
  readonly group?: boolean
  readonly owner?: string
  readonly asOf?: Day
}

/** Writes overrides from a table that people have kept by hand; files that are there stay. */
export async function importTable(
  world: World,
  file: string,
  options: ImportOptions,
): Promise<Status> {
  const bytes = readInput(file === '-' ? file : resolve(world.cwd, file))
  // A list without entries is {} or a head; of a command that failed comes nothing.
  if (file === '-' && bytes.length === 0)
    throw new Failure('standard input is empty; look at what should have written to it')
  const read = readSource(bytes, options.from)
  if ('fault' in read) throw new Failure(`cannot import ${quote(file)}: ${read.fault}`)
  const path = resolve(world.cwd, options.policies)
  const folder = isThere(path) ? openFolder(world, options) : folderOf(path, [], options)
  const policies = await readPolicies(folder)
  requireSettings(folder, policies)
  const planned = planImport(read, policies, folder.display)
  const source = file === '-' ? 'standard input' : basename(file)
  const owner = options.owner === undefined ? {} : { owner: options.owner }
  const line = schemaLine(
    folder.files.flatMap(({ path }) => (path === settingsPath ? [] : [folder.textOf(path)])),
  )
  const write = (group: Group, reviewDate: Day) =>
    writeImported(group, { source, reviewDate, schemaLine: line, ...owner })
  const today = options.asOf ?? world.today()
  const { fitting: groups, tooLarge } = fitGroups(
    options.group ? groupAlike(planned.decided) : oneByOne(planned.decided),
    group => Buffer.byteLength(write(group, today)) > largestFile,
  )
  const plan = leaveOut(planned, tooLarge, tooLargeFor)
  const proposed = spreadReviews(policies, today)
  const effectOf = effectsUnder(policies.settings)
  const names = nameFiles(groups, folder)
  const files = groups.map((group, index) => {
    const name = names[index] ?? ''
    return { name, text: write(group, proposed(effectOf(overrideOf(group, name)))) }
  })
  const fault = files[0] && ownerFault(files[0].text)
  if (fault) {
    world.stderr.write(`tlspolicy: ${fault}\n`)
    return status.usage
  }
  for (const { name, text } of files) createFile(resolve(path, name), text)
  return tell(world, options, { folder, plan, remarks: read.remarks, groups, names })
}

const tooLargeFor = {
  why: `with its comments it fills more than ${largestFile.toLocaleString('en')} bytes, which is as much as a file may have`,
  help: 'shorten its comments, or its list of names',
} as const

/** Only the owner comes from the command line, and not from a source that was judged. */
function ownerFault(text: string): string | undefined {
  const fault = readOverride('', text).faults.find(
    ({ at }) => 'pointer' in at && at.pointer === '/owner',
  )
  return fault && [fault.message, ...(fault.help ? [fault.help] : [])].join('; ')
}

interface Told {
  readonly folder: Folder
  readonly plan: ImportPlan
  readonly remarks: readonly string[]
  readonly groups: readonly Group[]
  readonly names: readonly string[]
}

function tell(
  world: World,
  options: ImportOptions,
  { folder, plan, remarks, groups, names }: Told,
): Status {
  const written = groups.map((group, index) => ({
    group,
    path: folder.display(names[index] ?? ''),
  }))
  const paint = paintOn(world, world.stdout, options)
  world.stdout.write(formatImport({ ...plan, remarks, written, folder: folder.display('') }, paint))
  return plan.leftOut.length > 0 ? status.found : status.clean
}

/** Names after the first destination of each, and none that is there in any case of its letters. */
function nameFiles(groups: readonly Group[], folder: Folder): readonly string[] {
  const taken = new Set(folder.files.map(({ path }) => path.toLowerCase()))
  return groups.map(([{ destination }]) => {
    const base = nameFile(destination.text, []).replace(/\.yaml$/, '')
    let name = `${base}.yaml`
    for (let count = 2; taken.has(name); count += 1) name = `${base}-${count}.yaml`
    taken.add(name)
    return name
  })
}
