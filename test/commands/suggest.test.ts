import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { makeRepository } from './repository.ts'
import { expectShape } from './schemas.ts'

const log = `Nov 22 03:10:01 mx postfix/smtp[123]: server certificate verification failed for mx.partner.example[192.0.2.1]:25: num=65:no matching DANE TLSA records
Nov 22 03:10:01 mx postfix/smtp[123]: 4F1A2B3C4D: to=<a@partner.example>, relay=mx.partner.example[192.0.2.1]:25, delay=0.1, delays=0/0/0/0, dsn=4.7.5, status=deferred (Server certificate not verified)
Nov 22 03:20:01 mx postfix/smtp[123]: 4F1A2B3C4E: to=<a@slow.example>, relay=none, delay=0.1, delays=0/0/0/0, dsn=4.4.1, status=deferred (connect to mx.slow.example[192.0.2.2]:25: Connection timed out)
`

const draft = `# partner.example: 1 message at Nov 22 03:10:01
#   Server certificate not verified
#   num=65:no matching DANE TLSA records
# A pinned key would protect this mail better: tlspolicy pin prints the keys, for the recipient to confirm.
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
  expect(stderr).toContain('slow.example: 1 message, no TLS policy keeps this mail back')
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

const override = (destination: string) =>
  `destination: ["${destination}"]\npolicy: may\njustification: Their certificate was wrong; they were told.\nreview_date: 2026-12-15\n`

const delivered = (domain: string, relay: string) =>
  `Nov 22 03:30:01 mx postfix/smtp[123]: 4F1A2B3C4F: to=<a@${domain}>, orig_to=<b@c.example>, relay=${relay}, delay=0.1, delays=0/0/0/0, dsn=2.0.0, status=sent (250 ok)\n`

test('overrides that no mail went to are named, where any mail went out', async () => {
  const repository = stage()
  repository.write({
    'used.yaml': override('Used.example'),
    'below.yaml': override('.below.example'),
    'relay.yaml': override('[smart.example]:587'),
    'service.yaml': override('[smart.example]:submission'),
    'address.yaml': override('[ipv6:2001:db8::9]'),
    'unused.yaml': override('unused.example'),
    'name.yaml': override('m\u00fcnchen.example'),
    'inactive.yaml': `${override('inactive.example')}active: false\n`,
  })
  const lines = [
    delivered('used.example', 'mx.used.example[192.0.2.1]:25'),
    delivered('a.BELOW.example', 'mx.below.example[2001:db8::1]:25'),
    delivered('c.example', 'smart.example[192.0.2.3]:587'),
    delivered('m\u00fcnchen.example', 'mx.c.example[192.0.2.4]:25'),
    delivered('d.example', '2001:db8::9[2001:db8::9]:25'),
  ]
  writeFileSync(join(repository.path, 'sent.log'), lines.join(''))
  const { stderr, status } = await repository.tlspolicy('suggest', 'sent.log')
  expect(stderr).toContain(
    'no mail in this log was seen to go to (a next-hop that only a transport names may be used unseen):\n  unused.example (policies/unused.yaml)\n\n',
  )
  expect(status).toBe(0)
  writeFileSync(join(repository.path, 'empty.log'), 'Nov 22 03:30:01 mx postfix/smtp[1]: x\n')
  const empty = await repository.tlspolicy('suggest', 'empty.log')
  expect(empty.stderr).not.toContain('no mail in this log')
})

test('--letter prints the texts for the postmasters alone', async () => {
  const { tlspolicy } = stage()
  expect((await tlspolicy('suggest', 'mail.log')).stderr).toContain(
    'tlspolicy suggest --letter mail.log\n',
  )
  const { stdout, stderr, status } = await tlspolicy('suggest', 'mail.log', '--letter')
  expect({ stderr, status }).toEqual({ stderr: '', status: 1 })
  expect(stdout).toMatch(/^To: postmaster@partner\.example\nSubject: .*\n\nHello,\n/)
  expect(stdout).not.toContain('destination:')
})

test('the JSON tells the drafts, the letters, and what no override helps', async () => {
  const { tlspolicy, write } = stage()
  write({ 'unused.yaml': override('unused.example') })
  const { stdout, stderr, status } = await tlspolicy('suggest', 'mail.log', '--format', 'json')
  expect({ stderr, status }).toEqual({ stderr: '', status: 1 })
  const { suggestions, ...others } = expectShape(stdout, 'suggest')
  expect(suggestions).toMatchObject([
    {
      ...{ destinations: ['partner.example'], policy: 'encrypt', problem: 'tlsa-mismatch' },
      file: 'policies/partner.example.yaml',
      letter: expect.stringContaining('postmaster@partner.example'),
      draft: expect.stringContaining('justification: TODO'),
    },
  ])
  expect(others).toMatchObject({
    ...{ version: 1, leftOut: 0, ownSide: [] },
    remarks: [{ domain: 'slow.example', fault: 'transient' }],
    unused: [{ destination: 'unused.example', file: 'policies/unused.yaml' }],
  })
})

test('a message that was delivered later in the same log needs no override', async () => {
  const { tlspolicy, path } = stage()
  const sent = log
    .split('\n')
    .filter(line => line.includes('partner'))
    .map(line => line.replace('03:10', '03:40').replace(/status=.*/, 'status=sent (250 ok)'))
  writeFileSync(join(path, 'mail.log'), `${log}${sent.join('\n')}\n`)
  const { stderr, stdout, status } = await tlspolicy('suggest', 'mail.log')
  expect({ stdout, status }).toEqual({ stdout: '', status: 0 })
  expect(stderr).toContain('mail to it was delivered later')
})

const unresolved = Array.from({ length: 30 }, (_, i) =>
  log
    .split('\n')
    .filter(line => line.includes('slow'))
    .map(line => line.replaceAll('slow', `site-${i}`))
    .join('\n'),
)

test('of many destinations that no policy concerns, some are told, and the rest is counted', async () => {
  const { tlspolicy, path } = stage()
  writeFileSync(join(path, 'mail.log'), `${unresolved.join('\n')}\n`)
  const { stderr } = await tlspolicy('suggest', 'mail.log')
  expect(stderr.match(/ 1 message, /g)).toHaveLength(10)
  expect(stderr).toContain('and 20 more like the last')
})

test('what may be our own fault is drafted, and neither written nor told to strangers', async () => {
  const { tlspolicy, path } = stage()
  const lines = ['one.example', 'two.example', 'three.example', 'four.example'].map(
    domain =>
      `Nov 22 03:20:01 mx postfix/smtp[9]: 4F1A2B3C4E: to=<a@${domain}>, relay=none, delay=0.1, delays=0/0/0/0, dsn=4.7.5, status=deferred (TLSA lookup error for mx.${domain}:25)\n`,
  )
  writeFileSync(join(path, 'mail.log'), `${log}${lines.join('')}`)
  const shown = await tlspolicy('suggest', 'mail.log')
  expect(shown.stderr).toContain('look at your own side first: 4 unrelated recipients')
  expect(shown.stdout).toContain('# Look at your own side first: 4 unrelated recipients')
  const letters = await tlspolicy('suggest', 'mail.log', '--letter')
  expect(letters.stdout.match(/^To: .*/gm)).toEqual(['To: postmaster@partner.example'])
  expect(letters.stderr).toContain('there is no letter for 4 drafts')
  const written = await tlspolicy('suggest', 'mail.log', '--write')
  expect(written.stdout).toBe('wrote policies/partner.example.yaml\n')
  expect(written.stderr).toContain('nothing is written for 4 drafts')
})

test('a file that is no mail log is not taken for a log without faults', async () => {
  const { tlspolicy, path } = stage()
  writeFileSync(join(path, 'auth.log'), 'Nov 22 03:10:01 mx sshd[1]: Invalid user x\n')
  expect((await tlspolicy('suggest', 'auth.log')).stderr).toContain('is it the mail log?')
  writeFileSync(join(path, 'sent.log'), delivered('a.example', 'mx.a.example[192.0.2.1]:25'))
  expect((await tlspolicy('suggest', 'sent.log')).stderr).not.toContain('is it the mail log?')
})

test('an entry that Postfix refuses is found, though no override is drafted', async () => {
  const { tlspolicy, path } = stage()
  const reason = 'client TLS configuration problem'
  writeFileSync(join(path, 'mail.log'), log.replaceAll('Server certificate not verified', reason))
  const { stderr, stdout, status } = await tlspolicy('suggest', 'mail.log')
  expect({ stdout, status }).toEqual({ stdout: '', status: 1 })
  expect(stderr).toContain('look at your own table first')
})

test('a log whose newest part stands first is told, since nobody sees what was delivered later', async () => {
  const { tlspolicy, path } = stage()
  writeFileSync(join(path, 'two.log'), log.replaceAll('Nov 22', 'Nov 23') + log)
  expect((await tlspolicy('suggest', 'two.log')).stderr).toContain('give the oldest part first')
  expect((await tlspolicy('suggest', 'mail.log')).stderr).not.toContain('oldest part')
})
