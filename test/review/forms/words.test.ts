import { expect, test } from 'vitest'
import { actionOf, fieldSentences, gistOf } from '../../../src/review/forms/words.ts'
import type { Files } from '../sides.ts'
import { changeOf } from '../sides.ts'

const may = 'destination: partner.example\npolicy: may\n'
const off = `${may}active: false\n`
const dane = may.replace('may', 'dane')
const withoutDnssec = { '_settings.yaml': 'postfix: { dns_support_level: enabled }' }

test.each<[string, Files, Files]>([
  ['new override for X', {}, { 'a.yaml': may }],
  ['override for X removed', { 'a.yaml': may }, {}],
  ['override for X switched on', { 'a.yaml': off }, { 'a.yaml': may }],
  ['override for X switched off', { 'a.yaml': may }, { 'a.yaml': off }],
  ['override for X changed', { 'a.yaml': may }, { 'a.yaml': dane }],
  ['override for X moved to another file', { 'a.yaml': may }, { 'b.yaml': may }],
  [
    'override for X as before, under other settings',
    { 'a.yaml': dane },
    { 'a.yaml': dane, ...withoutDnssec },
  ],
])('%s', (words, before, after) => {
  expect(actionOf(changeOf(before, after)).join('X')).toBe(words)
})

const protocols = (floor: string) => `parameters: { protocols: ">=${floor}" }\n`
const policy = (name: string) => may.replace('may', name)

test.each([
  ['none', 'may', 'Mail is protected more than before.'],
  ['may', 'none', 'Mail is protected less than before.'],
  [
    'may',
    'dane',
    'Mail is protected more than before; some mail that was delivered will not be delivered any more.',
  ],
  [
    'dane',
    'may',
    'Mail is protected less than before; some mail that was refused will be delivered.',
  ],
  [
    'dane',
    'encrypt',
    'Mail is protected less than before in one way, and more in another; some mail that was refused will be delivered; some mail that was delivered will not be delivered any more.',
  ],
  [
    'secure\nparameters: { servername: a.example }',
    'secure\nparameters: { servername: b.example }',
    'Mail is protected in another way than before, and neither clearly more nor clearly less.',
  ],
  [`none`, `may\n${protocols('TLSv1.2')}`, 'Mail is protected more than before.'],
  [`may\n${protocols('TLSv1.2')}`, `none\n`, 'Mail is protected less than before.'],
  [
    `encrypt\n${protocols('TLSv1.2')}`,
    `dane-only\n${protocols('TLSv1')}`,
    'Mail is protected less than before in one way, and more in another; some mail that was delivered will not be delivered any more.',
  ],
  ['encrypt\nowner: "@a"', 'encrypt\nowner: "@b"', 'Mail is treated as before.'],
  [
    'encrypt\nparameters: { connection_reuse: "yes" }',
    'encrypt\nparameters: { connection_reuse: "no" }',
    'Mail is protected as well as before, in another way.',
  ],
])('from %j to %j: %s', (before, after, gist) => {
  const { comparison } = changeOf({ 'a.yaml': policy(before) }, { 'a.yaml': policy(after) })
  expect(gistOf(comparison)).toBe(gist)
})

test('the fields that change are named, and none where an override comes or goes', () => {
  const noted = `${may}owner: "@a"\nticket: A-1\n`
  const other = noted.replace('@a', '@b').replace('A-1', 'A-2')
  expect(fieldSentences(changeOf({ 'a.yaml': noted }, { 'a.yaml': other }))).toEqual([
    'What changes in the file: owner and ticket.',
  ])
  expect(fieldSentences(changeOf({ 'a.yaml': may }, { 'a.yaml': dane }))).toEqual([
    'What changes in the file: policy.',
  ])
  expect(fieldSentences(changeOf({ 'a.yaml': off }, { 'a.yaml': noted }))).toEqual([])
})
