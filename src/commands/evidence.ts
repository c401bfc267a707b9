import { resolve } from 'node:path'
import { readTail } from '../io/input.ts'
import { decode } from '../language/encoding.ts'
import { harmless } from '../language/harmless.ts'
import { passesOf, readEvidence } from '../probe/evidence.ts'
import type { Pass } from '../probe/pass.ts'
import type { World } from './world.ts'

/** Bytes of a file: hundreds of servers in each of a hundred passes. */
const most = 32 * 1024 * 1024

/** What the rechecks that wrote these files saw, here and on other hosts, in order of time. */
export function readPasses(world: World, paths: readonly string[]): readonly Pass[] {
  const records = paths.flatMap(path => {
    const { bytes, isWhole } = readTail(resolve(world.cwd, path), most)
    if (!isWhole)
      world.stderr.write(`${harmless(path)} is so large that only its last 32 MB count\n`)
    const read = readEvidence(decode(bytes).text, world.now())
    if (read.leftOut > 0)
      world.stderr.write(
        `${harmless(path)}: ${read.leftOut} lines are no evidence, or of the future, and do not count\n`,
      )
    return read.records
  })
  return passesOf(records)
}
