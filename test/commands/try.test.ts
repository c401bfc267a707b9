import { expect, test } from 'vitest'
import type { Saying } from '../probe/sayings.ts'
import { keyDigest } from '../probe/sayings.ts'
import { makeRepository } from './repository.ts'
import { expectShape } from './schemas.ts'
import { standInPostfix } from './stand-in-postfix.ts'

function stage(saying: Saying) {
  const repository = makeRepository()
  repository.write({})
  repository.commit({ 'one.yaml': 'destination: a.example\n' })
  const postfix = standInPostfix()
  postfix.says({ '[mx.example]': saying })
  repository.env.PATH = `${postfix.path}:${process.env.PATH ?? ''}`
  const tryPolicy = (...words: readonly string[]) =>
    repository.tlspolicy('try', '--pause', '0', '[mx.example]', ...words)
  return { postfix, tryPolicy }
}

test('a policy that delivers is told with the keys and the strongest that does', async () => {
  const { tryPolicy, postfix } = stage('tlsa-matched')
  const { stdout, status } = await tryPolicy('dane')
  expect(stdout).toContain('[mx.example] dane: mail would be delivered\n  the TLSA records match')
  expect(stdout).toContain(`key         ${keyDigest}`)
  expect(stdout).toContain('the strongest policy that delivers at every server: dane-only')
  expect(status).toBe(0)
  expect(postfix.asked().length).toBeLessThanOrEqual(2)
})

test('a policy that would not deliver ends with status 1', async () => {
  const { tryPolicy } = stage('tlsa-mismatched')
  const pin = 'AB:'.repeat(31).concat('AB')
  const { stdout, status } = await tryPolicy('fingerprint', `match=${pin}`)
  expect(stdout).toContain('mail would not be delivered\n  no pin matches')
  expect(stdout).toContain('the strongest policy that delivers at every server: encrypt')
  expect(status).toBe(1)
  const json = expectShape((await tryPolicy('dane', '--format', 'json')).stdout, 'try')
  expect(json).toMatchObject({ version: 1, policy: 'dane', state: 'broken', strongest: 'encrypt' })
})

test('mail that goes out unencrypted after all is not said to stay', async () => {
  const { tryPolicy } = stage('no-tlsa-handshake')
  const { stdout, status } = await tryPolicy('may')
  expect(stdout).toContain('[mx.example] may: mail would be late, and unencrypted\n')
  expect(stdout).not.toContain('not be delivered')
  expect(stdout).toContain('no policy with TLS delivers at every server at once')
  expect(status).toBe(1)
})

test('where nobody can tell, nothing is said of other policies', async () => {
  const { tryPolicy } = stage('refused')
  const { stdout, status } = await tryPolicy('may')
  expect(stdout).toContain('nobody can tell now')
  expect(stdout).toContain('which policy is the strongest that delivers, nobody can tell now')
  expect(status).toBe(0)
})

test('a policy that Postfix would refuse is not tried', async () => {
  const { tryPolicy, postfix } = stage('tlsa-matched')
  expect(await tryPolicy('required')).toMatchObject({ status: 2, stdout: '' })
  expect(await tryPolicy('may', 'match=x')).toMatchObject({ status: 2, stdout: '' })
  expect(postfix.asked()).toEqual([])
})

test('what posttls-finger has no option for is told, and not passed over', async () => {
  const { tryPolicy } = stage('tlsa-matched')
  const { stderr, status } = await tryPolicy('dane', 'exclude=aNULL')
  expect(stderr).toContain('"exclude" is not tried')
  expect(status).toBe(0)
  expect((await tryPolicy('dane')).stderr).toBe('')
})
