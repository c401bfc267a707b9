import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Override } from '../../../src/language/override.ts'
import { readOverride } from '../../../src/language/read-override.ts'
import { renewOverride } from '../../../src/register/edit/renew.ts'
import { retireDestinations } from '../../../src/register/edit/retire.ts'
import { documents } from './documents.ts'

const renewing = {
  date: '2026-11-22',
  until: '2027-02-15',
  because: 'A new one is ordered.',
} as const

const anything = fc.oneof(
  fc.constantFrom(
    'a: b # c',
    '- x',
    'two\nlines',
    '"\'',
    '# no comment',
    '\u{1f600}, [x] {y}',
    '@x',
    '>',
  ),
  fc.string({ unit: 'grapheme-ascii', minLength: 1 }),
)

function read(text: string): Override {
  const { override, faults } = readOverride('a.yaml', text)
  if (!override) throw new Error(JSON.stringify(faults))
  return override
}

/** The lines of a text that another has not. */
function missingLines(text: string, other: string): readonly string[] {
  const rest = other.split(/\r?\n/)
  return text
    .split(/\r?\n/)
    .filter(line => line.trim() !== '')
    .filter(line => {
      const at = rest.indexOf(line)
      if (at >= 0) rest.splice(at, 1)
      return at < 0
    })
}

test('a renewal says what was meant and touches two lines, whatever the layout', () => {
  let count = 0
  fc.assert(
    fc.property(documents(), anything, (text, because) => {
      const { override } = readOverride('a.yaml', text)
      if (!override) return
      count += 1
      const edited = renewOverride(text, override, { ...renewing, because })
      if (edited === undefined) throw new Error('it is refused')
      expect(read(edited).renewals).toEqual([...override.renewals, { ...renewing, because }])
      expect(read(edited).reviewDate).toBe('2027-02-15')
      expect(missingLines(text, edited).length).toBeLessThanOrEqual(2)
    }),
    { numRuns: 100 },
  )
  expect(count).toBeGreaterThan(50)
})

test('an emergency is renewed in full and loses its mark', () => {
  fc.assert(
    fc.property(documents(), anything, (body, justification) => {
      const isWindows = body.includes('\r\n')
      const text = `emergency: true # at night${isWindows ? '\r' : ''}\n${body}`
      const { override } = readOverride('a.yaml', text)
      if (!override) return
      const contacted = [{ date: '2026-11-22', to: 'x@y.example' }] as const
      const full = { ...renewing, justification, owner: '@mail', ticket: '#2', contacted }
      const edited = renewOverride(text, override, full)
      if (edited === undefined) throw new Error('it is refused')
      expect(read(edited)).toMatchObject({ emergency: false, justification, owner: '@mail' })
      expect(edited.replaceAll('\r\n', '').includes('\n')).toBe(!isWindows)
    }),
    { numRuns: 60 },
  )
})

test('a destination leaves its list, and the comments and the other fields stay', () => {
  let count = 0
  fc.assert(
    fc.property(documents(), text => {
      const { override } = readOverride('a.yaml', text)
      const [retired, ...kept] = override?.destinations ?? []
      if (!override || !retired || kept.length === 0) return
      count += 1
      const edited = retireDestinations(text, override, [retired])
      if (edited === undefined) throw new Error('it is refused')
      expect(read(edited).destinations.map(({ text }) => text)).toEqual(
        kept.map(({ text }) => text),
      )
      const own = (from: string) => from.match(/#own \d+/g)?.length
      expect(own(edited)).toBe(own(text))
    }),
    { numRuns: 200 },
  )
  expect(count).toBeGreaterThan(50)
})

const base = 'policy: may\njustification: Words.\nreview_date: 2026-12-15'

test.each([
  ['absent, no line end', `destination: a\n${base}`, `\nrenewals:\n  - {`],
  [
    'absent, a comment at the end',
    `destination: a\n${base} # soon\n# end\n`,
    ' # soon\nrenewals:\n  - {',
  ],
  ['empty', `renewals: [] # none\n${base}\ndestination: a\n`, 'renewals: [{'],
  [
    'in brackets',
    `renewals: [{ date: 2026-11-01, until: 2026-12-15, because: x },]\n${base}\ndestination: a\n`,
    'because: x }, {',
  ],
  [
    'a block',
    `renewals:\n- date: 2026-11-01\n  until: 2026-12-15\n  because: x\n# next\n${base}\ndestination: a\n`,
    'because: x\n- {',
  ],
  [
    'all in brackets',
    '{destination: a, policy: may, justification: "x", review_date: "2026-12-15",}',
    ', renewals: [{',
  ],
  [
    'another order',
    `${base}\nowner: a@b.example\ndestination: a`,
    'destination: a\nrenewals:\n  - {',
  ],
])('renewals that are %s', (_, text, expected) => {
  const edited = renewOverride(text, read(text), renewing)
  expect(edited).toContain(expected)
  expect(edited).toContain('2027-02-15')
})

test('a day in quotes stays in quotes', () => {
  const text = `destination: a\n${base.replace('2026-12-15', "'2026-12-15' # a day")}\n`
  expect(renewOverride(text, read(text), renewing)).toContain("review_date: '2027-02-15' # a day\n")
})

test.each([
  ['destination:\n  - a # one\n  - b # two\n', 'destination:\n  - b # two\n'],
  ['destination: [a, b, c]\n', 'destination: [b, c]\n'],
  ['destination: [ "a", "b" ] # both\n', 'destination: "b" # both\n'],
  [
    'destination: [\n  a, # one\n  b, # two\n  c\n]\n',
    'destination: [\n   # one\n  b, # two\n  c\n]\n',
  ],
])('of %j the first leaves', (list, left) => {
  const text = `${list}${base}\n`
  const override = read(text)
  const edited = retireDestinations(text, override, override.destinations.slice(0, 1))
  expect(edited).toBe(`${left}${base}\n`)
})

test('an edit that would say something else is refused', () => {
  const text = `Destination: a\nRenewals: []\n${base}\n`
  const other = { ...read(`destination: a\n${base}\n`), policy: 'encrypt' } as const
  expect(renewOverride(`destination: a\n${base}\n`, other, renewing)).toBeUndefined()
  const { override } = readOverride('a.yaml', text)
  if (override) expect(renewOverride(text, override, renewing)).toBeUndefined()
})
