import { existsSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import type { Git } from './git-run.ts'

/** Where a policies folder lies in its repository. */
export interface Place {
  /** Its path from the top of the repository; '' for the top. */
  readonly name: string
  readonly absent?: NonNullable<Git['absent']>
}

/** The folder, or what is left of the path to it: Git removes a folder with its last file. */
export function nearestFolder(folder: string): string {
  const above = dirname(folder)
  return existsSync(folder) || above === folder ? folder : nearestFolder(above)
}

/** The place of a folder, of which `start` is there; `prefix` is where Git says that this is. */
export function placeOf(folder: string, start: string, prefix: string): Place {
  const here = prefix.replace(/\/$/, '')
  if (start === folder) return { name: here }
  const inside = relative(start, folder)
  const name = here === '' ? inside : `${here}/${inside}`
  return { name, absent: { inside, folder: name } }
}
