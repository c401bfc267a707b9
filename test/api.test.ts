import { expect, test } from 'vitest'
import { check, compare, compile, explain } from '../src/api.ts'

const good = {
  path: 'partner.yaml',
  text: `destination: [partner.example, .partner.example]
policy: encrypt
justification: The contract asks for encryption, and their certificate is self-signed.
review_date: 2027-01-13
`,
}
const bad = { path: 'bad.yaml', text: good.text.replace('encrypt', 'required') }

test('check says where a fault is, and keeps dated rules for callers who name a day', () => {
  const [found] = check([bad]).diagnostics
  expect(found).toMatchObject({ rule: 'unknown-value', file: 'bad.yaml', line: 2, column: 9 })
  expect(check([good], '2028-01-01').diagnostics.map(({ rule }) => rule)).toEqual(['overdue'])
  expect(check([good])).toEqual({ diagnostics: [], overrides: 1 })
})

test('compile gives the table, or why there is none', () => {
  const compiled = compile([good])
  expect(compiled).toMatchObject({
    entries: [
      { key: '.partner.example', value: 'encrypt', file: 'partner.yaml' },
      { key: 'partner.example', value: 'encrypt', file: 'partner.yaml' },
    ],
  })
  expect('table' in compiled && compiled.table).toContain('\npartner.example encrypt\n')
  expect(compile([good, bad])).toMatchObject({ diagnostics: [{ severity: 'error' }] })
})

test('explain names the entry, and compare what a change does', () => {
  expect(explain([good], 'mx.partner.example').match).toMatchObject({
    how: 'parent',
    entry: { key: '.partner.example' },
  })
  expect(explain([good], 'other.example').match).toBeNull()
  const verdict = compare({ policy: 'dane', parameters: {} }, { policy: 'may', parameters: {} })
  expect(verdict).toMatchObject({ verdict: 'weaker', stops: [] })
  expect(verdict.releases).toContain('tlsa-mismatch')
})
