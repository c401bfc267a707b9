import { expect, test } from 'vitest'
import type { EvidenceRecord } from '../../src/probe/evidence.ts'
import { formatEvidence, passesOf, readEvidence } from '../../src/probe/evidence.ts'
import type { HostResult } from '../../src/probe/host.ts'
import type { Pass } from '../../src/probe/pass.ts'
import { summarize } from '../../src/probe/pass.ts'
import { latestStates, standingOf } from '../../src/probe/removable.ts'

const now = new Date('2026-11-22T12:00:00Z')

type Short = 'fixed' | 'broken' | 'unknown'

function host(state: Short, mx = 'mx.example', family: 'ipv4' | 'ipv6' = 'ipv4'): HostResult {
  const judged = {
    fixed: { outcome: 'verified', problem: null },
    broken: { outcome: 'deferred', problem: 'tlsa-mismatch' },
    unknown: { outcome: null, problem: null },
  } as const
  const seen = { address: '192.0.2.1', tls: null, certificate: null, tlsa: null, words: ['said'] }
  return { mx, family, state, ...judged[state], why: `is ${state}`, ...seen }
}

function pass(time: string, ...hosts: readonly HostResult[]): Pass {
  return { destination: 'partner.example', policy: 'dane', time: `${time}.000Z`, hosts }
}

const threeOverTwo = { passes: 3, days: 2 }

function days(...states: readonly (Short | readonly HostResult[])[]): readonly Pass[] {
  return states.map((state, index) =>
    pass(`2026-11-1${index}T08:00:00`, ...(typeof state === 'string' ? [host(state)] : state)),
  )
}

const removable = (passes: readonly Pass[]) => standingOf(passes, threeOverTwo)?.removable

test('an override can go after so many passes over so many days', () => {
  expect(removable(days('broken', 'fixed', 'fixed'))).toBe(false)
  expect(removable(days('broken', 'fixed', 'fixed', 'fixed'))).toBe(true)
  const inOneDay = ['08', '12', '16', '20'].map(hour =>
    pass(`2026-11-10T${hour}:00:00`, host('fixed')),
  )
  expect(removable(inOneDay)).toBe(false)
  expect(standingOf(inOneDay, threeOverTwo)).toMatchObject({ passed: 4, days: 0 })
})

test('a timer that wakes some minutes earlier on the last day makes no day of difference', () => {
  const ending = (time: string) =>
    standingOf([...days('fixed', 'fixed'), pass(`2026-11-12T${time}`, host('fixed'))], threeOverTwo)
  expect(ending('07:55:00')).toMatchObject({ removable: true, days: 2 })
  expect(ending('07:30:00')).toMatchObject({ removable: false, days: 1 })
})

test('a relapse starts the count again, and is told', () => {
  const relapse = days('fixed', 'fixed', 'fixed', 'broken')
  expect(standingOf(relapse, threeOverTwo)).toMatchObject({
    ...{ removable: false, newlyBroken: true, passed: 0 },
  })
  expect(removable(days('fixed', 'fixed', 'fixed', 'broken', 'fixed', 'fixed'))).toBe(false)
  expect(removable(days('fixed', 'broken', 'fixed', 'fixed', 'fixed'))).toBe(true)
  expect(standingOf(days('broken', 'broken'), threeOverTwo)?.newlyBroken).toBe(false)
  expect(standingOf(days('fixed', 'unknown', 'broken'), threeOverTwo)?.newlyBroken).toBe(true)
})

test('a pass that tells nothing neither counts nor resets, and nothing goes by it', () => {
  expect(removable(days('fixed', 'unknown', 'fixed', 'unknown', 'fixed'))).toBe(true)
  expect(removable(days('fixed', 'unknown', 'unknown', 'fixed'))).toBe(false)
  expect(removable(days('fixed', 'fixed', 'fixed', 'unknown'))).toBe(false)
})

test('one failing server keeps an override, though mail would be delivered', () => {
  const mixed = [host('fixed', 'mx1.example'), host('broken', 'mx2.example')]
  expect(summarize(mixed)).toMatchObject({ state: 'fixed', problem: 'tlsa-mismatch', clean: false })
  expect(removable(days('fixed', 'fixed', 'fixed', mixed))).toBe(false)
  expect(removable(days(mixed, 'fixed', 'fixed', 'fixed'))).toBe(true)
})

