import type { Day } from '../language/day.ts'
import type { History, OverrideHistory } from './history.ts'
import type { Span } from './history-spans.ts'

/** What Git knows of an override and of one of its destinations. */
export interface Past {
  /** Null for an override that is new. */
  readonly override: OverrideHistory | null
  /** The day since when one override or another has applied to the destination; null where none does. */
  readonly overriddenSince: Day | null
  /** Times in which the destination was overridden, and that have ended; the earliest first. */
  readonly earlier: readonly Span[]
}

/** The past of a file, if there is one, and of a lookup key; null where the history is unknown. */
export function pastOf(
  path: string | undefined,
  key: string,
  history: History | undefined,
): Past | null {
  if (!history) return null
  const spans = history.destinations.get(key) ?? []
  return {
    override: (path !== undefined && history.overrides.get(path)) || null,
    overriddenSince: spans.find(({ until }) => until === undefined)?.from.day ?? null,
    earlier: spans.filter(({ until }) => until !== undefined),
  }
}
