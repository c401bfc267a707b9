import type { Day } from '../language/day.ts'
import { daysBetween } from '../language/day.ts'
import type { Override } from '../language/override.ts'
import type { History } from '../review/history.ts'
import type { Origin } from '../review/history-origin.ts'

/** How long an override has stood, and how its review date moved; null where nobody can tell. */
export interface Past {
  /** Why there may be nulls: a clone without its history, no Git, or a file that is not committed. */
  readonly known: 'git' | 'shallow' | 'none' | 'uncommitted'
  readonly written: Origin | null
  readonly since: Day | null
  /** Days from `since` to the day of the report. */
  readonly age: number | null
  /** How often the review date was moved to a later day. */
  readonly extensions: number | null
  /** How often it was moved at all, later or earlier, as far as Git tells; 0 outside of Git. */
  readonly moves: number | null
}

/** What Git says of an override; outside of it, its renewals are counted. */
export function pastOf(override: Override, asOf: Day, history: History | 'shallow' | 'none'): Past {
  const { path, reviewDate, renewals } = override
  const unknown = { written: null, since: null, age: null } as const
  if (history === 'shallow') return { known: history, ...unknown, extensions: null, moves: null }
  if (history === 'none')
    return { known: history, ...unknown, extensions: renewals.length, moves: 0 }
  const found = history.overrides.get(path)
  if (!found)
    return {
      known: 'uncommitted',
      ...unknown,
      extensions: renewals.length,
      moves: renewals.length,
    }
  // The date may have been moved since the last commit.
  const last = found.reviewDates.at(-1) ?? reviewDate
  return {
    known: 'git',
    written: found.written,
    since: found.written.day,
    age: daysBetween(found.written.day, asOf),
    extensions: found.extensions + (last < reviewDate ? 1 : 0),
    moves: found.reviewDates.length - 1 + (last === reviewDate ? 0 : 1),
  }
}
