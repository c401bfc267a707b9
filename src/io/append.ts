import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { Failure } from './failure.ts'

/**
 * Appends lines to a file, which is made where it is missing. Each line is one write at the end, so
 * that two writers never mix theirs; after a line that was cut off begins a new one. Throws a Failure.
 */
export function appendLines(path: string, lines: readonly string[]): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    const file = openSync(path, 'a+', 0o644)
    try {
      if (endsInLine(file)) writeSync(file, '\n')
      for (const line of lines) writeSync(file, `${line}\n`)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    throw new Failure(`cannot write ${path}: ${(error as Error).message}`)
  }
}

function endsInLine(file: number): boolean {
  const { size } = fstatSync(file)
  if (size === 0) return false
  const last = Buffer.alloc(1)
  readSync(file, last, 0, 1, size - 1)
  return last.toString('latin1') !== '\n'
}
