import { expect, test } from 'vitest'
import type { SourceForm } from '../../../src/install/import/read-source.ts'
import { readSource } from '../../../src/install/import/read-source.ts'

const read = (text: string, form?: SourceForm) => readSource(new TextEncoder().encode(text), form)

const answer = [
  { id: 1, dest: 'a.example', policy: 'encrypt', parameters: '', active: '1', modified: null },
  { id: 2, dest: 'b.example ', policy: 'may', parameters: 'ciphers=high', active: 0 },
  { id: 3, dest: 'c.example', policy: 'may', parameters: null, active: 1 },
  { id: 4, policy: 'may', parameters: '' },
]

const rows = [
  { place: 'id 1', destination: 'a.example', value: 'encrypt', active: true },
  { place: 'id 2', destination: 'b.example', value: 'may ciphers=high', active: false },
  { place: 'id 3', destination: 'c.example', value: 'may', active: false },
]

test("mailcow's answer is read", () => {
  const found = read(JSON.stringify(answer))
  expect(found).toMatchObject({ rows, leftOut: [{ place: 'id 4' }] })
  expect(read('{}')).toMatchObject({ rows: [], leftOut: [] })
  expect(read(JSON.stringify(answer[0]))).toMatchObject({ rows: [rows[0]] })
})

test('an answer that is an error says so', () => {
  expect(read('{"type":"error","msg":"authentication failed"}')).toEqual({
    fault: 'it is no list of entries: it says "authentication failed"',
  })
  expect(read('[{"dest": "a.example"')).toEqual({ fault: 'it is no JSON' })
  expect(read('+----+------+\n| id | dest |\n')).toEqual({
    fault: expect.stringContaining('mysql -B'),
  })
})

test('a list with gaps is read, and so are signs that came through a web page', () => {
  const [first] = answer
  expect(read(JSON.stringify({ 0: first, 2: { ...first, id: 7 } }))).toMatchObject({
    rows: [{ place: 'id 1' }, { place: 'id 7' }],
  })
  const parameters = 'protocols=&gt;=TLSv1.2:&lt;=TLSv1.3 tafile=/a&amp;b.pem'
  expect(read(JSON.stringify([{ ...first, parameters }]))).toMatchObject({
    rows: [
      {
        value: 'encrypt protocols=>=TLSv1.2:<=TLSv1.3 tafile=/a&amp;b.pem',
        notes: [expect.stringContaining('"&gt;"')],
      },
    ],
  })
  expect(read('<!DOCTYPE html>\n<html lang="en">')).toEqual({
    fault: 'it is a web page, and no answer of an API',
  })
})

test('SQL rows are read', () => {
  const text = [
    'id\tdest\tpolicy\tparameters\tactive\tcreated\tmodified',
    '1\ta.example\tencrypt\t\t1\t2024-05-01 12:00:00\tNULL',
    '2\tb.example \tmay\tciphers=high\t0\t2024-05-01 12:00:00\tNULL',
    '3\tc.example\tmay\tNULL\t1\t2024-05-01 12:00:00\tNULL',
    '',
  ].join('\n')
  expect(read(text)).toMatchObject({
    rows: rows.map(row => ({ ...row, place: `${row.place}, made on 2024-05-01` })),
    leftOut: [],
  })
  expect(read('dest\tpolicy\na\\tb\tmay\n')).toMatchObject({
    rows: [{ place: 'line 2', destination: 'a\tb', active: true }],
  })
})

test('a table may begin with a bracket', () => {
  expect(read('[mail.example]:587 encrypt\n[a.example] may\n')).toMatchObject({
    rows: [{ destination: '[mail.example]:587', value: 'encrypt' }, { value: 'may' }],
  })
})

test('a comment in Latin-1 is a comment, and an entry in Latin-1 is left out', () => {
  const text =
    '# K\xf6ln asked for it.\na.example may\nk\xf6ln.example may\n# \xc3\x9cber UTF-8\nb.example may\n'
  expect(readSource(Buffer.from(text, 'latin1'), undefined)).toMatchObject({
    rows: [
      { destination: 'a.example', comments: ['Köln asked for it.'] },
      { destination: 'b.example', comments: ['Über UTF-8'] },
    ],
    leftOut: [{ place: 'line 3', text: 'k\ufffdln.example may', why: 'it is not UTF-8' }],
  })
})

test('a form that is named is not guessed', () => {
  expect(read('dest\tpolicy\n', 'postfix')).toMatchObject({ rows: [{ destination: 'dest' }] })
  expect(read('a.example may\n', 'mailcow')).toEqual({ fault: 'it is no JSON' })
  expect(read('a.example may\n', 'tsv')).toEqual({ fault: expect.stringContaining('"dest"') })
})

