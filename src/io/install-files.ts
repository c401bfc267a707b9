import { randomBytes } from 'node:crypto'
import type { BigIntStats, Stats } from 'node:fs'
import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
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

/** Does what a message says; a fault of the system becomes a Failure. */
export function attempt<T>(what: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    if (error instanceof Failure) throw error
    throw new Failure(`cannot ${what}: ${explain(error as NodeJS.ErrnoException)}`)
  }
}

const advice: Readonly<Record<string, string>> = {
  EACCES: 'the user who runs this may not do that; run it as the owner of the table, or as root',
  EPERM: 'the user who runs this may not do that; run it as the owner of the table, or as root',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device; make room and run this again',
  EDQUOT: 'the disk quota is used up; make room and run this again',
  ENOENT: 'there is no such file or folder',
}

function explain({ code = '', message }: NodeJS.ErrnoException): string {
  return Object.hasOwn(advice, code) ? `${advice[code]} (${code})` : message
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

/** Owner, group and mode of a file, so that another can have the same. */
export type Ownership = Pick<Stats, 'uid' | 'gid' | 'mode'>

/** That of the first file that exists; undefined where none does. */
export function ownershipOf(...paths: readonly string[]): Ownership | undefined {
  for (const path of paths) {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (stats) return stats
  }
  return undefined
}

/** Writes a new file to the disk itself, readable for all or as another one was. */
export function writeDurably(path: string, content: Uint8Array | string, like?: Ownership): void {
  writeFileSync(path, content, { flag: 'wx', mode: 0o600 })
  settle(path, like)
}

/** Gives a file its owner and mode, and brings it to the disk. */
export function settle(path: string, like?: Ownership): void {
  const now = statSync(path)
  if (like && (now.uid !== like.uid || now.gid !== like.gid)) chownSync(path, like.uid, like.gid)
  chmodSync(path, like ? like.mode & 0o7777 : 0o644)
  syncPath(path)
}

/** Brings a file, or the names in a folder, to the disk. */
export function syncPath(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** The bytes of a file that somebody named. Throws a Failure where it cannot be read. */
export function readInput(path: string): Uint8Array {
  return attempt(`read ${path}`, () => readFileSync(path))
}
