/** The candidate that differs least from what was written, if it is near enough to be a typing error. */
export function nearest(written: string, candidates: Iterable<string>): string | undefined {
  const word = written.toLowerCase().slice(0, 64)
  let best: string | undefined
  let least = Math.max(2, Math.floor(word.length / 3)) + 1
  for (const candidate of candidates) {
    // Each missing character is one change at least.
    if (Math.abs(candidate.length - word.length) >= least) continue
    const distance = editDistance(word, candidate.toLowerCase())
    if (distance < least) [best, least] = [candidate, distance]
  }
  return best
}

/** Levenshtein's distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, charA] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, charB] of [...b].entries()) {
      const change = (row[j] ?? 0) + (charA === charB ? 0 : 1)
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
