import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { makeRepository } from './repository.ts'

const log = `Nov 22 03:10:01 mx postfix/smtp[123]: server certificate verification failed for mx.partner.example[192.0.2.1]:25: num=65:no matching DANE TLSA records
Nov 22 03:10:01 mx postfix/smtp[123]: 4F1A2B3C4D: to=<a@partner.example>, relay=mx.partner.example[192.0.2.1]:25, delay=0.1, delays=0/0/0/0, dsn=4.7.5, status=deferred (Server certificate not verified)
Nov 22 03:20:01 mx postfix/smtp[123]: 4F1A2B3C4E: to=<a@slow.example>, relay=none, delay=0.1, delays=0/0/0/0, dsn=4.4.1, status=deferred (connect to mx.slow.example[192.0.2.2]:25: Connection timed out)
`

const draft = `# partner.example: 1 attempt at Nov 22 03:10:01
#   Server certificate not verified
#   num=65:no matching DANE TLSA records
# A pinned key would protect this mail better: tlspolicy try shows the key, to be confirmed by the recipient.
# Where a transport sends this mail to another next-hop, name that one.
destination: partner.example
policy: encrypt
justification: TODO
review_date: 2027-01-05
problem: tlsa-mismatch
`

function stage() {
  const repository = makeRepository()
  repository.write({ '_settings.yaml': '# defaults\n' })
  writeFileSync(join(repository.path, 'mail.log'), log)
  return repository
}

test('a log becomes a draft with the facts, and what no override helps is named', async () => {
  const { tlspolicy } = stage()
  const { stdout, stderr, status } = await tlspolicy('suggest', 'mail.log')
  expect(stdout).toBe(`# policies/partner.example.yaml\n${draft}\n`)
  expect(stderr).toContain('slow.example: 1 attempt, no TLS policy keeps this mail back')
  expect(stderr).toContain('put the reason in the place of TODO')
  expect(status).toBe(1)
})

test('a draft is written, is found thin by check, and is never written over', async () => {
  const { tlspolicy, path } = stage()
  const { stdout } = await tlspolicy('suggest', 'mail.log', '--write')
  expect(stdout).toBe('wrote policies/partner.example.yaml\n')
  const file = join(path, 'policies/partner.example.yaml')
  expect(readFileSync(file, 'utf8')).toBe(draft)
  expect((await tlspolicy('check')).stdout).toContain('thin-justification')
  const again = await tlspolicy('suggest', 'mail.log', '--write')
  expect(again).toMatchObject({ status: 0, stdout: '' })
  expect(again.stderr).toContain('an override stands already (partner.example.yaml)')
  writeFileSync(file, draft.replaceAll('partner.example', 'other.example'))
  expect((await tlspolicy('suggest', 'mail.log', '--write')).stdout).toBe(
    'wrote policies/partner.example-2.yaml\n',
  )
})

test('a log that gzip has packed is read, and one that is missing is a failure', async () => {
  const { tlspolicy, path } = stage()
  writeFileSync(join(path, 'mail.log.gz'), gzipSync(log))
  expect((await tlspolicy('suggest', 'mail.log.gz')).stdout).toContain(
    'destination: partner.example',
  )
  expect((await tlspolicy('suggest', 'missing.log')).status).toBe(3)
  writeFileSync(join(path, 'broken.gz'), gzipSync(log).subarray(0, 60))
  expect((await tlspolicy('suggest', 'broken.gz')).status).toBe(3)
})
