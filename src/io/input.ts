import { closeSync, fstatSync, lstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { attempt } from './attempt.ts'
import { Failure } from './failure.ts'

/** The bytes of a file, or of standard input where it is `-`. Throws a Failure where it cannot be read. */
export function readInput(path: string): Uint8Array {
  return attempt(`read ${path}`, () => readFileSync(path === '-' ? 0 : path))
}

/**
 * The last whole lines of a file that only grows, up to so many bytes, and whether that is all of it.
 * Throws a Failure where it cannot be read.
 */
export function readTail(
  path: string,
  most: number,
): { readonly bytes: Uint8Array; readonly isWhole: boolean } {
  return attempt(`read ${path}`, () => {
    const file = openSync(path, 'r')
    try {
      const stat = fstatSync(file)
      if (!stat.isFile() || stat.size <= most) return { bytes: readFileSync(file), isWhole: true }
      const room = Buffer.alloc(most)
      const bytes = room.subarray(0, readSync(file, room, 0, most, stat.size - most))
      return { bytes: bytes.subarray(bytes.indexOf('\n') + 1), isWhole: false }
    } finally {
      closeSync(file)
    }
  })
}

/**
 * Whether something is there, of whatever kind; a link that leads nowhere is something. Throws a Failure
 * where nobody can tell, as below a file.
 */
export function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const reason = code === 'ENOTDIR' ? 'a file is in the way of its folder; move it away' : message
    throw new Failure(`cannot look at ${path}: ${reason}`)
  }
}
