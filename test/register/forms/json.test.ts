import { Ajv } from 'ajv'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import schema from '../../../schema/report.schema.json' with { type: 'json' }
import { formatJson } from '../../../src/register/forms/json.ts'
import type { Register } from '../../../src/register/register.ts'
import { logCommand, neverShown } from '../../check/forms/reports.ts'
import { display, hostileRegister } from './hostile.ts'
import { registerOf } from './registered.ts'
import { files, history } from './team.ts'

const validate = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema)

function jsonOf(register: Register) {
  const json = JSON.parse(formatJson(register, display))
  expect(validate(json), JSON.stringify(validate.errors)).toBe(true)
  return json
}

test('a report holds to its schema, emergencies first', () => {
  const json = jsonOf(registerOf(files, '2026-11-22', history))
  const counts = { overdue: 1, due: 2, current: 1, beyondGrace: 1, emergency: 1, inactive: 1 }
  expect(json).toMatchObject({ version: 1, asOf: '2026-11-22', counts })
  const names = json.overrides.map(({ file }: { readonly file: string }) => file)
  expect(names.map((name: string) => name.replace(/^policies\/|\.yaml$/g, ''))).toEqual([
    'clinic',
    'broken-dane',
    'lab',
    'partner',
  ])
  expect(json.overrides[1]).toMatchObject({
    destinations: ['broken-dane.example'],
    policy: 'may',
    parameters: { protocols: ['>=TLSv1.2'] },
    effect: 'weaker',
    status: 'overdue',
    beyondGrace: true,
    daysLeft: -19,
    reviewDate: '2026-11-03',
    since: '2026-10-01',
    ageDays: 52,
    extensions: 2,
    historyKnown: 'git',
    written: { author: 'Ann', pullRequest: '#12' },
    consequences: [
      {
        outcomes: { 'tlsa-mismatch': 'encrypted' },
        outcomesWithout: { 'tlsa-mismatch': 'deferred' },
      },
    ],
    commands: [
      'tlspolicy retire broken-dane.example',
      'tlspolicy renew broken-dane.example --until 2027-01-05 --because "…"',
    ],
  })
  expect(json.overrides[3]).toMatchObject({ status: 'current', ticket: null, commands: [] })
})

test('an inactive override is told apart, without a status', () => {
  const [inactive, ...others] = jsonOf(registerOf(files)).inactive
  expect(others).toEqual([])
  expect(inactive).toMatchObject({ file: 'policies/off.yaml', reviewDate: '2025-01-15' })
  expect(inactive).not.toHaveProperty('status')
})

test('what nobody can tell is null', () => {
  const [one] = jsonOf(registerOf(files, '2026-11-22', 'shallow')).overrides
  const unknown = { since: null, ageDays: null, extensions: null, written: null }
  expect(one).toMatchObject({ ...unknown, historyKnown: 'shallow' })
})

test('whatever the files hold, the JSON holds to its schema and is harmless', () => {
  fc.assert(
    fc.property(hostileRegister, register => {
      const text = formatJson(register, display)
      expect(text).not.toMatch(neverShown)
      expect(text).not.toMatch(logCommand)
      expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true)
    }),
  )
})
