import { existsSync, realpathSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { isFolder } from './files.ts'

/** Where a policies folder lies in its repository. */
export interface Place {
  /** The absolute path of the top of the repository. */
  readonly top: string
  /** The path of the folder from there, with slashes; '' for the top. */
  readonly folder: string
}

/** The folder, or what is left of the path to it: Git removes a folder with its last file, or a file takes its place. */
export function nearestFolder(folder: string): string {
  const above = dirname(folder)
  return isFolder(folder) || above === folder ? folder : nearestFolder(above)
}

/** The top of the repository in which a folder lies; the folder itself where it lies in none. */
export function topFolder(folder: string): string {
  let at = folder
  while (!existsSync(join(at, '.git'))) {
    if (dirname(at) === at) return folder
    at = dirname(at)
  }
  return at
}

/** The place of a folder, of which `start` is there; `prefix` is where Git says that this is. */
export function placeOf(folder: string, start: string, prefix: string): Place {
  // Git follows links, and the prefix is what it found behind them.
  const top = resolve(realpathSync(start), prefix.replace(/[^/]+/g, '..'))
  return { top, folder: join(prefix, relative(start, folder)).replace(/^\.?\/?$|\/$/, '') }
}
