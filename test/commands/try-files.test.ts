import { expect, test } from 'vitest'
import type { Saying } from '../probe/sayings.ts'
import { keyDigest } from '../probe/sayings.ts'
import { makeRepository } from './repository.ts'
import { expectShape } from './schemas.ts'
import { standInPostfix } from './stand-in-postfix.ts'

const override = (destination: string, policy: string) => `destination: ${destination}
${policy}
justification: Their TLSA record names the certificate of last year; postmaster was told.
review_date: 2026-12-15
`

/** Overrides in files, and servers that say what a test has them say. */
function stage(files: Readonly<Record<string, string>>, answers: Readonly<Record<string, Saying>>) {
  const repository = makeRepository()
  repository.write(files)
  const postfix = standInPostfix()
  postfix.says(answers)
  repository.env.PATH = `${postfix.path}:${process.env.PATH ?? ''}`
  const tryFiles = (...words: readonly string[]) =>
    repository.tlspolicy('try', '--pause', '0', ...words)
  return { postfix, tryFiles }
}

const wrongPin = `policy: fingerprint\nparameters: { match: "${'AB:'.repeat(31)}AB" }`
const rightPin = `policy: fingerprint\nparameters: { match: "${keyDigest}" }`

test('each destination of the files is tried under its override', async () => {
  const { tryFiles, postfix } = stage(
    {
      'a.yaml': override('["[a.example]", "[b.example]"]', 'policy: encrypt'),
      'c.yml': override('"[c.example]"', wrongPin),
    },
    { '[a.example]': 'untrusted', '[b.example]': 'greylisting', '[c.example]': 'tlsa-mismatched' },
  )
  const { stdout, status } = await tryFiles('policies/a.yaml', 'policies/c.yml')
  expect(stdout).toContain('policies/a.yaml:\n[a.example] encrypt: mail would be delivered\n')
  expect(stdout).toContain('policies/a.yaml:\n[b.example] encrypt: nobody can tell now\n')
  expect(stdout).toMatch(
    /policies\/c\.yml:\n\[c\.example\] fingerprint .*: mail would not be delivered/,
  )
  expect(stdout).toContain(`its key is ${keyDigest}`)
  expect(stdout.trimEnd()).toMatch(/\ndelivered: 1, not delivered: 1, unknown: 1$/)
  expect(status).toBe(1)
  const others = postfix.asked().filter(line => !line.includes('[c.example]'))
  expect(others.length, 'what delivers is asked once').toBe(2)
})

test('what nobody can tell is counted, and is no fault', async () => {
  const { tryFiles } = stage(
    { 'a.yaml': override('"[a.example]"', 'policy: secure') },
    { '[a.example]': 'refused' },
  )
  const { stdout, status } = await tryFiles('policies/a.yaml')
  expect(stdout).toContain('delivered: 0, not delivered: 0, unknown: 1')
  expect(status).toBe(0)
})

test('the JSON has one result for each destination', async () => {
  const { tryFiles } = stage(
    { 'a.yaml': override('"[a.example]"', rightPin) },
    { '[a.example]': 'proven' },
  )
  const { stdout, status } = await tryFiles('policies/a.yaml', '--format', 'json')
  expect(expectShape(stdout, 'try')).toMatchObject({
    version: 1,
    results: [{ file: 'policies/a.yaml', destination: '[a.example]', state: 'fixed' }],
  })
  expect(status).toBe(0)
})

test.each([
  ['an unknown policy', override('"[a.example]"', 'policy: required'), 'required'],
  [
    'a parameter that Postfix refuses',
    override('"[a.example]"', 'policy: may\nparameters: { match: x }'),
    'match',
  ],
  ['destinations that stand for many', override('.example', 'policy: may'), 'many domains'],
])('a file with %s is not tried', async (_, text, word) => {
  const { tryFiles, postfix } = stage({ 'a.yaml': text }, {})
  const { stdout, stderr, status } = await tryFiles('policies/a.yaml')
  expect(stderr).toContain(word)
  expect({ stdout, status }).toEqual({ stdout: '', status: 2 })
  expect(postfix.asked()).toEqual([])
})

test('a domain without a policy, and a file that is not there, are wrong usage', async () => {
  const { tryFiles } = stage({ '_settings.yaml': '# defaults\n' }, {})
  for (const words of [['a.example'], ['policies/missing.yaml'], ['policies/_settings.yaml']])
    expect(await tryFiles(...words)).toMatchObject({ status: 2, stdout: '' })
  expect((await tryFiles('a.example')).stderr).toContain('name the policy to try for a.example')
})
