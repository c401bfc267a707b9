import { describe, expect, test } from 'vitest'
import { adaptWorkflow, exampleOverride, writeSettings } from '../../src/install/init/files.ts'
import { readMainCf } from '../../src/install/init/main-cf.ts'
import { findSettings } from '../../src/install/init/settings.ts'
import { formatInit } from '../../src/install/init/words.ts'
import { readOverride } from '../../src/language/read-override.ts'
import { readSettings } from '../../src/language/read-settings.ts'
import { defaultSettings } from '../../src/language/settings.ts'

const found = (text: string) => {
  const settings = writeSettings(findSettings(readMainCf(text)))
  const read = readSettings(settings)
  expect(read.faults).toEqual([])
  return read.settings.postfix
}

const unset = {
  version: '3.7',
  defaultPolicy: 'none',
  dnsSupportLevel: 'enabled',
  fingerprintDigest: 'md5',
  dynamicPolicy: 'none',
} as const

const cases: readonly (readonly [string, string, object])[] = [
  ['nothing of use', 'myhostname = mx.example', unset],
  ['a version with a patch level', 'mail_version = 3.10.4', { version: '3.10' }],
  ['a snapshot', 'mail_version = 3.12-20260821', { version: '3.12' }],
  ['a version that no Postfix has', 'mail_version = 3.123456789', {}],
  ['a version that is too old', 'mail_version = 2.11.3', { version: '3.4' }],
  [
    'what is set',
    'smtp_tls_security_level = dane\nsmtp_dns_support_level = dnssec\nsmtp_tls_fingerprint_digest = SHA512',
    { defaultPolicy: 'dane', dnsSupportLevel: 'dnssec', fingerprintDigest: 'sha512' },
  ],
  ['the older switches', 'smtp_use_tls = yes', { defaultPolicy: 'may' }],
  ['the older order', 'smtp_enforce_tls = yes\nsmtp_use_tls = yes', { defaultPolicy: 'encrypt' }],
  [
    'defaults that depend on the compatibility level',
    `compatibility_level = 3.11\nsmtp_tls_security_level = \${{$compatibility_level} <level {3.11} ? {} : {may}}`,
    { defaultPolicy: 'may', fingerprintDigest: 'sha256' },
  ],
  ['an older compatibility level', 'compatibility_level = 2', { fingerprintDigest: 'md5' }],
  ['no DNS', 'disable_dns_lookups = yes', { dnsSupportLevel: 'disabled' }],
  [
    'a resolver behind a table',
    'smtp_tls_policy_maps = hash:/etc/postfix/p, socketmap:inet:127.0.0.1:8642:QUERY',
    { dynamicPolicy: 'mta-sts' },
  ],
  [
    'a main.cf with lines that go on',
    '# tables\nsmtp_tls_policy_maps =\n  hash:/etc/postfix/p\n# sts\n  socketmap:unix:sts:QUERY\n',
    { dynamicPolicy: 'mta-sts' },
  ],
  ['a level that does not exist', 'smtp_tls_security_level = must', { defaultPolicy: 'dane' }],
  ['the last of two lines', 'smtp_use_tls = no\nsmtp_use_tls = yes', { defaultPolicy: 'may' }],
]

describe('the settings are those of main.cf', () => {
  test.each(cases)('%s', (_, text, expected) => {
    expect(found(`x = y\n${text}`)).toEqual({ ...unset, ...expected })
  })
})

test('without Postfix the settings are the defaults, and say so', () => {
  const text = writeSettings(findSettings(undefined))
  expect(readSettings(text)).toEqual({ settings: defaultSettings, faults: [] })
  expect(text.match(/# assumed: there was no postconf to ask/g)).toHaveLength(5)
})

test('a value of main.cf brings no line of its own', () => {
  const text = writeSettings(findSettings({ smtp_tls_security_level: 'x\nrequire: [owner]\u202e' }))
  expect(readSettings(text).settings.require).toEqual([])
  expect(text).not.toContain('\u202e')
})

test('the example is an override', () => {
  expect(readOverride('partner.yaml', exampleOverride).faults).toEqual([])
})

const bold = (_: 'bold', text: string) => text
const begun = { written: [], kept: [], unfilled: [] }

test('the table goes before what answers for all destinations', () => {
  const main = {
    default_database_type: 'cdb',
    smtp_tls_policy_maps: 'socketmap:inet:127.0.0.1:8642:QUERY',
  }
  expect(formatInit({ ...begun, main }, bold)).toContain(
    '  smtp_tls_policy_maps = cdb:/etc/postfix/tls_policy, socketmap:inet:127.0.0.1:8642:QUERY\n',
  )
  const other = { config_directory: '/etc/postfix-out' }
  expect(formatInit({ ...begun, main: other }, bold)).toContain(
    '  smtp_tls_policy_maps = lmdb:/etc/postfix-out/tls_policy\n',
  )
  expect(formatInit({ ...begun, main: undefined }, bold)).toContain(
    '  smtp_tls_policy_maps = lmdb:/etc/postfix/tls_policy\n',
  )
})

test('a table that is there is taken over', () => {
  const main = { smtp_tls_policy_maps: 'hash:/etc/postfix/tls' }
  expect(formatInit({ ...begun, main }, bold)).toContain('tlspolicy import /etc/postfix/tls\n')
  const unnoticed = { smtp_tls_policy_maps: 'texthash:/etc/postfix/tls' }
  expect(formatInit({ ...begun, main: unnoticed }, bold)).toContain('write lmdb:/etc/postfix/tls')
  expect(formatInit({ ...begun, main }, bold)).not.toContain('write lmdb:')
})

test('a workflow elsewhere names the commit of the actions, and its own folder', () => {
  const text =
    'env:\n  POLICIES: policies\n\n      - uses: ./.github/actions/tlspolicy\n      - uses: ./.github/actions/setup\n'
  const action = `example/tlspolicy@${'ab'.repeat(20)}`
  expect(adaptWorkflow(text, { action, version: '1.2.3', policies: 'policies' })).toBe(
    `env:\n  POLICIES: policies\n\n      - uses: example/tlspolicy/.github/actions/tlspolicy@${'ab'.repeat(20)} # v1.2.3
      - uses: example/tlspolicy/.github/actions/setup@${'ab'.repeat(20)} # v1.2.3\n`,
  )
  expect(adaptWorkflow(text, { action, version: '1.2.3', policies: 'mail tls' })).toBe(
    `env:\n  POLICIES: "mail tls"\n\n      - uses: example/tlspolicy/.github/actions/tlspolicy@${'ab'.repeat(20)} # v1.2.3
        with:
          policies: "mail tls"
      - uses: example/tlspolicy/.github/actions/setup@${'ab'.repeat(20)} # v1.2.3\n`,
  )
})
