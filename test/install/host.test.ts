import { expect, test } from 'vitest'
import { readContent } from '../../src/install/content.ts'
import { findDemands, findHostFaults } from '../../src/install/host.ts'
import type { HostSettings } from '../../src/install/host-facts.ts'
import { makePlan } from '../../src/install/plan.ts'
import { settingsOfHost } from '../../src/install/settings.ts'

const settings: HostSettings = {
  mail_version: '3.7.11',
  compatibility_level: '3.6',
  default_database_type: 'lmdb',
  smtp_tls_policy_maps: 'lmdb:/etc/postfix/tls_policy',
  smtp_tls_security_level: 'dane',
  smtp_dns_support_level: 'dnssec',
  smtp_tls_fingerprint_digest: 'sha256',
  smtp_tls_CAfile: '/etc/ssl/certs/ca-certificates.crt',
  smtp_tls_CApath: '',
  config_directory: '/etc/postfix',
  tls_append_default_CA: 'no',
  queue_directory: '/var/spool/postfix',
  mail_owner: 'postfix',
}

/** What a host has against going from one table to another. */
function findings(host: Partial<HostSettings>, before: string, after: string) {
  const [was, will] = [before, after].map(text => readContent(new TextEncoder().encode(text)))
  const all = { ...settings, ...host }
  if (!was || !will) return []
  const demands = findDemands(will, makePlan(was, will, settingsOfHost(all)))
  const table = { type: 'lmdb', path: '/etc/postfix/tls_policy' } as const
  return findHostFaults(
    { settings: all, services: [], unreadable: new Map() },
    { table, demands, settings: undefined },
  ).map(({ severity, message }) => `${severity}: ${message}`)
}

const noAuthorities = { smtp_tls_CAfile: '' }
const advice = 'no certificate is trusted on this host; write into main.cf: '

test('a fault of the host names a destination that changes, and counts all that it concerns', () => {
  const before = 'a.example secure\nb.example secure\nc.example verify\nd.example may\n'
  const after = `${before}e.example verify\n`
  expect(findings(noAuthorities, before, after)).toEqual([
    expect.stringMatching(`^error: e\\.example and 3 more: ${advice}`),
  ])
  expect(findings({}, before, after)).toEqual([])
})

test('what was installed with the same fault stops no deploy', () => {
  const before = 'a.example secure\nb.example may\n'
  expect(findings(noAuthorities, before, 'a.example secure\nb.example none\n')).toEqual([
    expect.stringMatching(/^warning: a\.example: .* \(as in the table that is installed\)$/),
  ])
})

test('a value that only some entries of a kind have is a fault of those alone', () => {
  const table = 'a.example fingerprint match=AA:BB\nb.example dane\nc.example dane-only\n'
  expect(findings({ smtp_dns_support_level: '' }, '', table)).toEqual([
    expect.stringMatching(/^error: c\.example: dane-only defers all mail/),
    expect.stringMatching(/^warning: b\.example: dane is no more than may/),
    expect.stringMatching(/^error: a\.example: no pin has the length/),
  ])
})
