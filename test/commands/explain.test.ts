import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { expect, onTestFinished, test } from 'vitest'
import diffSchema from '../../schema/diff.schema.json' with { type: 'json' }
import explainSchema from '../../schema/explain.schema.json' with { type: 'json' }
import { isDay } from '../../src/language/day.ts'
import { makeRepository } from './repository.ts'

const may = (date: string) => `destination: partner.example
policy: may
justification: Their TLSA record names the certificate of last year; postmaster was told.
review_date: ${date}
`

const history = (output: string) => output.split('\n').filter(line => /^ {2}history /.test(line))

const ajv = new Ajv({ formats: { date: isDay } })
ajv.addSchema(diffSchema)
const validate = ajv.compile(explainSchema)

test('the history of an override is told over renames, extensions and earlier overrides', async () => {
  const repository = makeRepository()
  repository.commit({ 'first.yaml': may('2026-12-15') })
  repository.commit({ 'first.yaml': null })
  repository.commit({ 'second.yaml': may('2026-12-15') }, 'Accept mail again (#12)')
  repository.commit({ 'second.yaml': may('2027-01-12') })
  repository.commit({ 'second.yaml': null, 'team/partner.yaml': may('2027-01-12') })
  const { stdout, stderr } = await repository.tlspolicy('explain', 'partner.example')
  expect(history(stdout)).toEqual([
    '  history  written on 2026-11-20 by Ann, in #12',
    '  history  last changed on 2026-11-20 by Ann',
    '  history  the review date was moved to a later day once before',
    '  history  the destination was overridden once before, from 2026-11-20 until 2026-11-20',
  ])
  expect(stderr).toBe('')
  const json = await repository.tlspolicy('explain', 'partner.example', '--format', 'json')
  const told = JSON.parse(json.stdout)
  expect(validate(told), JSON.stringify(validate.errors)).toBe(true)
  expect(told.history).toMatchObject({
    written: { author: 'Ann', pullRequest: '#12' },
    extensions: 1,
    overriddenSince: '2026-11-20',
    earlier: [{ file: 'policies/first.yaml' }],
  })
})

test('a destination that was overridden in the past says so', async () => {
  const repository = makeRepository()
  repository.commit({ 'first.yaml': may('2026-12-15') })
  repository.commit({ 'first.yaml': null, '.keep': '' })
  const { stdout } = await repository.tlspolicy('explain', 'partner.example')
  expect(history(stdout)).toEqual([
    '  history  the destination was overridden once before, from 2026-11-20 until 2026-11-20',
  ])
})

test('an override that is not committed, or not in Git, has no history', async () => {
  const repository = makeRepository()
  repository.write({ 'new.yaml': may('2026-12-15') })
  expect(history((await repository.tlspolicy('explain', 'partner.example')).stdout)).toEqual([])
  rmSync(join(repository.path, '.git'), { recursive: true })
  const { stdout, stderr } = await repository.tlspolicy('explain', 'partner.example')
  expect(stdout).toContain('partner.example: policies/new.yaml applies')
  expect([history(stdout), stderr]).toEqual([[], ''])
})

test('a shallow clone says how to get the history', async () => {
  const repository = makeRepository()
  repository.commit({ 'first.yaml': may('2026-12-15') })
  repository.commit({ 'first.yaml': may('2026-12-16') })
  const clone = mkdtempSync(join(tmpdir(), 'tlspolicy-shallow-'))
  onTestFinished(() => rmSync(clone, { recursive: true }))
  repository.git('clone', '--quiet', '--depth=1', `file://${repository.path}`, clone)
  const { stdout } = await repository.tlspolicy(
    'explain',
    'partner.example',
    '--policies',
    join(clone, 'policies'),
  )
  expect(stdout).toMatch(/ {2}history {2}unknown: .*git fetch\s+--unshallow/)
})

test('where Git is missing the rest is told', async () => {
  const repository = makeRepository()
  repository.commit({ 'first.yaml': may('2026-12-15') })
  repository.env.PATH = '/nowhere'
  const { status, stdout, stderr } = await repository.tlspolicy('explain', 'partner.example')
  expect(stdout).toContain('partner.example: policies/first.yaml applies')
  expect(stderr).toMatch(/^the history is unknown: .*git/i)
  expect(status).toBe(0)
})

test('what strangers wrote in Git harms no terminal', async () => {
  const repository = makeRepository()
  repository.git('config', 'user.name', 'Eve \u001b[2J\u202e')
  repository.commit({ 'first.yaml': may('2026-12-15') })
  const { stdout } = await repository.tlspolicy('explain', 'partner.example')
  expect(history(stdout)).toHaveLength(1)
  expect(stdout).not.toMatch(/[\u001b\u202e]/)
})
