import { expect, test } from 'vitest'
import { collectPolicies } from '../../src/language/policies.ts'
import { readFile } from '../../src/language/read-file.ts'
import type { HostResult } from '../../src/probe/host.ts'
import type { State } from '../../src/probe/judge.ts'
import type { Pass } from '../../src/probe/pass.ts'
import { latestStates } from '../../src/probe/removable.ts'
import { makeRegister } from '../../src/register/register.ts'

const broken = (names: string, more = '') => `destination: ${names}
policy: may
problem: tlsa-mismatch
justification: Their TLSA record names the certificate of last year; postmaster was told.
review_date: 2026-12-15
${more}`

function host(state: State): HostResult {
  const judged = {
    fixed: { outcome: 'verified', problem: null },
    broken: { outcome: 'deferred', problem: 'tlsa-mismatch' },
    unknown: { outcome: null, problem: null },
  } as const
  const seen = { address: '192.0.2.1', tls: null, certificate: null, tlsa: null, words: [] }
  const family = 'ipv4' as const
  return { mx: 'mx.example', family, state, ...judged[state], why: `is ${state}`, ...seen }
}

/** One pass a day, the last on 2026-11-20. */
function passes(destination: string, states: readonly State[], policy = 'dane'): readonly Pass[] {
  return states.map((state, index) => ({
    destination,
    policy,
    time: `2026-11-${21 - states.length + index}T08:00:00.000Z`,
    hosts: [host(state)],
  }))
}

function registerOf(files: Readonly<Record<string, string>>, evidence: readonly Pass[]) {
  const read = Object.entries(files).map(([path, text]) => ({
    path,
    bytes: new TextEncoder().encode(text),
  }))
  const policies = collectPolicies(read, readFile)
  const states = latestStates(evidence, policies.settings.recheck)
  return makeRegister(policies, '2026-11-22', 'none', states)
}

const trialOf = (text: string, evidence: readonly Pass[]) =>
  registerOf({ 'a.yaml': text }, evidence).overrides[0]?.trial

const repaired = ['broken', 'fixed', 'fixed', 'fixed'] as const

test('what was asked last is told, and what can go', () => {
  expect(trialOf(broken('a.example'), passes('A.example', repaired))).toEqual({
    state: 'fixed',
    removable: true,
    checkedAt: '2026-11-20T08:00:00.000Z',
    why: 'is fixed',
  })
  expect(trialOf(broken('a.example'), passes('a.example', ['fixed']))).toMatchObject({
    ...{ state: 'fixed', removable: false },
  })
  expect(trialOf(broken('a.example'), passes('a.example', ['broken']))).toMatchObject({
    ...{ state: 'broken', removable: false, why: 'is broken' },
  })
  expect(trialOf(broken('a.example'), passes('b.example', repaired))).toBe(null)
  expect(trialOf(broken('a.example'), [])).toBe(null)
})

test('an override of several destinations goes when none of them needs it', () => {
  const both = broken('[a.example, b.example]')
  const a = passes('a.example', repaired)
  expect(trialOf(both, a)).toMatchObject({ state: 'unknown', removable: false })
  expect(trialOf(both, [...a, ...passes('b.example', ['broken'])])).toMatchObject({
    ...{ state: 'broken', removable: false },
  })
  expect(trialOf(both, [...a, ...passes('b.example', repaired)])).toMatchObject({
    ...{ state: 'fixed', removable: true },
  })
})

test('evidence of another time, when something else applied without the override, is none', () => {
  expect(trialOf(broken('a.example'), passes('a.example', repaired, 'encrypt'))).toBe(null)
})

test('what no test can see, or a resolver may ask for, keeps an override', () => {
  const other = broken('a.example').replace('tlsa-mismatch', 'other')
  expect(trialOf(other, passes('a.example', repaired))?.removable).toBe(false)
  const sts = { '_settings.yaml': 'postfix: { dynamic_policy: mta-sts }' }
  const plain = passes('a.example', repaired).map(pass => ({
    ...pass,
    hosts: [{ ...host('fixed'), outcome: 'encrypted' as const }],
  }))
  const files = { 'a.yaml': broken('a.example'), ...sts }
  expect(registerOf(files, plain).overrides[0]?.trial?.removable).toBe(false)
  expect(registerOf(files, passes('a.example', repaired)).overrides[0]?.trial?.removable).toBe(true)
})

test('what can go stands before what is late, and after what was made in an emergency', () => {
  const files = {
    'late.yaml': broken('late.example').replace('2026-12-15', '2026-10-01'),
    'gone.yaml': broken('gone.example').replace('2026-12-15', '2027-01-12'),
    'night.yaml': broken('night.example', 'emergency: true\n').replace('2026-12-15', '2026-11-24'),
  }
  const { overrides, counts } = registerOf(files, passes('gone.example', repaired))
  expect(overrides.map(({ override }) => override.path)).toEqual([
    ...['night.yaml', 'gone.yaml', 'late.yaml'],
  ])
  expect(counts).toMatchObject({ removable: 1, beyondGrace: 1, emergency: 1 })
})
