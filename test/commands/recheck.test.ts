import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import recheckSchema from '../../schema/recheck.schema.json' with { type: 'json' }
import { oneLine } from '../../src/language/wrap.ts'
import type { Saying } from '../probe/sayings.ts'
import { digest, keyDigest } from '../probe/sayings.ts'
import { makeRepository } from './repository.ts'
import { standInPostfix } from './stand-in-postfix.ts'

const validate = new Ajv({ strict: true, formats: { 'date-time': true } }).compile(recheckSchema)

const override = (destination: string, more = '') => `destination: "${destination}"
policy: may
justification: Their TLSA record names the certificate of last year; postmaster was told.
review_date: 2026-12-15
${more}`

/** A folder of overrides, and servers that say what a test has them say. */
function stage(files: Readonly<Record<string, string>>, answers: Readonly<Record<string, Saying>>) {
  const repository = makeRepository()
  repository.write(files)
  const postfix = standInPostfix()
  postfix.says(answers)
  repository.env.PATH = `${postfix.path}:${process.env.PATH ?? ''}`
  const recheck = (...words: readonly string[]) =>
    repository.tlspolicy('recheck', '--pause', '0', ...words)
  return { ...repository, postfix, recheck }
}

const one = { 'one.yaml': override('[mx.example]') }

test('what works, what does not and what nobody can tell are told apart', async () => {
  const { recheck } = stage(
    {
      'a.yaml': override('[a.example]'),
      'b.yaml': override('[b.example]:587'),
      'c.yaml': override('[c.example]'),
    },
    {
      '[a.example]': 'tlsa-matched',
      '[b.example]:587': 'tlsa-mismatched',
      '[c.example]': 'greylisting',
    },
  )
  const { stdout, stderr, status } = await recheck()
  expect(stderr).toBe('')
  expect(status, 'unknown alone finds nothing').toBe(0)
  expect(
    stdout,
  ).toBe(`3 destinations, 3 connections: 1 works without the override, 1 still needed, 1 unknown

works without the override:
  [a.example]: the TLSA records match; mail is encrypted to the proven server; 1 clean pass over 0
               days, not enough yet

still needed:
  [b.example]:587: the TLSA records do not match the certificate; mail waits in the queue
    b.example (ipv4): server certificate verification failed for mx.example[192.0.2.25]:25: num=65:no matching DANE TLSA records

unknown:
  [c.example]: the server takes no mail from this host now
    c.example (ipv4): SMTP service not available: 451 4.7.1 try again later
`)
})

test('the JSON keeps to its schema', async () => {
  const { recheck } = stage(one, { '[mx.example]': 'tlsa-mismatched' })
  const { stdout } = await recheck('--format', 'json')
  const told = JSON.parse(stdout)
  expect(validate(told), JSON.stringify(validate.errors)).toBe(true)
  expect(told.results).toMatchObject([
    {
      ...{ destination: '[mx.example]', file: 'policies/one.yaml', policy: 'dane' },
      ...{ state: 'broken', outcome: 'deferred', problem: 'tlsa-mismatch' },
      hosts: [{ certificate: { digest, keyDigest }, address: '192.0.2.25' }],
    },
  ])
})

test('an override can go after three passes over two days, here and on another host', async () => {
  const { recheck, path, postfix } = stage(one, { '[mx.example]': 'tlsa-matched' })
  const line = (time: string) =>
    `${JSON.stringify({
      ...{ version: 1, time, from: 'other.example', destination: '[mx.example]', policy: 'dane' },
      ...{ mx: 'mx.example', family: 'ipv4', state: 'fixed' },
    })}\n`
  const other = join(path, 'other.jsonl')
  writeFileSync(other, line('2026-11-19T08:00:00Z'))
  const words = ['--evidence', 'evidence.jsonl', '--with', other] as const
  const first = await recheck(...words)
  expect(oneLine(first.stdout)).toContain('2 clean passes over 3 days, not enough yet')
  expect(first.status).toBe(0)
  const second = await recheck(...words)
  expect(second.stdout).toContain('can go:\n  [mx.example]: ')
  expect(second.stdout).toContain("\n    tlspolicy retire '[mx.example]'\n")
  expect(second.status).toBe(1)
  postfix.says({ '[mx.example]': 'tlsa-mismatched' })
  const relapse = await recheck(...words)
  expect(relapse.stdout).toContain('newly broken without the override:\n  [mx.example]: ')
  expect(relapse.status).toBe(1)
  const evidence = readFileSync(join(path, 'evidence.jsonl'), 'utf8')
  expect(evidence.split('\n')).toHaveLength(4)
})

