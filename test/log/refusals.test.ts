import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { gatherLines, logged, said } from './sayings.ts'

/**
 * What Postfix 3.7.11 and 3.11.6 logged of policies that kept a mail back, one row for each sort: `invalid`
 * ones it refuses itself, the others a recipient did not satisfy.
 */
const rows = readFileSync(join(import.meta.dirname, 'refusals.tsv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map(line => line.split('\t'))

/** A line as it was logged; of the last one the corpus keeps the status alone. */
function asLogged(message: string): string {
  const [, dsn, reason] = /^status=deferred dsn=(\S+) \((.*)\)$/s.exec(message) ?? []
  if (dsn === undefined || reason === undefined) return logged(message)
  const isReached = /handshake|certificate not/.test(reason)
  const relay = isReached ? 'n.example[192.0.2.1]:25' : 'none'
  return logged(said({ to: 'a@n.example', relay, reason }))
}

test.each(rows)('what Postfix logged for %s (%s, %s) is our own fault or theirs', (...row) => {
  const [, , verdict = '', log = ''] = row
  const [trouble, ...others] = gatherLines(...log.split(' || ').map(asLogged))
  expect(others).toEqual([])
  expect(trouble?.domain).toBe('n.example')
  expect(trouble?.fault === 'own-table', `${trouble?.fault}`).toBe(verdict === 'invalid')
  expect(trouble?.fault).not.toBe('transient')
})
