import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTable, readTableText } from '../../src/table/read-table.ts'
import { describeWithPostfix } from '../postfix/available.ts'
import { indexTable } from '../postfix/postmap.ts'

const odd = [
  '\ta.test may',
  '# The head of the file.',
  '',
  '# Their record is wrong.',
  'a.test encrypt',
  '',
  '  # between the lines',
  '\tprotocols=TLSv1.2',
  '   ciphers=high',
  'B.Test\tmay\r',
  '"q r.test" may',
  'q\\ s.test  may',
  'novalue',
  '"open may',
  'd.test\fmay',
  '\ve.test',
  'f.test may  ',
  'a.test none',
  'colon: may',
  'nul.test may\0x',
  'straße.test may',
  'bad\ufffd.test may',
  'nbsp.test\u00a0may',
  '# the end',
  'last.test may',
].join('\n')

test('entries have the lines and the comments that belong to them', () => {
  const [first, second] = readTable(odd)
  expect(first).toEqual({
    key: 'a.test',
    written: 'a.test',
    value: 'encrypt\tprotocols=TLSv1.2   ciphers=high',
    line: 5,
    end: 9,
    comments: ['Their record is wrong.', 'between the lines'],
  })
  expect(second).toMatchObject({ key: 'b.test', written: 'B.Test', value: 'may', line: 10 })
  expect(readTable(odd).at(-1)).toMatchObject({ key: 'last.test', comments: ['the end'] })
})

test('what is left out has a line and a reason, and no comment is lost', () => {
  const { lost, remarks } = readTableText(odd)
  expect(lost.map(({ line }) => line)).toEqual([1, 13, 14, 22, 23])
  expect(lost.map(({ why }) => why)).toEqual([
    expect.stringContaining('continues the one above'),
    expect.stringContaining('no value'),
    expect.stringContaining('quote'),
    expect.stringContaining('UTF-8'),
    expect.stringContaining('no value'),
  ])
  expect(remarks).toEqual([{ line: 2, text: 'The head of the file.' }])
})

test('a comment right above a line without value stays with that line', () => {
  expect(readTableText('# why\nalone\n\nb.test may\n')).toEqual({
    entries: [{ key: 'b.test', written: 'b.test', value: 'may', line: 4, end: 4, comments: [] }],
    lost: [{ line: 2, text: 'alone', why: expect.stringContaining('no value'), comments: ['why'] }],
    remarks: [],
  })
})

/** The first entry of each key, as an index holds it. */
function firsts(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const { key, value } of readTable(text)) if (!found.has(key)) found.set(key, value)
  return found
}

const linesOf = (table: ReadonlyMap<string, string>) =>
  [...table].map(([key, value]) => `${key}\t${value}`).sort()

describeWithPostfix('a table is read as postmap reads it', () => {
  test('with every oddity', () => {
    const bytes = Buffer.concat(
      odd.split('\ufffd').flatMap((part, index) => {
        const text = Buffer.from(part)
        return index > 0 ? [Buffer.from([0xff]), text] : [text]
      }),
    )
    const { dump } = indexTable(bytes)
    expect(dump().length).toBe(10)
    expect(linesOf(firsts(odd))).toEqual(dump())
  })

  test('however its lines are put together', () => {
    const piece = fc.constantFrom(
      ...[
        'a.test',
        'B.test',
        'ä.test',
        'Ä.test',
        '"x',
        '"',
        '\\',
        ' ',
        '\t',
        '\n',
        '\n',
        '\n ',
        '#',
      ],
      ...['may', 'encrypt', '\r\n', '\v', '\f', '\u00a0', 'protocols=!SSLv2,!SSLv3', ':', ','],
    )
    // One run of postmap reads many of them: each begins with a line of its own.
    const texts = fc.sample(fc.array(piece, { maxLength: 40 }), { numRuns: 400, seed: 7 })
    const text = texts.map((pieces, index) => `own${index}.test may\n${pieces.join('')}\n`).join('')
    const { dump } = indexTable(text)
    expect(linesOf(firsts(text))).toEqual(dump())
    expect(dump().length).toBeGreaterThan(400)
  })
})
