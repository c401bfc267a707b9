import { randomBytes } from 'node:crypto'
import type { BigIntStats } from 'node:fs'
import { lstatSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { attempt } from './attempt.ts'
import { Failure } from './failure.ts'

/** Where a table lies here, and what Postfix calls it. */
export interface Place {
  /** The absolute path of its text. */
  readonly path: string
  /** Such as `lmdb`, with the end of the index's name, such as `.lmdb`. */
  readonly type: string
  readonly suffix: string
  /** The path of the text as Postfix sees it, which in a container may be another one. */
  readonly seenAs: string
}

/** The files of an installed table. */
export interface TableFiles {
  readonly text: string
  readonly index: string
  readonly manifest: string
}

export function filesOf({ path, suffix }: Pick<Place, 'path' | 'suffix'>): TableFiles {
  return { text: path, index: `${path}${suffix}`, manifest: `${path}.tlspolicy.json` }
}

/** The copies of what was in force before: a whole table, that Postfix could read. */
export function previousFilesOf({ path, suffix }: Place): TableFiles {
  return filesOf({ path: `${path}.previous`, suffix })
}

/** What lies there; null for what does not exist. `index` is by what it is known again. */
export interface FoundFiles {
  readonly text: Uint8Array | null
  readonly index: string | null
  readonly manifest: string | null
  readonly previousText: Uint8Array | null
  readonly previousManifest: string | null
}

/**
 * Reads the files of a table. Throws a Failure for what cannot be replaced safely: a link, of which a
 * running Postfix would not notice that it leads elsewhere, or what is no file at all.
 */
export function readFiles(place: Place): FoundFiles {
  const [files, previous] = [filesOf(place), previousFilesOf(place)]
  const all = [...Object.values(files), ...Object.values(previous)]
  for (const path of all) refuseOddFile(path)
  refuseSecondName(files.index)
  return {
    text: readIfThere(files.text),
    index: markOf(files.index),
    manifest: readIfThere(files.manifest)?.toString('utf8') ?? null,
    previousText: readIfThere(previous.text),
    previousManifest: readIfThere(previous.manifest)?.toString('utf8') ?? null,
  }
}

/** By what a file is known again: replaced, written or restored, it has another mark. */
export function markOf(path: string): string | null {
  const stats = lstatSync(path, { throwIfNoEntry: false, bigint: true })
  return stats ? showMark(stats) : null
}

function showMark({ size, ino, mtimeNs }: BigIntStats): string {
  return `${size} bytes, inode ${ino}, written ${mtimeNs}`
}

function refuseOddFile(path: string): void {
  const stats = attempt(`look at ${path}`, () => lstatSync(path, { throwIfNoEntry: false }))
  if (!stats || stats.isFile()) return
  if (stats.isSymbolicLink())
    throw new Failure(
      `${path} is a symbolic link, and a running Postfix does not notice when it leads elsewhere; put a regular file in its place, or name the file that it leads to, in main.cf and with --to`,
    )
  throw new Failure(
    `${path} is ${stats.isDirectory() ? 'a folder' : 'no regular file'}, and a file of the table has to be there; move it away, or name another table with --to`,
  )
}

function refuseSecondName(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats && stats.nlink > 1)
    throw new Failure(
      `${path} has ${stats.nlink} names (hard links), and a running Postfix goes on reading a file that keeps one; find the other with: find ${dirname(path)} -samefile ${path}, make a copy of it, and remove it`,
    )
}

function readIfThere(path: string): Buffer | null {
  return attempt(`read ${path}`, () => {
    try {
      return readFileSync(path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
  })
}

/** A name beside the table, by which a later run knows what an interrupted one left. */
export function temporaryName(place: Place): string {
  return join(dirname(place.path), `${temporaryPrefix(place)}${randomBytes(4).toString('hex')}`)
}

function temporaryPrefix({ path }: Place): string {
  return `.${basename(path)}.tlspolicy-`
}

/** Removes what an interrupted run left; only the holder of the lock may do so. */
export function removeLeftovers(place: Place): void {
  const folder = dirname(place.path)
  const prefix = temporaryPrefix(place)
  for (const name of readdirSync(folder)) {
    const isLeft = name.startsWith(prefix) && /^[\da-f]{8}$/.test(name.slice(prefix.length))
    if (isLeft) rmSync(join(folder, name), { recursive: true, force: true })
  }
}
