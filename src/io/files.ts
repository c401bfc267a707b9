import type { Dirent } from 'node:fs'
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import type { SourceFile } from '../language/source.ts'
import { Failure } from './failure.ts'
import type { EntryKind } from './policy-names.ts'
import { judgeName } from './policy-names.ts'

export interface ReadLimits {
  /** Bytes; a larger file is refused unread. */
  readonly largestFile: number
  readonly settingsPath: string
  /** A folder that is not there has no files: Git keeps none without a file in it. */
  readonly mayBeMissing?: boolean
}

/**
 * The files of a policies folder; what is refused is named, and neither opened nor followed.
 * Throws a Failure where the folder itself cannot be read.
 */
export function readPolicyFiles(folder: string, limits: ReadLimits): readonly SourceFile[] {
  const files: SourceFile[] = []
  // Folders that are found are added to the end: however deep they go, nothing calls itself.
  const folders = ['']
  for (const inside of folders) {
    const entries = list(join(folder, inside))
    if (entries === undefined && inside === '' && limits.mayBeMissing && !existsSync(folder)) break
    if (entries === undefined && inside === '')
      throw new Failure(
        `there is no folder ${JSON.stringify(folder)} that can be read; name the folder of overrides with --policies`,
      )
    if (entries === undefined) files.push({ path: inside, refused: 'unreadable' })
    if (inside !== '' && entries?.some(({ name }) => name === '.git')) {
      // Another repository, such as a submodule: what it holds is not in this one's commits.
      files.push({ path: inside, refused: 'not-a-file' })
      continue
    }
    for (const entry of entries ?? []) {
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`
      const judged = judgeName(path, kindOf(entry), limits.settingsPath)
      if (judged === 'skip') continue
      if (judged !== 'read') files.push({ path, refused: judged })
      else if (entry.isDirectory()) folders.push(path)
      else files.push(read(folder, path, limits))
    }
  }
  return files
}

function list(folder: string): readonly Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return undefined
  }
}

function kindOf(entry: Dirent): EntryKind {
  if (entry.isSymbolicLink()) return 'symbolic-link'
  if (entry.isDirectory()) return 'folder'
  return entry.isFile() ? 'file' : 'other'
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

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
