import type { Origin } from './history-origin.ts'
import type { Facts } from './history-patch.ts'

/** A time in which a destination was overridden, by one override or by several in turn. */
export interface Span {
  /** The file that began it. */
  readonly path: string
  readonly from: Origin
  /** Absent where it still is. */
  readonly until?: Origin
}

/**
 * The times in which each lookup key was overridden; what closes and opens in one commit goes on.
 */
export interface Spans {
  readonly byKey: ReadonlyMap<string, readonly Span[]>
  readonly close: (facts: Facts, until: Origin) => void
  readonly open: (facts: Facts, span: Span) => void
  /** Ends a commit. */
  readonly settle: () => void
}

interface Pending {
  readonly wasHeld: boolean
  readonly opened?: Span
  readonly closed?: Origin
}

/** Nothing is overridden yet. */
export function startSpans(): Spans {
  const byKey = new Map<string, Span[]>()
  const holders = new Map<string, number>()
  const pending = new Map<string, Pending>()
  const count = (keys: readonly string[], by: number, change: Omit<Pending, 'wasHeld'>) => {
    for (const key of keys) {
      const held = holders.get(key) ?? 0
      pending.set(key, { wasHeld: held > 0, ...pending.get(key), ...change })
      holders.set(key, held + by)
    }
  }
  const settle = () => {
    for (const [key, { wasHeld, opened, closed }] of pending) {
      const isHeld = (holders.get(key) ?? 0) > 0
      const spans = byKey.get(key) ?? []
      byKey.set(key, spans)
      const last = spans.at(-1)
      if (!wasHeld && isHeld && opened) spans.push(opened)
      if (wasHeld && !isHeld && last && closed) spans.splice(-1, 1, { ...last, until: closed })
    }
    pending.clear()
  }
  return {
    byKey,
    close: ({ active, keys }, closed) => count(active ? keys : [], -1, { closed }),
    open: ({ active, keys }, opened) => count(active ? keys : [], 1, { opened }),
    settle,
  }
}
