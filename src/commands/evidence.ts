import { resolve } from 'node:path'
import { readInput } from '../io/input.ts'
import { decode } from '../language/encoding.ts'
import { harmless } from '../language/harmless.ts'
import { passesOf, readEvidence } from '../probe/evidence.ts'
import type { Pass } from '../probe/pass.ts'
import type { World } from './world.ts'

/** What the rechecks that wrote these files saw, here and on other hosts, in order of time. */
export function readPasses(world: World, paths: readonly string[]): readonly Pass[] {
  const records = paths.flatMap(path => {
    const read = readEvidence(decode(readInput(resolve(world.cwd, path))).text, world.now())
    if (read.leftOut > 0)
      world.stderr.write(
        `${harmless(path)}: ${read.leftOut} lines are no evidence, or of the future, and do not count\n`,
      )
    return read.records
  })
  return passesOf(records)
}
