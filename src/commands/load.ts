import { resolve } from 'node:path'
import { readPolicyFiles } from '../io/files.ts'
import type { Policies } from '../language/policies.ts'
import { collectPolicies } from '../language/policies.ts'
import { largestFile, settingsPath } from '../language/source.ts'
import type { CommonOptions, World } from './world.ts'

export interface Loaded {
  readonly policies: Policies
  /** The text of a file of the folder, as far as it can be read. */
  readonly textOf: (path: string) => string
  /** A path inside the folder as the user would write it. */
  readonly display: (path: string) => string
}

/** Reads the folder of policies. Throws a Failure where there is none. */
export async function loadPolicies(world: World, options: CommonOptions): Promise<Loaded> {
  const files = readPolicyFiles(resolve(world.cwd, options.policies), { largestFile, settingsPath })
  const { readFile } = await import('../language/read-file.ts')
  const bytes = new Map(files.map(file => [file.path, 'bytes' in file ? file.bytes : undefined]))
  return {
    policies: collectPolicies(files, readFile),
    textOf: path => new TextDecoder().decode(bytes.get(path)),
    display: path => displayPath(options.policies, path),
  }
}

function displayPath(folder: string, path: string): string {
  const prefix = folder.replace(/^(?:\.\/+)+/, '').replace(/\/+$/, '')
  return prefix === '' || prefix === '.' ? path : `${prefix}/${path}`
}
