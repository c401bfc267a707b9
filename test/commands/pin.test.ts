import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Saying } from '../probe/sayings.ts'
import { digest, keyDigest } from '../probe/sayings.ts'
import { makeRepository } from './repository.ts'
import { expectShape } from './schemas.ts'
import { standInPostfix } from './stand-in-postfix.ts'

function stage(saying: Saying) {
  const repository = makeRepository()
  repository.write({ '_settings.yaml': '# defaults\n' })
  const postfix = standInPostfix()
  postfix.says({ '[mx.example]': saying })
  repository.env.PATH = `${postfix.path}:${process.env.PATH ?? ''}`
  const pin = (...words: readonly string[]) => repository.tlspolicy('pin', '--pause', '0', ...words)
  return { ...repository, postfix, pin }
}

test('the keys that the servers show are ready for match, with the end of each certificate', async () => {
  const { pin, postfix } = stage('tlsa-mismatched')
  const { stdout, stderr, status } = await pin('[mx.example]')
  expect(parse(stdout)).toEqual({ policy: 'fingerprint', parameters: { match: [keyDigest] } })
  expect(stdout).toMatch(
    new RegExp(
      `^ {4}# mx\\.example, certificate ${digest} until \\d{4}-\\d\\d-\\d\\d; its key:$`,
      'm',
    ),
  )
  expect(stderr).toBe('')
  expect(status).toBe(0)
  expect(postfix.asked()).toEqual([
    expect.stringMatching(/^-C -l fingerprint .*-- \[mx\.example\]$/),
  ])
})

test('what is printed is a policy that delivers', async () => {
  const { pin, path, tlspolicy } = stage('tlsa-matched')
  const { stdout } = await pin('[mx.example]')
  const more = 'justification: They told us their key by telephone.\nreview_date: 2026-12-15\n'
  writeFileSync(join(path, 'policies/a.yaml'), `destination: "[mx.example]"\n${stdout}${more}`)
  expect(await tlspolicy('try', '--pause', '0', 'policies/a.yaml')).toMatchObject({ status: 0 })
})

test('a server that shows no certificate is named, and the list is not called whole', async () => {
  const { pin } = stage('refused')
  const { stdout, status } = await pin('[mx.example]')
  expect(stdout).toContain('# mx.example (ipv4) shows no certificate: no connection')
  expect(stdout).not.toContain('match')
  expect(status).toBe(1)
  const json = expectShape((await pin('[mx.example]', '--format', 'json')).stdout, 'pin')
  expect(json).toMatchObject({ version: 1, servers: [{ mx: 'mx.example', certificate: null }] })
})

test('what stands for many domains has no key', async () => {
  const { pin, postfix } = stage('tlsa-mismatched')
  expect(await pin('.example')).toMatchObject({ status: 2, stdout: '' })
  expect(postfix.asked()).toEqual([])
})
