import { expect, test } from 'vitest'
import { compile } from './compile.ts'
import { expectAsked } from './table.ts'
import { around, spellings, traps } from './traps.ts'

const pin = `${'AB:'.repeat(31)}CD`

const base = {
  destination: 'partner.example',
  policy: 'may',
  justification: 'Their certificate expired in October; postmaster was told.',
  review_date: '2026-12-15',
}

/** Fields in flow style, so that one of them can hold any spelling of a value. */
function override(fields: Readonly<Record<string, string>>): string {
  return Object.entries({ ...base, ...fields })
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('')
}

const parameter = (policy: string, name: string) => (value: string) =>
  override({ policy, parameters: `{ ${name}: ${value} }` })

/** Every field of an override that holds a text, a usual value of it, and a file around a value. */
const fields: Readonly<Record<string, readonly [string, (value: string) => string]>> = {
  destination: ['partner.example', value => override({ destination: value })],
  'a host': ['[mx.partner.example]:587', value => override({ destination: value })],
  'a list of destinations': [
    'a.example',
    value => override({ destination: `[${value}, b.example]` }),
  ],
  policy: ['encrypt', value => override({ policy: value })],
  match: ['hostname', parameter('secure', 'match')],
  'a list of match': ['.a.example', value => parameter('verify', 'match')(`[nexthop, ${value}]`)],
  pins: [pin, parameter('fingerprint', 'match')],
  tafile: ['/etc/ca.pem', parameter('secure', 'tafile')],
  protocols: ['>=TLSv1.2', parameter('encrypt', 'protocols')],
  ciphers: ['high', parameter('may', 'ciphers')],
  exclude: ['aNULL', parameter('dane', 'exclude')],
  servername: ['hostname', parameter('may', 'servername')],
  connection_reuse: ['yes', parameter('may', 'connection_reuse')],
  'the name of a parameter': [
    'protocols',
    value => override({ parameters: `{ ${value}: TLSv1.2 }` }),
  ],
  'the name of a field': ['owner', value => `${override({})}${value}: mail-team@example.org\n`],
  justification: [base.justification, value => override({ justification: value })],
  review_date: ['2026-12-15', value => override({ review_date: value })],
  problem: ['tlsa-mismatch', value => override({ problem: value })],
  owner: ['mail-team@example.org', value => override({ owner: value })],
  ticket: ['https://tickets.example/MAIL-42', value => override({ ticket: value })],
  'whom was told': [
    'postmaster@partner.example',
    value => override({ contacted: `[{ date: 2026-11-18, to: ${value} }]` }),
  ],
  'why it was renewed': [
    'A new certificate is ordered.',
    value => override({ renewals: `[{ date: 2026-11-20, until: 2026-12-15, because: ${value} }]` }),
  ],
}

for (const [name, [usual, file]] of Object.entries(fields))
  for (const [style, spell] of Object.entries(spellings))
    test(`nothing in ${name}, written with ${style}, adds to the table`, () => {
      // What escapes can say is tried in all ways; the other spellings can say less.
      const values =
        style === 'escapes' ? around(usual) : traps.map(trap => `${usual}${trap}${usual}`)
      for (const value of values) {
        const text = file(spell(value))
        const { table } = compile([['partner.yaml', text]])
        if (table !== undefined) expectAsked(table, [text])
      }
    })

test.each(Object.entries(fields))('a usual %s compiles', (_name, [usual, file]) => {
  for (const spell of [spellings.escapes, spellings['double quotes']])
    expect(compile([['partner.yaml', file(spell?.(usual) ?? '')]]).table).toBeDefined()
})

/**
 * What Postfix reads, but names to match: they may hold anything, and then match nothing. The other
 * fields may hold an emoji that is joined from several.
 */
const readByPostfix = Object.entries(fields)
  .slice(0, 13)
  .filter(([name]) => !name.endsWith('match'))

test.each(readByPostfix)('what cannot be seen in %s is refused', (_name, [usual, file]) => {
  const invisible = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u
  for (const trap of [...traps, '\u00ad', '\u2060', '\ufe0f', '\u3164', '\u{e0041}'].filter(one =>
    invisible.test(one),
  ))
    for (const value of [`${usual}${trap}`, `${usual.slice(0, 1)}${trap}${usual.slice(1)}`]) {
      const { table } = compile([['partner.yaml', file(spellings.escapes?.(value) ?? '')]])
      expect(table, JSON.stringify(value)).toBeUndefined()
    }
})

test('braces that Postfix would close elsewhere are refused', () => {
  for (const value of ['}{', 'a}{b', '{a}}{', '}', '{'])
    for (const [policy, name] of [
      ['secure', 'match'],
      ['secure', 'tafile'],
      ['may', 'exclude'],
    ]) {
      const text = override({
        policy: policy ?? '',
        parameters: `{ ${name}: "/${value}", servername: a.example }`,
      })
      expect(compile([['partner.yaml', text]]).table, `${name}=${value}`).toBeUndefined()
    }
})

const settings: Readonly<Record<string, (value: string) => string>> = {
  version: value => `postfix: { version: ${value} }`,
  default_policy: value => `postfix: { default_policy: ${value} }`,
  fingerprint_digest: value => `postfix: { fingerprint_digest: ${value} }`,
  require: value => `require: [${value}]`,
  'the name of a setting': value => `postfix: { ${value}: "3.7" }`,
}

test.each(Object.entries(settings))('nothing in the settings (%s) adds to the table', (_, file) => {
  const text = override({})
  for (const spell of Object.values(spellings))
    for (const value of traps.flatMap(trap => [trap, `3.7${trap}`, `${trap}dane`])) {
      const { table } = compile([
        ['_settings.yaml', `${file(spell(value))}\n`],
        ['partner.yaml', text],
      ])
      if (table !== undefined) expectAsked(table, [text])
    }
})