test('a server that nobody reached over any family keeps a pass from counting', () => {
  const oneFamily = [host('fixed'), host('unknown', 'mx.example', 'ipv6')]
  expect(removable(days(oneFamily, oneFamily, oneFamily))).toBe(true)
  const oneServer = [host('fixed'), host('unknown', 'mx2.example')]
  expect(summarize(oneServer)).toMatchObject({ state: 'fixed', clean: false })
  expect(removable(days(oneServer, oneServer, oneServer))).toBe(false)
})

test.each<[readonly Short[], Short]>([
  [['broken', 'broken'], 'broken'],
  [['broken', 'fixed'], 'fixed'],
  [['unknown', 'fixed'], 'fixed'],
  [['broken', 'unknown'], 'unknown'],
  [['unknown'], 'unknown'],
  [[], 'unknown'],
])('servers that are %s make a destination that is %s', (states, expected) => {
  expect(summarize(states.map((state, i) => host(state, `mx${i}.example`))).state).toBe(expected)
})

test('evidence that was written is read again', () => {
  const written = pass('2026-11-20T08:00:00', host('fixed'), host('broken', 'mx2.example'))
  const text = formatEvidence(written, 'mail.example.org')
  const { records, leftOut } = readEvidence(text, now)
  expect(leftOut).toBe(0)
  expect(records.map(({ from }) => from)).toEqual(['mail.example.org', 'mail.example.org'])
  expect(passesOf(records)).toEqual([written])
  expect(text.split('\n')).toHaveLength(3)
})

test('passes of two hosts and of two policies stay apart', () => {
  const one = formatEvidence(pass('2026-11-20T08:00:00', host('fixed')), 'a.example')
  const two = formatEvidence(pass('2026-11-20T08:00:00', host('broken')), 'b.example')
  const three = formatEvidence(
    { ...pass('2026-11-21T08:00:00', host('fixed')), policy: 'encrypt' },
    'a.example',
  )
  const passes = passesOf(readEvidence(one + two + three, now).records)
  expect(passes).toHaveLength(3)
  const latest = latestStates(passes, threeOverTwo).get('partner.example')
  expect(latest).toMatchObject({ passed: 1, latest: { policy: 'encrypt' } })
})

const valid = () =>
  JSON.parse(formatEvidence(pass('2026-11-20T08:00:00', host('fixed')), 'a.example'))

test.each<[string, unknown]>([
  ['another version', { ...valid(), version: 2 }],
  ['a state that there is not', { ...valid(), state: 'removable' }],
  ['a time of the future', { ...valid(), time: '2026-11-23T12:00:00Z' }],
  ['a time that is none', { ...valid(), time: '2026-99-99T12:00:00Z' }],
  ['a destination that is no text', { ...valid(), destination: ['partner.example'] }],
  ['a server that is too long', { ...valid(), mx: 'x'.repeat(3000) }],
  ['a list', [valid()]],
  ['null', null],
])('evidence with %s does not count', (_, data) => {
  expect(readEvidence(`${JSON.stringify(data)}\n`, now)).toEqual({ records: [], leftOut: 1 })
})

test('evidence that was cut off, or is no JSON, does not count', () => {
  const line = JSON.stringify(valid())
  const text = `${line}\n${line.slice(0, 50)}\n\nhello\n{"a":"${'x'.repeat(20_000)}"}\n`
  expect(readEvidence(text, now)).toMatchObject({ records: [{}], leftOut: 3 })
})

test('what evidence says beyond its fields is dropped', () => {
  const odd = { ...valid(), outcome: 'great', tls: 7, words: ['a\nb', 3], more: true }
  const [record] = readEvidence(JSON.stringify(odd), now).records as readonly [EvidenceRecord]
  expect(record).toMatchObject({ outcome: null, tls: null, words: ['a b'] })
  expect(record).not.toHaveProperty('more')
})

test('a pass of which lines are lost counts for its failures alone', () => {
  const lines = (second: 'fixed' | 'broken') =>
    formatEvidence(
      pass('2026-11-20T08:00:00', host('fixed'), host(second, 'mx2.example')),
      'a.example',
    ).split('\n')
  const read = (text: string | undefined) => passesOf(readEvidence(text ?? '', now).records)
  expect(read(lines('fixed').join('\n'))).toHaveLength(1)
  expect(read(lines('broken')[0])).toEqual([])
  expect(read(lines('broken')[1])).toMatchObject([{ hosts: [{ state: 'broken' }] }])
})