test('an override whose problem no test can see never goes, and one that protects is not asked about', async () => {
  const settings = { '_settings.yaml': 'recheck: { passes: 1, days: 0 }\n' }
  const { recheck } = stage(
    { ...settings, 'one.yaml': override('[mx.example]', 'problem: other\n') },
    { '[mx.example]': 'tlsa-matched' },
  )
  const { stdout, status } = await recheck()
  expect(oneLine(stdout)).toContain('its problem is "other", which no test can see')
  expect(status).toBe(0)
  const strong = stage({ 'one.yaml': override('[mx.example]').replace('may', 'dane-only') }, {})
  expect((await strong.recheck()).stdout).toBe('no override waits for a recipient to be repaired\n')
  expect(strong.postfix.asked()).toEqual([])
})

test("the server is asked once, with the sender's own settings and at what applies without the override", async () => {
  const parent = `destination: .example\npolicy: secure\nparameters: { match: [nexthop, dot-nexthop] }\njustification: All of them have good certificates, says their contract.\nreview_date: 2026-12-15\n`
  const { recheck, postfix } = stage(
    { 'parent.yaml': parent, 'one.yaml': override('mx.example') },
    {},
  )
  postfix.says({ 'mx.example': 'proven', '[mx.example]': 'proven' })
  await recheck('mx.example')
  const [asked = '', ...others] = postfix.asked()
  expect(others).toEqual([])
  expect(asked).toMatch(/^-C -l secure .*-F \/etc\/ssl\/ca\.pem -p >=TLSv1 /)
  expect(asked).toMatch(/ mx\.example \.mx\.example$/)
})

test('a pin that fits no longer, and a certificate that ends, are told', async () => {
  const pinned = (pin: string) =>
    override('[mx.example]', `parameters: { match: "${pin}" }\nproblem: tlsa-mismatch\n`).replace(
      'policy: may',
      'policy: fingerprint',
    )
  const wrong = stage(
    { 'one.yaml': pinned('AB:'.repeat(31).concat('AB')) },
    {
      '[mx.example]': 'tlsa-mismatched',
    },
  )
  const found = await wrong.recheck()
  expect(found.stdout).toContain(`a key that is not pinned, so mail waits: its key is ${keyDigest}`)
  expect(found.status).toBe(1)
  const right = stage({ 'one.yaml': pinned(keyDigest) }, { '[mx.example]': 'tlsa-mismatched' })
  expect(await right.recheck()).toMatchObject({
    status: 0,
    stdout: expect.not.stringContaining('see to'),
  })
})

test('without Postfix, and for what no override names, it says so', async () => {
  const { recheck } = stage(one, {})
  expect(await recheck('elsewhere.example')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('no active override applies to "elsewhere.example"'),
  })
  const missing = await recheck('--exec', 'no-such-command-here -x')
  expect(missing).toMatchObject({ status: 3, stderr: expect.stringContaining('--exec') })
})

test('evidence that is none is counted and left out', async () => {
  const { recheck, path } = stage(one, { '[mx.example]': 'tlsa-matched' })
  writeFileSync(join(path, 'bad.jsonl'), 'hello\n{"version":1}\n')
  const { stderr, status } = await recheck('--with', 'bad.jsonl')
  expect(stderr).toContain('2 lines are no evidence')
  expect(status).toBe(0)
  expect((await recheck('--with', 'missing.jsonl')).status).toBe(3)
})

test('behind a resolver of MTA-STS policies only matching TLSA records let an override go', async () => {
  const settings = 'recheck: { passes: 1, days: 0 }\npostfix: { dynamic_policy: mta-sts }\n'
  const { recheck, postfix } = stage(
    { ...one, '_settings.yaml': settings },
    { '[mx.example]': 'no-tlsa-self-signed' },
  )
  const { stdout, status } = await recheck()
  expect(oneLine(stdout)).toContain('an MTA-STS policy may then apply')
  expect(status).toBe(0)
  postfix.says({ '[mx.example]': 'tlsa-matched' })
  expect(await recheck()).toMatchObject({ status: 1, stdout: expect.stringContaining('can go:') })
})

test('a server that talks without end keeps nobody from asking the others', async () => {
  const { recheck, postfix } = stage(
    { 'a.yaml': override('[a.example]'), 'b.yaml': override('[b.example]') },
    { '[a.example]': 'tlsa-matched', '[b.example]': 'tlsa-matched' },
  )
  const talk = 'posttls-finger: < 250-and so on\n'.repeat(150_000)
  writeFileSync(join(postfix.path, 'said', '_b.example_'), talk)
  const { stdout, status } = await recheck()
  expect(stdout).toContain('1 works without the override, 1 unknown')
  expect(stdout).toContain(
    '[b.example]: posttls-finger did not end in time, or the server said too',
  )
  expect(status).toBe(0)
})
