import type { Override } from '../../language/override.ts'
import { readOverride } from '../../language/read-override.ts'

/** Whether two values hold the same data; the order of fields does not count, that of lists does. */
export function isSameData(a: unknown, b: unknown): boolean {
  if (!isObject(a) || !isObject(b)) return Object.is(a, b)
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every(name => Object.hasOwn(b, name) && isSameData(a[name], b[name]))
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/**
 * An edited text, if it says exactly what was meant and is no worse than the text before: undefined
 * where the edit went wrong, so that nothing is written.
 */
export function ifMeant(before: string, after: string, meant: Override): string | undefined {
  const [old, now] = [readOverride(meant.path, before), readOverride(meant.path, after)]
  const known = new Set(old.faults.map(({ rule }) => rule))
  const isClean = now.faults.every(({ rule }) => known.has(rule))
  return isClean && now.override && isSameData(said(now.override), said(meant)) ? after : undefined
}

/** What an override says, without the places at which it says it. */
function said(override: Override): unknown {
  return { ...override, destinations: override.destinations.map(({ text }) => text) }
}
