import { expect, test } from 'vitest'
import { stsKinds } from '../../src/language/kind.ts'
import type { Policy } from '../../src/language/policy.ts'
import { policies } from '../../src/language/policy.ts'
import type { Change } from '../../src/review/changes.ts'
import { readMeasured } from '../outcomes/measured.ts'
import type { Files } from './sides.ts'
import { changesOf } from './sides.ts'

/** What the servers are, as a settings file and as this test understands it. */
interface Servers {
  readonly name: string
  readonly text: string
  readonly fallback: Policy
  readonly dnssec: boolean
  readonly resolver: boolean
}

const usual = { fallback: 'dane', dnssec: true, resolver: false } as const
const servers: readonly Servers[] = [
  { ...usual, name: 'dane', text: '' },
  { ...usual, name: 'may', text: 'postfix: { default_policy: may }', fallback: 'may' },
  {
    ...usual,
    name: 'no DNSSEC',
    text: 'postfix: { dns_support_level: enabled }',
    dnssec: false,
  },
  {
    ...usual,
    name: 'a resolver',
    text: 'postfix: { dynamic_policy: mta-sts }',
    resolver: true,
  },
]

type Column = ReadonlyMap<string, string>

/** The measured outcomes of one side by kind, read as the settings say; null is the baseline. */
function columnOf(policy: Policy | null, { fallback, dnssec, resolver }: Servers): Column {
  const level = policy ?? fallback
  const rows = [...readMeasured()].map(([kind, row]): readonly [string, string] => {
    if (level === 'dane-only' && !dnssec) return [kind, 'deferred']
    return [kind, row.get(level === 'dane' && !dnssec ? 'may' : level) ?? '']
  })
  const column = new Map(rows)
  const [valid, broken] = stsKinds
  const isAnswered = policy === null && resolver
  column.set(valid, isAnswered ? 'verified' : (column.get('trusted-mx-name') ?? ''))
  column.set(broken, isAnswered ? 'deferred' : (column.get('untrusted-certificate') ?? ''))
  return column
}

const heights: Readonly<Record<string, number>> = {
  plaintext: 0,
  encrypted: 1,
  'verified-mx': 2,
  verified: 3,
  deferred: 3,
}

/** The comparison as the definition says it, from the measurement alone. */
function compareByHand(before: Column, after: Column) {
  const moves = [...before].map(([kind, was]) => {
    const will = after.get(kind) ?? ''
    return { kind, was, will, rise: (heights[will] ?? NaN) - (heights[was] ?? NaN) }
  })
  const kindsWhere = (test: (move: (typeof moves)[number]) => boolean) =>
    moves.filter(test).map(({ kind }) => kind)
  const falls = kindsWhere(({ rise }) => rise < 0)
  const rises = kindsWhere(({ rise }) => rise > 0)
  const verdicts = [
    [falls.length > 0 && rises.length > 0, 'mixed'],
    [falls.length > 0, 'weaker'],
    [rises.length > 0, 'stronger'],
    [moves.some(({ was, will }) => was !== will), 'other'],
  ] as const
  return {
    verdict: verdicts.find(([holds]) => holds)?.[1] ?? 'same',
    exposes: falls,
    stops: kindsWhere(({ was, will }) => was !== 'deferred' && will === 'deferred'),
    releases: kindsWhere(({ was, will }) => was === 'deferred' && will !== 'deferred'),
  }
}

function filesOf(policy: Policy | null, { text }: Servers): Files {
  const override = { 'a.yaml': `destination: partner.example\npolicy: ${policy}\n` }
  return { '_settings.yaml': text, ...(policy && override) }
}

const levels = [...policies, null]
const cases = levels.flatMap(before => levels.map(after => [before, after] as const))
const worlds = servers.flatMap(from => servers.map(to => [from.name, to.name, from, to] as const))

function check(
  [before, after]: readonly [Policy | null, Policy | null],
  [from, to]: readonly [Servers, Servers],
): Change | undefined {
  const [change, ...others] = changesOf(filesOf(before, from), filesOf(after, to))
  const byHand = compareByHand(columnOf(before, from), columnOf(after, to))
  const told = `${before} to ${after}, ${from.name} to ${to.name}`
  expect(others, told).toEqual([])
  if (!change) {
    expect(before, told).toBe(after)
    expect(before === null || byHand.verdict === 'same', told).toBe(true)
    return undefined
  }
  const { verdict, exposes, stops, releases } = change.comparison
  const kinds = [...readMeasured().keys(), ...stsKinds]
  const sorted = (list: readonly string[]) => kinds.filter(kind => list.includes(kind))
  // Without a resolver on either side the kinds of MTA-STS are only certificates.
  const isTold = (kind: string) =>
    from.resolver || to.resolver || !stsKinds.some(sts => sts === kind)
  expect({ verdict, exposes, stops, releases }, told).toEqual({
    verdict: byHand.verdict,
    exposes: sorted(byHand.exposes).filter(isTold),
    stops: sorted(byHand.stops).filter(isTold),
    releases: sorted(byHand.releases).filter(isTold),
  })
  expect(change.sentences.length > 0, told).toBe(byHand.verdict !== 'same')
  return change
}

test.each(worlds)('from %s to %s every verdict is the measured one', (_from, _to, from, to) => {
  const verdicts = new Set(cases.map(pair => check(pair, [from, to])?.comparison.verdict))
  expect([...verdicts]).toEqual(expect.arrayContaining(['weaker', 'other', 'stronger']))
})
