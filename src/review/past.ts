import type { Change } from './changes.ts'
import type { History, OverrideHistory } from './history.ts'
import type { Span } from './history-spans.ts'

/** What Git knows of a change's override and destination, from before the change. */
export interface Past {
  /** Null for an override that is new. */
  readonly override: OverrideHistory | null
  /** Times in which the destination was overridden, and that have ended; the earliest first. */
  readonly earlier: readonly Span[]
}

/** Null where the history is unknown. */
export function pastOf({ old, key }: Change, history: History | undefined): Past | null {
  if (!history) return null
  const spans = history.destinations.get(key) ?? []
  return {
    override: (old && history.overrides.get(old.path)) ?? null,
    earlier: spans.filter(({ until }) => until !== undefined),
  }
}
