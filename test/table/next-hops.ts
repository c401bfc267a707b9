import { readFileSync } from 'node:fs'

/** A next-hop that a real Postfix was asked for, and the key that it found; `rcpt:DOMAIN` is a recipient's. */
export interface MeasuredKey {
  readonly nextHop: string
  readonly key: string | undefined
}

/** What was measured with a table of all the keys that occur here. */
export function readMeasuredKeys(): readonly MeasuredKey[] {
  const text = readFileSync(new URL('keys.tsv', import.meta.url), 'utf8')
  const [, ...lines] = text.trimEnd().split('\n')
  return lines
    .map(line => line.split('\t'))
    .filter(([, key]) => key !== 'fatal')
    .map(([nextHop = '', key]) => ({ nextHop, key: key === '-' ? undefined : key }))
}

/** What a person would ask about. */
export function questionOf(nextHop: string): string {
  return nextHop.replace(/^rcpt:/, 'somebody@')
}
