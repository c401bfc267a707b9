import { expect, test } from 'vitest'
import type { Change } from '../../src/review/changes.ts'
import { findChanges } from '../../src/review/changes.ts'
import type { Files } from './sides.ts'
import { changeOf, changesOf, side } from './sides.ts'

const may = 'destination: partner.example\npolicy: may'
const encrypt = 'destination: partner.example\npolicy: encrypt'

function summary(change: Change) {
  const { destination, comparison, before, after } = change
  return [change.change, destination, comparison.verdict, before.by, after.by]
}

const summaries = (before: Files, after: Files) => changesOf(before, after).map(summary)

test('the override for broken TLSA records exposes mail and lets it out; its removal undoes that', () => {
  const added = changeOf({}, { 'a.yaml': may })
  expect(added).toMatchObject({ change: 'added', old: null, fields: [], extendedDays: 0 })
  expect(added.comparison).toMatchObject({
    verdict: 'weaker',
    exposes: expect.arrayContaining(['tlsa-match', 'tlsa-mismatch']),
    stops: [],
    releases: ['tlsa-mismatch', 'tlsa-lookup-failure', 'tlsa-no-starttls'],
  })
  expect(added.sentences).toContain(
    'A recipient whose TLSA records do not match or cannot be looked up: mail was refused, will be delivered encrypted to whoever answers.',
  )
  const removed = changeOf({ 'a.yaml': may }, {})
  expect(removed).toMatchObject({ change: 'removed', new: null })
  expect(removed.comparison).toMatchObject({
    verdict: 'stronger',
    exposes: [],
    stops: added.comparison.releases,
    releases: [],
  })
})

test('nothing changes between two equal sides', () => {
  expect(changesOf({ 'a.yaml': may }, { 'a.yaml': may })).toEqual([])
  expect(changesOf({}, {})).toEqual([])
})

const parent = 'destination: .partner.example\npolicy: encrypt'
const child = 'destination: mail.partner.example\npolicy: none'

test.each<[string, Files, Files, readonly unknown[][]]>([
  [
    'an override removed below a parent falls back to the parent',
    { 'p.yaml': parent, 'c.yaml': child },
    { 'p.yaml': parent },
    [['removed', 'mail.partner.example', 'stronger', 'own', 'parent']],
  ],
  [
    'an override added below a parent is compared with it',
    { 'p.yaml': parent },
    { 'p.yaml': parent, 'c.yaml': child },
    [['added', 'mail.partner.example', 'weaker', 'parent', 'own']],
  ],
  [
    'an override that equals its parent changes nothing for mail',
    { 'p.yaml': parent },
    { 'p.yaml': parent, 'c.yaml': child.replace('none', 'encrypt') },
    [['added', 'mail.partner.example', 'same', 'parent', 'own']],
  ],
  [
    'the nearest of several parents counts',
    { 'p.yaml': parent, 'q.yaml': 'destination: .example\npolicy: none', 'c.yaml': child },
    { 'p.yaml': parent, 'q.yaml': 'destination: .example\npolicy: none' },
    [['removed', 'mail.partner.example', 'stronger', 'own', 'parent']],
  ],
  [
    'a parent falls back to the domain above it',
    { 'p.yaml': parent, 'q.yaml': 'destination: .example\npolicy: none' },
    { 'q.yaml': 'destination: .example\npolicy: none' },
    [['removed', '.partner.example', 'weaker', 'own', 'parent']],
  ],
  [
    'a parent does not cover the domain itself',
    { 'p.yaml': parent, 'c.yaml': 'destination: partner.example\npolicy: none' },
    { 'p.yaml': parent },
    [['removed', 'partner.example', 'stronger', 'own', 'baseline']],
  ],
  [
    'a parent covers no host in brackets',
    { 'p.yaml': parent, 'c.yaml': 'destination: "[mail.partner.example]"\npolicy: encrypt' },
    { 'p.yaml': parent },
    [['removed', '[mail.partner.example]', 'mixed', 'own', 'baseline']],
  ],
  [
    'a parent that is switched off covers nothing',
    { 'p.yaml': `${parent}\nactive: false`, 'c.yaml': child },
    { 'p.yaml': `${parent}\nactive: false` },
    [['removed', 'mail.partner.example', 'stronger', 'own', 'baseline']],
  ],
  [
    'a parent that goes with its child leaves the baseline',
    { 'p.yaml': parent, 'c.yaml': child },
    {},
    [
      ['removed', '.partner.example', 'mixed', 'own', 'baseline'],
      ['removed', 'mail.partner.example', 'stronger', 'own', 'baseline'],
    ],
  ],
])('%s', (_name, before, after, expected) => {
  expect(summaries(before, after)).toEqual(expected)
})