test('comments go with the entry below them', () => {
  const text = [
    '# Head of the file.',
    '',
    '# ------',
    '# The bank asked for it.',
    'a.example encrypt',
    'b.example encrypt',
    '#c.example may',
    'd.example may',
    '',
    'e.example may',
    '# broken-dane.yaml, review by 2026-12-15',
    'f.example may',
  ].join('\n')
  const found = read(text)
  expect(found).toMatchObject({
    rows: [
      { destination: 'a.example', comments: ['The bank asked for it.'], block: [] },
      { destination: 'b.example', comments: [], block: ['The bank asked for it.'] },
      { destination: 'd.example', comments: [] },
      { destination: 'e.example', comments: [], block: [] },
      { destination: 'f.example', comments: [], block: [] },
    ],
    remarks: [
      'line 1: Head of the file.',
      'above line 8: c.example may',
      'above line 12: broken-dane.yaml, review by 2026-12-15',
    ],
  })
})

test('a byte order mark is part of a key, which never matches', () => {
  const why = expect.stringContaining('byte order mark')
  expect(read('\ufeffa.example may\nb.example may\n')).toMatchObject({
    rows: [{ destination: 'b.example' }],
    leftOut: [{ place: 'line 1', text: 'a.example may', why }],
  })
  expect(read('\ufeff# Head of the file.\nb.example may\n')).toMatchObject({
    rows: [{ destination: 'b.example', comments: [] }],
    leftOut: [{ place: 'line 1', text: '# Head of the file.', why }],
  })
  expect(read('\ufeff\nb.example may\n')).toMatchObject({ rows: [{}], leftOut: [] })
})

test('of mailcow, only active = 1 is active, and parameters are text', () => {
  const entry = { dest: 'a.example', policy: 'may', parameters: '' }
  const found = read(
    JSON.stringify([
      { ...entry, active: 2 },
      { ...entry, parameters: {} },
    ]),
  )
  expect(found).toMatchObject({
    rows: [{ place: 'entry 1', active: false }],
    leftOut: [{ place: 'entry 2', why: 'its parameters are no text' }],
  })
})

test('what says in another way that an entry is active is read, or the entry is left out', () => {
  const activeOf = (fields: object) => {
    const found = read(JSON.stringify([{ dest: 'a.example', policy: 'may', ...fields }]))
    return 'rows' in found ? (found.rows[0]?.active ?? found.leftOut[0]?.why) : found
  }
  for (const active of [1, '1', true, 'true', 'Yes', 'on', '✓', '✔'])
    expect([active, activeOf({ active })]).toEqual([active, true])
  for (const active of [0, '0', 2, false, null, '', 'no', 'off', '✕', '✗', '✘'])
    expect([active, activeOf({ active })]).toEqual([active, false])
  expect(activeOf({})).toBe(true)
  expect(activeOf({ active: 'Ja', active_int: '1' })).toBe(true)
  expect(activeOf({ active: '✓', active_int: 0 })).toBe(false)
  for (const active of ['Ja', 'constructor', {}])
    expect(activeOf({ active })).toContain('does not say whether it is active; expected 1 or 0')
})

test('SQL rows of all columns are read without their head', () => {
  const text = [
    '1\ta.example\tencrypt\t\t2024-05-01 12:00:00\tNULL\t1',
    '2\tb.example\tmay\tciphers=high\t2024-05-01 12:00:00\t2024-06-01 12:00:00\t0',
  ].join('\n')
  expect(read(text)).toMatchObject({
    rows: [
      { destination: 'a.example', value: 'encrypt', active: true, notes: [] },
      { destination: 'b.example', value: 'may ciphers=high', active: false, notes: [] },
    ],
    leftOut: [],
  })
  expect(read('[a.example]\tencrypt\tciphers=high\n')).toMatchObject({
    rows: [{ destination: '[a.example]', value: 'encrypt\tciphers=high' }],
  })
})

test('an SQL row that is cut, or has a column too many, is left out', () => {
  const found = read(
    'dest\tpolicy\tparameters\na.example\tsecure\nb.example\tmay\t\nc.example\tmay\t\t1\n',
  )
  expect(found).toMatchObject({
    rows: [{ place: 'line 3', destination: 'b.example' }],
    leftOut: [
      { place: 'line 2', text: 'a.example secure', why: expect.stringContaining('2 columns') },
      { place: 'line 4', why: 'it has 4 columns, and the first line names 3' },
    ],
  })
})

test('an index and a text in UTF-16 are no source', () => {
  const index = Buffer.concat([Buffer.alloc(4096), Buffer.from('a.example may\n')])
  expect(readSource(index, undefined)).toEqual({ fault: expect.stringContaining('name the text') })
  const wide = Buffer.from('\ufeffa.example may\n', 'utf16le')
  expect(readSource(wide, undefined)).toEqual({ fault: 'it is UTF-16; save it as UTF-8' })
})

test('a line that begins with a NUL is left out, as by Postfix', () => {
  expect(read('\0x may\n')).toMatchObject({ rows: [], leftOut: [{ place: 'line 1' }] })
})
