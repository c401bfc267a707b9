import type { Suggestion } from './suggest.ts'

/** One draft for all destinations that need the same and share a server, or share one with a third. */
export function joined(suggestions: readonly Suggestion[]): readonly Suggestion[] {
  const groups = new Map<string, number>()
  const parts: (Suggestion | undefined)[] = []
  for (const suggestion of suggestions) {
    const { problem, policy, ownSide } = suggestion
    const keys = suggestion.troubles
      .flatMap(({ servers, domain }) => (servers.length > 0 ? servers : [domain]))
      .map(server => JSON.stringify([problem, policy, ownSide, server]))
    const known = [...new Set(keys.flatMap(key => groups.get(key) ?? []))].sort((a, b) => a - b)
    const all = [...known.flatMap(index => parts[index] ?? []), suggestion]
    const at = known[0] ?? parts.length
    for (const index of known) parts[index] = undefined
    parts[at] = {
      ...suggestion,
      destinations: [...new Set(all.flatMap(one => one.destinations))],
      troubles: all.flatMap(one => one.troubles),
    }
    for (const [key, index] of groups) if (known.includes(index)) groups.set(key, at)
    for (const key of keys) groups.set(key, at)
  }
  return parts.filter(part => part !== undefined)
}
