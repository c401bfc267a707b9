import { readFileSync } from 'node:fs'

/** What was measured: for each kind of recipient, the outcome by policy. */
export function readMeasured(): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const text = readFileSync(new URL('outcomes.tsv', import.meta.url), 'utf8')
  const [head = [], ...rows] = text
    .trimEnd()
    .split('\n')
    .map(line => line.split('\t'))
  return new Map(
    rows.map(([kind = '', , ...cells]) => [
      kind,
      new Map(cells.map((cell, index) => [head[index + 2] ?? '', cell])),
    ]),
  )
}
