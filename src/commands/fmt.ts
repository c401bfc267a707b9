import { relative, resolve, sep } from 'node:path'
import { replaceFile } from '../io/edit.ts'
import { decode } from '../language/encoding.ts'
import { harmless } from '../language/harmless.ts'
import { quote } from '../language/quote.ts'
import type { SourceFile } from '../language/source.ts'
import { settingsPath } from '../language/source.ts'
import { formatOverride } from '../register/edit/format.ts'
import type { Folder } from './load.ts'
import { openFolder } from './load.ts'
import type { CommonOptions, Status, World } from './world.ts'
import { status } from './world.ts'

export interface FmtOptions extends CommonOptions {
  readonly check?: boolean
}

/** Brings overrides into canonical form, or says which differ from it. */
export async function fmt(
  world: World,
  names: readonly string[],
  options: FmtOptions,
): Promise<Status> {
  const folder = openFolder(world, options)
  const overrides = folder.files
    .filter(({ path }) => path !== settingsPath)
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
  const asked = names.map(name => relative(folder.path, resolve(world.cwd, name)))
  const wanted = new Set(asked.map(path => path.replaceAll(sep, '/')))
  const known = new Set(overrides.map(({ path }) => path))
  const stranger = [...wanted].findIndex(path => !known.has(path))
  if (stranger >= 0) {
    world.stderr.write(
      `tlspolicy: ${quote(names[stranger] ?? '')} is no override in ${harmless(options.policies)}\n`,
    )
    return status.usage
  }
  const files = overrides.filter(({ path }) => wanted.size === 0 || wanted.has(path))
  return formatFiles(world, folder, files, options.check === true)
}

function formatFiles(
  { stdout }: World,
  folder: Folder,
  files: readonly SourceFile[],
  isCheck: boolean,
): Status {
  let differing = 0
  let unread = 0
  for (const file of files) {
    const name = harmless(folder.display(file.path))
    const text = 'bytes' in file ? readText(file.bytes) : undefined
    const formatted = text === undefined ? undefined : formatOverride(text)
    if (formatted === undefined || !('bytes' in file)) {
      unread += 1
      stdout.write(`${name} cannot be read, and stays as it is; see tlspolicy check\n`)
    } else if (formatted !== text) {
      differing += 1
      if (!isCheck) replaceFile(resolve(folder.path, file.path), file.bytes, formatted)
      stdout.write(`${name} ${isCheck ? 'differs from what fmt would write' : 'formatted'}\n`)
    }
  }
  if (differing + unread === 0) stdout.write('no changes\n')
  return unread > 0 || (isCheck && differing > 0) ? status.found : status.clean
}

function readText(bytes: Uint8Array): string | undefined {
  const { text, fault } = decode(bytes)
  return fault ? undefined : text
}