test('names in a certificate are judged by the destination, also through its parent', () => {
  const secure = 'policy: secure\nparameters: { match: mx.partner.example }'
  const before = { 'p.yaml': `destination: .partner.example\n${secure}` }
  const after = { ...before, 'c.yaml': `destination: a.partner.example\n${secure}` }
  expect(changeOf(before, after).comparison.verdict).toBe('same')
})

const list = (...names: readonly string[]) =>
  `destination: [${names.map(name => `"${name}"`).join(', ')}]\npolicy: encrypt`

test('each destination of a list is a change of its own, and their order does not count', () => {
  const before = { 'a.yaml': list('a.example', 'b.example', 'c.example') }
  expect(summaries(before, { 'a.yaml': list('c.example', 'a.example', 'b.example') })).toEqual([])
  expect(summaries(before, { 'a.yaml': list('a.example', 'd.example') })).toEqual([
    ['removed', 'b.example', 'mixed', 'own', 'baseline'],
    ['removed', 'c.example', 'mixed', 'own', 'baseline'],
    ['added', 'd.example', 'mixed', 'baseline', 'own'],
  ])
})

test('a list that is divided over two files is moved', () => {
  const after = { 'a.yaml': list('a.example'), 'b.yaml': list('b.example') }
  const change = changeOf({ 'a.yaml': list('a.example', 'b.example') }, after)
  expect(summary(change)).toEqual(['moved', 'b.example', 'same', 'own', 'own'])
  expect([change.old?.path, change.new?.path]).toEqual(['a.yaml', 'b.yaml'])
})

test('a renamed file is moved, and one that is changed as well is changed', () => {
  expect(summaries({ 'a.yaml': may }, { 'b.yaml': may })).toEqual([
    ['moved', 'partner.example', 'same', 'own', 'own'],
  ])
  expect(summaries({ 'a.yaml': may }, { 'b.yaml': encrypt })).toEqual([
    ['changed', 'partner.example', 'stronger', 'own', 'own'],
  ])
})

test.each([
  ['the spellings of a name', 'münchen.example', 'xn--mnchen-3ya.example'],
  ['case', 'Partner.Example', 'partner.example'],
  ['case in brackets', '[Relay.Example]:SMTP', '[relay.example]:smtp'],
])('%s does not count', (_name, before, after) => {
  expect(changesOf({ 'a.yaml': list(before) }, { 'a.yaml': list(after) })).toEqual([])
  expect(changesOf({}, { 'a.yaml': list(after) })).toHaveLength(1)
  expect(changeOf({ 'a.yaml': list(before) }, {}).destination).toBe(before)
})

test('switching an override on or off adds or removes it', () => {
  const off = { 'a.yaml': `${may}\nactive: false` }
  const on = changeOf(off, { 'a.yaml': may })
  expect(summary(on)).toEqual(['added', 'partner.example', 'weaker', 'baseline', 'own'])
  expect(on.fields).toEqual(['active'])
  const back = changeOf({ 'a.yaml': may }, off)
  expect(summary(back)).toEqual(['removed', 'partner.example', 'stronger', 'own', 'baseline'])
  expect(back.new?.path).toBe('a.yaml')
  expect(changesOf({}, off)).toEqual([])
  expect(changesOf(off, { 'a.yaml': `${encrypt}\nactive: false` })).toEqual([])
})

