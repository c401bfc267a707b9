import { resolve } from 'node:path'
import { Failure } from '../io/failure.ts'
import type { Ask } from '../io/prompt.ts'
import { withQuestions } from '../io/prompt.ts'
import type { Day } from '../language/day.ts'
import { harmless } from '../language/harmless.ts'
import type { Policies } from '../language/policies.ts'
import { quote } from '../language/quote.ts'
import type { SourceFile } from '../language/source.ts'
import { largestFile } from '../language/source.ts'
import { wrap } from '../language/wrap.ts'
import { commitCommand } from '../register/command-lines.ts'
import type { Named } from '../register/edit/find.ts'
import { findNamed } from '../register/edit/find.ts'
import { judgeEdit } from '../register/edit/judge.ts'
import { findChanges } from '../review/changes.ts'
import type { Folder } from './load.ts'
import { folderOf, openFolder, readPolicies, requireSettings } from './load.ts'
import { makeReport, paintOn, reportText } from './show-report.ts'
import type { CommonOptions, World } from './world.ts'

export interface EditOptions extends CommonOptions {
  readonly asOf?: Day
}

/** The folder before an edit. */
export interface Editing {
  readonly world: World
  readonly options: EditOptions
  readonly asOf: Day
  readonly folder: Folder
  readonly policies: Policies
}

export async function openEditing(world: World, options: EditOptions): Promise<Editing> {
  const folder = openFolder(world, options)
  const policies = await readPolicies(folder)
  requireSettings(folder, policies)
  return { world, options, asOf: options.asOf ?? world.today(), folder, policies }
}

/** What the overrides say once files have these texts; null is a file that is gone. */
export async function editFolder(
  { folder, options }: Editing,
  texts: ReadonlyMap<string, string | null>,
): Promise<{ readonly folder: Folder; readonly policies: Policies }> {
  const written = [...texts].flatMap(([path, text]): SourceFile[] => {
    if (text === null) return []
    const bytes = new TextEncoder().encode(text)
    return [bytes.length > largestFile ? { path, refused: 'too-large' } : { path, bytes }]
  })
  const files = [...folder.files.filter(({ path }) => !texts.has(path)), ...written]
  const edited = folderOf(folder.path, files, options)
  return { folder: edited, policies: await readPolicies(edited) }
}

/** The policies after a file has a new text; undefined, with the diagnostics on stderr, where a check would refuse it. */
export async function acceptEdit(
  editing: Editing,
  path: string,
  text: string,
): Promise<Policies | undefined> {
  const { world, options, policies, asOf } = editing
  const after = await editFolder(editing, new Map([[path, text]]))
  const { refused, warned } = judgeEdit(policies, after.policies, path, asOf)
  const shown = refused.length > 0 ? refused : warned
  if (shown.length > 0) {
    const report = await makeReport(after.folder, shown)
    const diagnostics = report.diagnostics.map(found =>
      refused.length > 0 ? { ...found, severity: 'error' as const } : found,
    )
    const paint = paintOn(world, world.stderr, options)
    world.stderr.write(await reportText(after.folder, { ...report, diagnostics }, paint))
  }
  if (refused.length === 0) return after.policies
  world.stderr.write('nothing is written: a check would refuse it\n')
  return undefined
}

/** What an edit did, what it does to mail, and the command that commits it. */
export function tellEdit(
  { world, options, folder, policies }: Editing,
  done: readonly string[],
  after: Policies,
  { paths, message }: { readonly paths: readonly string[]; readonly message: string },
): void {
  const paint = paintOn(world, world.stdout, options)
  const changes = findChanges(policies, after).filter(({ sentences }) => sentences.length > 0)
  const mail = changes.flatMap(({ destination, sentences }) => [
    `  ${harmless(destination)}`,
    ...sentences.flatMap(sentence => wrap('  - ', sentence)),
  ])
  const lines = [
    ...done,
    '',
    paint('bold', 'What happens to mail'),
    ...(mail.length > 0 ? mail : ['  it is treated as before']),
    '',
    paint('bold', 'Next'),
    `  ${commitCommand(paths.map(folder.display), message)}`,
  ]
  world.stdout.write(`${lines.map(line => `${line}\n`).join('')}`)
}

/** The override of a destination; undefined, with words on stderr, where there is none or several. */
export function findOne(
  { world, folder, policies }: Editing,
  written: string,
): readonly Named[] | undefined {
  const search = findNamed(policies.overrides, written)
  const say = (text: string) => world.stderr.write(`tlspolicy: ${text}\n`)
  if (!('found' in search)) {
    const meant = search.meant === undefined ? '' : `; did you mean ${quote(search.meant)}?`
    say(`no override names ${quote(written)}${meant}`)
    if (policies.faults.length > 0)
      say('some files have faults and may be left out; see tlspolicy check')
    return undefined
  }
  const paths = [...new Set(search.found.map(({ override }) => override.path))]
  if (paths.length === 1) return search.found
  const files = paths.map(path => harmless(folder.display(path))).join(' and ')
  say(`${files} both name ${quote(written)}; keep one of them, see tlspolicy check`)
  return undefined
}

/** The bytes and the text of a file that was read. */
export function contentOf({ folder }: Editing, path: string) {
  const file = folder.files.find(file => file.path === path)
  if (!file || !('bytes' in file)) throw new Failure(`${folder.display(path)} cannot be read`)
  return { bytes: file.bytes, text: folder.textOf(path), absolute: resolve(folder.path, path) }
}

/** What to say where an edit would change more than was asked for. */
export function cannotEdit({ folder }: Editing, path: string): Failure {
  return new Failure(
    `${folder.display(path)} is laid out so that it cannot be edited without changing more; nothing is written: run tlspolicy fmt on it first, or edit it by hand`,
  )
}

/** Runs something that may ask questions; without a terminal there is nobody to ask. */
export async function askOn<T>(
  { stdin, stdout }: World,
  use: (ask: Ask | undefined) => Promise<T>,
): Promise<T> {
  if (!stdin?.isTTY || !stdout.isTTY) return use(undefined)
  return withQuestions({ input: stdin, write: text => stdout.write(text) }, use)
}
