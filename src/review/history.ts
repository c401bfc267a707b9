import type { Day } from '../language/day.ts'
import type { Arrival, Earlier } from './history-folders.ts'
import { joinLogs } from './history-folders.ts'
import { readCommits } from './history-log.ts'
import { walkMainLine } from './history-merges.ts'
import type { Origin, Origins } from './history-origin.ts'
import { originsOf } from './history-origin.ts'
import type { Facts, Patch } from './history-patch.ts'
import { readPatch } from './history-patch.ts'
import type { Span, Spans } from './history-spans.ts'
import { startSpans } from './history-spans.ts'
import type { File } from './history-steps.ts'
import { followKeys, readSteps } from './history-steps.ts'

/** Where the overrides of a commit come from. */
export interface History {
  /** By the path of the file, inside the policies folder. */
  readonly overrides: ReadonlyMap<string, OverrideHistory>
  /** By lookup key: when it was overridden, the earliest first. */
  readonly destinations: ReadonlyMap<string, readonly Span[]>
  /** When its folder was filled, where a commit before that could tell of another; the latest first. */
  readonly arrivals?: readonly Arrival[]
}

export interface OverrideHistory {
  /** The file came, under whatever name, with this. */
  readonly written: Origin
  /** The last change of its text; moves and line ends are none. */
  readonly changed: Origin
  /** The review dates that it had, the current one last. */
  readonly reviewDates: readonly Day[]
  /** How often the review date was moved to a later day. */
  readonly extensions: number
}

/** What to say where `Repository.log` gave nothing. */
export const unknownHistory =
  'unknown: this clone holds only the latest commits; get the others with git fetch --unshallow (in a workflow: fetch-depth: 0)'

/**
 * Reads the text of `Repository.log`, and of earlier folders, the latest first. A file that cannot
 * be read counts as it was before.
 */
export function readHistory(log: string, earlier: readonly Earlier[] = []): History {
  const files = new Map<string, File>()
  const spans = startSpans()
  const arrivals: Arrival[] = []
  for (const landing of walkMainLine(readFolders(log, earlier))) {
    const {
      hash,
      parents: [parent],
      patches: texts,
    } = landing.commit
    const patches = texts.flatMap(patch => readPatch(patch) ?? [])
    if (patches.length === 0) continue
    const wasEmpty = files.size === 0
    land(patches, originsOf(landing), files, spans)
    if (wasEmpty && parent !== undefined && files.size > 0)
      arrivals.unshift({ commit: hash, parent, paths: [...files.keys()] })
  }
  const overrides = [...files].map(([path, { history }]) => [path, history] as const)
  return { overrides: new Map(overrides), destinations: spans.byKey, arrivals }
}

function readFolders(log: string, earlier: readonly Earlier[]) {
  if (earlier.length === 0) return readCommits(log)
  const others = earlier.map(({ until, log }) => ({ until, commits: readCommits(log) }))
  return joinLogs(readCommits(log), others)
}

/** Applies what one commit of the main line did to all files. */
function land(
  patches: readonly Patch[],
  origins: (path: string) => Origins,
  files: Map<string, File>,
  spans: Spans,
): void {
  const steps = readSteps(patches, files)
  const findKnown = followKeys(steps)
  for (const { path, old, next } of steps) {
    const { first, last } = origins(path)
    const known = findKnown(old, next?.facts)
    const isSame = old && next && isForSame(old.facts, next.facts)
    if (old && !isSame) spans.close(old.facts, last)
    if (!next) {
      files.delete(path)
      continue
    }
    if (!isSame) spans.open(next.facts, { path, from: known ? last : first })
    const history = continueHistory(known, next.text, next.facts, { first, last })
    files.set(path, { ...next, history })
  }
  spans.settle()
}

function isForSame(a: Facts, b: Facts): boolean {
  return a.active === b.active && a.keys.join(' ') === b.keys.join(' ')
}

function continueHistory(
  known: File | undefined,
  text: string,
  { reviewDate }: Facts,
  { first, last }: Origins,
): OverrideHistory {
  if (!known) return { written: first, changed: last, reviewDates: [reviewDate], extensions: 0 }
  const { history } = known
  if (known.text === text) return history
  const before = known.facts.reviewDate
  if (before === reviewDate) return { ...history, changed: last }
  return {
    ...history,
    changed: last,
    reviewDates: [...history.reviewDates, reviewDate],
    extensions: history.extensions + (before < reviewDate ? 1 : 0),
  }
}
