import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Failure } from './failure.ts'
import { writeFileAtomically } from './write.ts'

/**
 * Replaces a file whose bytes are still these, atomically; its mode stays. Throws a Failure where it
 * has changed meanwhile, and then leaves it as it is.
 */
export function replaceFile(path: string, before: Uint8Array, text: string): void {
  writeFileAtomically(path, text, undefined, () => refuseChanged(path, before))
}

/** Removes a file whose bytes are still these. Throws a Failure where it has changed meanwhile. */
export function removeFile(path: string, before: Uint8Array): void {
  try {
    refuseChanged(path, before)
    rmSync(path)
  } catch (error) {
    throw new Failure(`cannot remove ${path}: ${(error as Error).message}`)
  }
}

/** Writes a new file, whole or not at all. Throws a Failure where there is one already. */
export function createFile(path: string, text: string): void {
  const beside = join(dirname(path), `.tlspolicy-${randomUUID()}.new`)
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(beside, text, { flag: 'wx', flush: true })
    // A link, since a rename would replace a file that has appeared meanwhile.
    linkSync(beside, path)
  } catch (error) {
    throw new Failure(`cannot write ${path}: ${(error as Error).message}`)
  } finally {
    rmSync(beside, { force: true })
  }
}

function refuseChanged(path: string, before: Uint8Array): void {
  if (!readFileSync(path).equals(before))
    throw new Error('somebody has changed it meanwhile; run the command again')
}
