import type { OverrideHistory } from './history.ts'
import type { Facts, Patch } from './history-patch.ts'
import { readFacts } from './history-patch.ts'

/** An override as a commit left it. */
export interface File {
  readonly text: string
  readonly facts: Facts
  readonly history: OverrideHistory
}

/** One file after a commit, as far as it can be read, and what it was before. */
export interface Step {
  readonly path: string
  readonly old: File | undefined
  /** Null where the file is gone. */
  readonly next: Pick<File, 'text' | 'facts'> | null
}

/** What a commit did to each override; a folder that moves takes a file away and brings the same. */
export function readSteps(
  patches: readonly Patch[],
  files: ReadonlyMap<string, File>,
): readonly Step[] {
  const steps = new Map<string, Step>()
  for (const { path, text } of patches) {
    const old = files.get(path)
    const facts = text === null ? undefined : readFacts(path, text)
    if (text !== null && facts) steps.set(path, { path, old, next: { text, facts } })
    else if (text === null && old && !steps.has(path)) steps.set(path, { path, old, next: null })
  }
  return [...steps.values()]
}

/**
 * Finds what a file was before a commit. A decision is known by its destination: where that leaves one
 * file and comes to another, it went there, and a name that is used again says nothing.
 */
export function followKeys(steps: readonly Step[]) {
  const left = new Map<string, File>()
  const came = new Set<string>()
  for (const { old, next } of steps) {
    const [was, is] = [old?.facts.keys ?? [], next?.facts.keys ?? []]
    for (const key of was) if (old && !is.includes(key)) left.set(key, old)
    for (const key of is) if (!was.includes(key)) came.add(key)
  }
  return (old: File | undefined, facts: Facts | undefined): File | undefined => {
    if (!facts || old?.facts.keys.some(key => facts.keys.includes(key))) return old
    const key = facts.keys.find(key => left.has(key))
    if (key !== undefined) return left.get(key)
    return old?.facts.keys.some(key => came.has(key)) ? undefined : old
  }
}