test('an override that was switched off all along is no part of a removal', () => {
  const off = { 'b.yaml': `${encrypt}\nactive: false` }
  expect(changeOf({ 'a.yaml': may, ...off }, off)).toMatchObject({ new: null, fields: [] })
  expect(changeOf(off, { 'a.yaml': may, ...off })).toMatchObject({ old: null, fields: [] })
})

const noted = `${may}
owner: "@mail"
ticket: MAIL-1
problem: tlsa-mismatch
contacted: [{ date: 2026-11-18, to: a@x.example }, { date: 2026-11-19, to: b@x.example }]
renewals:
  - { date: 2026-11-18, until: 2026-12-01, because: "The new certificate is ordered." }
  - { date: 2026-12-01, until: 2026-12-15, because: "The certificate is there, the record not." }
justification: The TLSA record names an old certificate.
review_date: 2026-12-15`

test.each([
  ['justification', 'an old certificate', 'a new one'],
  ['owner', '@mail', '@other'],
  ['ticket', 'MAIL-1', 'MAIL-2'],
  ['ticket', 'ticket: MAIL-1\n', ''],
  ['problem', 'tlsa-mismatch', 'other'],
  ['contacted', 'b@x', 'c@x'],
  ['renewals', 'is ordered', 'is on its way'],
  ['review_date', 'review_date: 2026-12-15', 'review_date: 2027-01-15'],
])(
  'a change of the %s alone is a change after which mail is treated as before',
  (field, from, to) => {
    const change = changeOf({ 'a.yaml': noted }, { 'a.yaml': noted.replace(from, to) })
    expect(summary(change)).toEqual(['changed', 'partner.example', 'same', 'own', 'own'])
    expect(change.fields).toEqual([field])
    expect(change.sentences).toEqual([])
  },
)

test.each([
  ['blanks and lines', 'The TLSA record names', '>-\n  The TLSA\n  record  names'],
  ['CRLF', '\n', '\r\n'],
  ['comments', 'policy: may', 'policy: may # for now'],
  ['quotes', 'MAIL-1', '"MAIL-1"'],
  [
    'the order of those who were told',
    '{ date: 2026-11-18, to: a@x.example }, { date: 2026-11-19, to: b@x.example }',
    '{ date: 2026-11-19, to: b@x.example }, { date: 2026-11-18, to: a@x.example }',
  ],
  ['what is true anyway', 'policy: may', 'policy: may\nactive: true'],
])('%s in a file are no change', (_name, from, to) => {
  const after = noted.replaceAll(from, to)
  expect(after).not.toBe(noted)
  expect(changesOf({ 'a.yaml': noted }, { 'a.yaml': after })).toEqual([])
})

test.each([
  ['the order of a list', 'exclude: [aNULL, RC4]', 'exclude: [RC4, aNULL]'],
  ['a list as Postfix writes it', 'exclude: [aNULL, RC4]', 'exclude: aNULL:RC4'],
  ['a repeated element', 'exclude: [aNULL, RC4]', 'exclude: [aNULL, RC4, aNULL]'],
  ['a value that another replaces', 'connection_reuse: yes', 'connection_reuse: [no, yes]'],
])('%s is no change of parameters', (_name, from, to) => {
  const [before, after] = [from, to].map(text => ({ 'a.yaml': `${may}\nparameters: { ${text} }` }))
  expect(changesOf(before ?? {}, after ?? {})).toEqual([])
})

