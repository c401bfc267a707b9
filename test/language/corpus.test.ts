import { describe, expect, test } from 'vitest'
import { readProtocols } from '../../src/language/protocols.ts'
import { judge, settingsFor } from '../judgement.ts'
import { toYaml } from '../postfix/as-yaml.ts'
import type { Measured, Row, Verdict } from '../postfix/corpus.ts'
import { fillIn, readCorpus } from '../postfix/corpus.ts'
import { meaningOf } from '../postfix/meaning.ts'

const pin = (pair: string) => Array.from({ length: 32 }, () => pair).join(':')

const values = {
  CERTIFICATE_PIN: pin('a3'),
  KEY_PIN: pin('1B'),
  OTHER_PIN: pin('c0'),
  ISSUER_PIN: pin('dd'),
  PKI: '/etc/postfix/pki',
}

/** Faults that only the host of the table shows. */
const onDisk = /tafile=(?:\S+ tafile=)?(?:\/nonexistent|%PKI%\/(?:empty|junk)\.pem)/

/** What resolvers of MTA-STS policies answer is never written by hand. */
const ofPlugins = /\b(?:policy_\w+|mx_host_pattern)\b/

/** At none Postfix ignores even what it does not know; a file has the names of the schema. */
const unknownAtNone = /^none (?:bogus|junk)/

function expectedOf(row: Row, version: Measured): Verdict | undefined {
  if (onDisk.test(row.policy)) return undefined
  if (ofPlugins.test(row.policy) || unknownAtNone.test(row.policy)) return 'invalid'
  return row.verdicts[version]
}

/** From 3.10 on braces hold an attribute together; a file has no need of them. */
function withoutBraces(policy: string): string {
  return policy.replace(/\{\s*(\w+)\s*=\s*([^{}]*?)\s*\}/g, '$1=$2')
}

function textOf(row: Row, version: Measured): string {
  const text = fillIn(row, values)
  return version === '3.11' && row.verdicts[version] === 'ok' ? withoutBraces(text) : text
}

/** How we disagree with Postfix about a row; undefined where we do not. */
function disagreement(row: Row, version: Measured): string | undefined {
  const expected = expectedOf(row, version)
  if (expected === undefined) return undefined
  const text = textOf(row, version)
  const ours = judge([toYaml('partner.example', text)], settingsFor(version))
  const told = `${row.id} ${text}: ${expected}, and we say ${ours.verdict} (${ours.rules})`
  if (expected === 'invalid') return ours.verdict === 'invalid' ? undefined : told
  if (ours.verdict === 'invalid' || (expected === 'warn' && ours.verdict === 'ok')) return told
  const value = ours.entries[0]?.value ?? ''
  const isSame = JSON.stringify(sorted(value)) === JSON.stringify(sorted(text))
  return isSame ? undefined : `${row.id} ${text}: compiled to ${value}`
}

function sorted(text: string) {
  return Object.entries(meaningOf(text)).sort(([a], [b]) => (a < b ? -1 : 1))
}

const measured = readCorpus()

describe.each(['3.7', '3.11'] as const)('as Postfix %s', version => {
  const rows = measured.filter(row => row.verdicts[version])

  test('we refuse, warn and accept, and the table says the same', () => {
    expect(rows.flatMap(row => disagreement(row, version) ?? [])).toEqual([])
    expect(rows.length).toBeGreaterThan(300)
  })
})

test('we know the TLS version that Postfix negotiates with a list of protocols', () => {
  const sessions = measured.filter(row => row.protocol && / protocols=/.test(row.policy))
  const highest = sessions.map(({ policy }) => {
    const { versions } = readProtocols(/protocols=(\S*)/.exec(policy)?.[1] ?? '')
    return `${policy}: ${[...versions].at(-1)}`
  })
  expect(highest).toEqual(sessions.map(({ policy, protocol }) => `${policy}: ${protocol}`))
  expect(sessions.length).toBeGreaterThan(50)
})

test.each(['{', '}', '}{', 'a}{b', '{a}}{'])('%s would take in the next parameter', braces => {
  // Measured on no release: read in mystrtokq() of Postfix 3.10.
  const text = toYaml('partner.example', `secure match=a${braces} servername=hostname`)
  expect(judge([text]).rules).toEqual(['parameter-separator'])
})
