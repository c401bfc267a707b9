import fc from 'fast-check'

/** Pieces of a document; a mark stands wherever a comment may, and says of what sort it is. */
const beside = '\u0001'
const own = '\u0002'

const texts = fc.oneof(
  fc.constantFrom(
    'Their TLSA record names the certificate of last year.',
    'a: b # c',
    '- x, y [z] {"q"} \'s\'',
    '@team said "no" \u{1f600}',
    'line one\nline two\n\nafter a blank line',
    'ends with a line end\n',
    ' begins with a blank',
    '',
    'null',
    '1.5',
    'word '.repeat(60).trim(),
    'two  blanks  '.repeat(20).trim(),
  ),
  fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
)

const scalar = (text: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    JSON.stringify(text),
    ...(/^[\x20-\x7e]*$/.test(text) ? [`'${text.replaceAll("'", "''")}'`] : []),
    ...(/^[A-Za-z][\w .]*\w$/.test(text) && text !== 'null' ? [text] : []),
  )

/** A text below its key, which only a block can hold. */
const folded = fc
  .tuple(
    fc.constantFrom('>', '>-', '|', '|-', '|+'),
    fc.array(fc.constantFrom('Words here', 'more of them', 'x # y'), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([sign, lines]) => `${sign}${beside}\n${lines.map(line => `    ${line}`).join('\n')}\n`)

const day = fc.constantFrom('2026-12-15', '"2026-12-15"', "'2027-01-12'")
const value = texts.chain(scalar)

const flowMap = (fields: Readonly<Record<string, fc.Arbitrary<string>>>) =>
  fc.tuple(fc.record(fields), fc.boolean()).map(([record, isWide]) => {
    const gap = isWide ? `${beside}\n${own}      ` : ' '
    const inside = Object.entries(record).map(([name, text]) => `${name}: ${text}`)
    return `{${gap}${inside.join(`,${gap}`)}${gap}}`
  })

const blockMap = (fields: Readonly<Record<string, fc.Arbitrary<string>>>) =>
  fc.record(fields).map(record =>
    Object.entries(record)
      .map(([name, text]) => `${name}: ${text}`)
      .join(`${beside}\n${own}    `),
  )

const flowList = (item: fc.Arbitrary<string>, least = 0) =>
  fc
    .tuple(fc.array(item, { minLength: least, maxLength: 3 }), fc.boolean())
    .map(([items, isWide]) => {
      const gap = isWide ? `${beside}\n${own}    ` : ''
      return ` [${gap}${items.join(`,${gap} `)}${gap}]${beside}\n`
    })

const blockList = (item: fc.Arbitrary<string>) =>
  fc
    .array(item, { minLength: 1, maxLength: 3 })
    .map(items => `${beside}\n${items.map(text => `${own}  - ${text}${beside}\n`).join('')}${own}`)

const name = fc.constantFrom('a.example', '.b.example', '"[c.example]:587"', "'d.example'")
const renewal = { date: day, until: day, because: value }
const contact = { to: fc.constantFrom('a@b.example', '"Ann, by telephone"'), date: day }

const line = (text: fc.Arbitrary<string>) => text.map(text => ` ${text}${beside}\n`)

const fields = {
  destination: fc.oneof(line(name), flowList(name, 1), blockList(name)),
  policy: line(fc.constantFrom('may', '"encrypt"')),
  justification: fc.oneof(
    line(value),
    folded.map(text => ` ${text}`),
  ),
  review_date: line(day),
  parameters: fc.oneof(
    line(flowMap({ match: value, exclude: fc.constant('[aNULL, RC4]') })),
    fc
      .tuple(value, fc.oneof(flowList(value), blockList(value)))
      .map(
        ([text, list]) => `${beside}\n${own}  protocols: ${text}${beside}\n${own}  exclude:${list}`,
      ),
  ),
  active: line(fc.constantFrom('true', 'false')),
  owner: line(fc.constantFrom('a@b.example', '"@team"')),
  ticket: line(fc.constantFrom('MAIL-1', '"#1"')),
  contacted: fc.oneof(
    flowList(flowMap(contact)),
    blockList(fc.oneof(flowMap(contact), blockMap(contact))),
  ),
  renewals: fc.oneof(
    flowList(flowMap(renewal)),
    blockList(fc.oneof(flowMap(renewal), blockMap(renewal))),
  ),
}

type FieldName = keyof typeof fields

const names = Object.keys(fields) as FieldName[]
const needed: readonly FieldName[] = ['destination', 'policy', 'justification', 'review_date']

/** Documents with some of the fields in any order, and comments in any of the places for them. */
export function documents(styled = fields): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.shuffledSubarray(names, { minLength: 4 }),
      fc.record(styled),
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 60, maxLength: 60 }),
      fc.boolean(),
      fc.boolean(),
    )
    .map(([chosen, written, choices, isEnded, isWindows]) => {
      const all = [...new Set([...chosen, ...needed])]
      const body = all.map(field => `${own}${field}:${written[field]}`).join('') + own
      const text = withComments(body, choices)
      const ended = isEnded ? text : text.replace(/\n+$/, '')
      return isWindows ? ended.replaceAll('\n', '\r\n') : ended
    })
}

/** Marks as comments of their own wording, blank lines, or nothing. */
function withComments(body: string, choices: readonly number[]): string {
  let place = 0
  const next = () => choices[place++ % choices.length] ?? 0
  return body
    .replaceAll(beside, () => (next() < 3 ? ` # beside ${place}` : ''))
    .replaceAll(own, () => {
      const choice = next()
      if (choice === 0) return '\n'
      if (choice > 3) return ''
      return `${' '.repeat([0, 2, 6][choice - 1] ?? 0)}#own ${place}\n${next() < 3 ? '\n' : ''}`
    })
}