test.each([
  ['protocols: ">=TLSv1.2"', 'protocols: ">=TLSv1"', 'weaker'],
  ['exclude: [aNULL, RC4]', 'exclude: [aNULL]', 'weaker'],
  ['exclude: [aNULL]', 'exclude: [aNULL, RC4]', 'stronger'],
  ['servername: a.example', 'servername: b.example', 'mixed'],
  ['connection_reuse: yes', 'connection_reuse: no', 'other'],
])('parameters have their share in the verdict: %s to %s', (from, to, verdict) => {
  const [before, after] = [from, to].map(text => ({ 'a.yaml': `${may}\nparameters: { ${text} }` }))
  const change = changeOf(before ?? {}, after ?? {})
  expect(change).toMatchObject({ change: 'changed', fields: ['parameters'] })
  expect(change.comparison.verdict).toBe(verdict)
  expect(change.sentences).toHaveLength(1)
})

test.each([
  ['2026-12-15', '2027-01-15', 31],
  ['2026-12-15', '2026-12-14', 0],
  ['2026-12-15', '2026-12-15', 0],
])('from %s to %s a review date is extended by %i days', (from, to, days) => {
  const dated = (policy: string, date: string) => ({
    'a.yaml': `destination: a.example\npolicy: ${policy}\nreview_date: ${date}`,
  })
  const change = changeOf(dated('may', from), dated('encrypt', to))
  expect(change.reviewDate).toEqual({ before: from, after: to })
  expect(change.extendedDays).toBe(days)
})

test('a side without an override has no review date, and nothing is extended', () => {
  const added = changeOf({}, { 'a.yaml': may })
  expect(added.reviewDate).toEqual({ before: null, after: '2026-12-15' })
  expect(added.extendedDays).toBe(0)
})

test('each side is judged by its own settings, and what they do to an override is told', () => {
  const dane = 'destination: partner.example\npolicy: dane'
  const before = { 'a.yaml': dane, 'b.yaml': may.replace('partner', 'other') }
  const after = { ...before, '_settings.yaml': 'postfix: { dns_support_level: enabled }' }
  const change = changeOf(before, after)
  expect(summary(change)).toEqual(['changed', 'partner.example', 'weaker', 'own', 'own'])
  expect(change.fields).toEqual([])
})

test('an override that both sides share is judged by the settings of each', () => {
  const shared = side({ 'a.yaml': 'destination: partner.example\npolicy: dane' })
  const { settings } = side({ '_settings.yaml': 'postfix: { dns_support_level: disabled }' })
  expect(findChanges(shared, shared)).toEqual([])
  expect(findChanges(shared, { ...shared, settings })).toHaveLength(1)
})

test('of two overrides for one destination the first counts, and a file that cannot be read is absent', () => {
  const twice = { 'a.yaml': may, 'b.yaml': encrypt }
  expect(changesOf({ 'a.yaml': may }, twice)).toEqual([])
  expect(summaries(twice, { 'b.yaml': encrypt })).toEqual([
    ['changed', 'partner.example', 'stronger', 'own', 'own'],
  ])
  expect(summaries({ 'a.yaml': may }, { 'a.yaml': 'destination: [' })).toEqual([
    ['removed', 'partner.example', 'stronger', 'own', 'baseline'],
  ])
  const parents = { 'p.yaml': parent, 'q.yaml': parent.replace('encrypt', 'none') }
  expect(summaries({ ...parents, 'c.yaml': child }, parents)).toEqual([
    ['removed', 'mail.partner.example', 'stronger', 'own', 'parent'],
  ])
})

test('changes are in the order of every list', () => {
  const after = {
    'a.yaml': 'destination: a.example\npolicy: dane',
    'b.yaml': 'destination: b.example\npolicy: may',
    'c.yaml': 'destination: c.example\npolicy: none',
    'd.yaml': 'destination: d.example\npolicy: dane-only',
    'e.yaml': 'destination: e.example\npolicy: may',
  }
  expect(changesOf({}, after).map(({ destination }) => destination)).toEqual([
    'c.example',
    'b.example',
    'e.example',
    'd.example',
    'a.example',
  ])
})
