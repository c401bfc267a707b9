import { resolve } from 'node:path'
import { Failure } from '../io/failure.ts'
import { readPolicyFiles } from '../io/files.ts'
import { decode } from '../language/encoding.ts'
import type { Policies } from '../language/policies.ts'
import { collectPolicies } from '../language/policies.ts'
import type { SourceFile } from '../language/source.ts'
import { largestFile, settingsPath } from '../language/source.ts'
import type { CommonOptions, World } from './world.ts'

/** The folder of policies with the bytes of its files. */
export interface Folder {
  /** Its absolute path. */
  readonly path: string
  readonly files: readonly SourceFile[]
  /** The text of a file of the folder, as far as it can be read. */
  readonly textOf: (path: string) => string
  /** A path inside the folder as the user would write it. */
  readonly display: (path: string) => string
}

/**
 * Reads the files of the folder of policies. Throws a Failure where there is none, unless it may be
 * missing, as after its last file was removed.
 */
export function openFolder(world: World, options: CommonOptions, mayBeMissing = false): Folder {
  const path = resolve(world.cwd, options.policies)
  const files = readPolicyFiles(path, { largestFile, settingsPath, mayBeMissing })
  return folderOf(path, files, options)
}

/** The same for files that come from elsewhere, such as a commit. */
export function folderOf(
  path: string,
  files: readonly SourceFile[],
  options: CommonOptions,
): Folder {
  let byPath: ReadonlyMap<string, SourceFile> | undefined
  const textOf = (path: string) => {
    byPath ??= new Map(files.map(file => [file.path, file]))
    const file = byPath.get(path)
    return file && 'bytes' in file ? decode(file.bytes).text : ''
  }
  return { path, files, textOf, display: inside => displayPath(options.policies, inside) }
}

/** What the files say. The parsers are loaded here, since not every command line comes so far. */
export async function readPolicies(folder: Folder): Promise<Policies> {
  const { readFile } = await import('../language/read-file.ts')
  return collectPolicies(folder.files, readFile)
}

/**
 * Throws a Failure where the settings cannot be read: without them all is judged by the defaults, and
 * neither a report nor an edit would be right.
 */
export function requireSettings(folder: Folder, { faults }: Policies): void {
  if (faults.some(({ path }) => path === settingsPath))
    throw new Failure(
      `${folder.display(settingsPath)} has errors, and everything is judged by it; mend them first: tlspolicy check shows them`,
    )
}

function displayPath(folder: string, path: string): string {
  const prefix = folder.replace(/^(?:\.\/+)+/, '').replace(/\/+$/, '')
  return prefix === '' || prefix === '.' ? path : `${prefix}/${path}`
}
