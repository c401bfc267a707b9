import type { Dirent } from 'node:fs'
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Refusal, SourceFile } from '../language/source.ts'
import { Failure } from './failure.ts'

export interface ReadLimits {
  /** Bytes; a larger file is refused unread. */
  readonly largestFile: number
  readonly settingsPath: string
}

/** The files of a policies folder; what is refused is named, and neither opened nor followed. */
export function readPolicyFiles(folder: string, limits: ReadLimits): readonly SourceFile[] {
  if (!isFolder(folder))
    throw new Failure(
      `there is no folder ${JSON.stringify(folder)}; name the folder of overrides with --policies`,
    )
  const files: SourceFile[] = []
  visit(folder, '', limits, files)
  return files
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

function visit(folder: string, inside: string, limits: ReadLimits, files: SourceFile[]): void {
  let entries: readonly Dirent[]
  try {
    entries = readdirSync(join(folder, inside), { withFileTypes: true })
  } catch {
    files.push({ path: inside || '.', refused: 'unreadable' })
    return
  }
  for (const entry of entries) {
    const path = inside === '' ? entry.name : `${inside}/${entry.name}`
    if (/^[._]/.test(entry.name) && !/^_settings\.ya?ml$/i.test(path)) continue
    if (entry.isDirectory()) visit(folder, path, limits, files)
    else {
      const refused = refusalOf(entry, path, limits)
      if (refused !== 'other') files.push(refused ? { path, refused } : read(folder, path, limits))
    }
  }
}

/** Why a file is not opened; `other` is a file that never looked like an override. */
function refusalOf(entry: Dirent, path: string, limits: ReadLimits): Refusal | 'other' | undefined {
  if (entry.isSymbolicLink()) return isShown(path) ? 'symbolic-link' : 'file-name'
  const isOverride = /\.ya?ml$/.test(entry.name)
  if (!isOverride && !/\.ya?ml\b/i.test(entry.name)) return 'other'
  if (!isShown(path)) return 'file-name'
  if (!entry.isFile()) return 'not-a-file'
  const isSettings = entry.name.startsWith('_')
  return isOverride && (!isSettings || path === limits.settingsPath) ? undefined : 'ignored-file'
}

/** Whether each character of a path can be seen; what is not UTF-8 arrives as U+FFFD. */
function isShown(path: string): boolean {
  return !/[\p{C}\p{Zl}\p{Zp}\ufffd]/u.test(path)
}

/** Opens without following and without waiting: the file may have become something else meanwhile. */
function read(folder: string, path: string, { largestFile }: ReadLimits): SourceFile {
  let descriptor: number | undefined
  try {
    descriptor = openSync(
      join(folder, path),
      constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    )
    const stat = fstatSync(descriptor)
    if (!stat.isFile()) return { path, refused: 'not-a-file' }
    if (stat.size > largestFile) return { path, refused: 'too-large' }
    return { path, bytes: readFileSync(descriptor) }
  } catch {
    return { path, refused: 'unreadable' }
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}
