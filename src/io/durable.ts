import type { Stats } from 'node:fs'
import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  statSync,
  writeFileSync,
} from 'node:fs'

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
