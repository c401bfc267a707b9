import { lstatSync, readFileSync } from 'node:fs'
import { Failure } from './failure.ts'

/** The bytes of a file, or of standard input where it is `-`. Throws a Failure where it cannot be read. */
export function readInput(path: string): Uint8Array {
  try {
    return readFileSync(path === '-' ? 0 : path)
  } catch (error) {
    throw new Failure(`cannot read ${path}: ${(error as Error).message}`)
  }
}

/** Whether something is there, of whatever kind; a link that leads nowhere is something. */
export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}
