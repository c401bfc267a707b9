import type { ParameterName } from '../../src/language/parameters.ts'
import { parameterFacts, parameterNames } from '../../src/language/parameters.ts'
import type { Policy } from '../../src/language/policy.ts'
import { policies } from '../../src/language/policy.ts'
import type { Version } from '../../src/language/version.ts'
import { hasRelease } from '../../src/language/version.ts'
import type { Values } from './corpus.ts'

/** What one file decides, and whom it is delivered to. */
export interface Combination {
  readonly policy: Policy
  readonly parameters: Readonly<Record<string, string | readonly string[]>>
}

type Choices = readonly (string | readonly string[])[]

/** Values that every Postfix takes, harmful ones among them. */
const choices = {
  match: ['hostname', 'nexthop:dot-nexthop', ['NEXTHOP', 'mail.partner.example'], 'münchen.test'],
  tafile: [],
  protocols: ['>=TLSv1.2', ['TLSv1.2', 'TLSv1.3'], '!SSLv2:!SSLv3:!TLSv1', '>=0303:<=0304', ''],
  ciphers: ['high', 'Medium', 'low', 'export', 'null'],
  exclude: ['aNULL', ['aNULL', 'RC4', 'MD5'], 'ECDHE+AES:kRSA', 'nosuch', 'aNULL;MD5', ''],
  servername: ['hostname', 'nexthop', 'mail.partner.example', 'HOSTNAME'],
  connection_reuse: ['yes', 'No', ['no', 'yes']],
  enable_rpk: ['yes', 'no'],
} as const satisfies Readonly<Record<ParameterName, Choices>>

/** Each policy with each parameter that it admits, alone and with all others. */
export function combine(values: Values, version: Version): readonly Combination[] {
  return policies.flatMap(policy => {
    const names = parameterNames.filter(name => isAdmitted(policy, name, version))
    const required: Combination['parameters'] =
      policy === 'fingerprint' ? { match: values.KEY_PIN } : {}
    const single = names.flatMap(name =>
      choicesFor(policy, name, values).map(choice => ({ ...required, [name]: choice })),
    )
    const whole = names.map(name => [name, choicesFor(policy, name, values)[0] ?? ''])
    return [required, ...single, Object.fromEntries(whole)].map(parameters => ({
      policy,
      parameters,
    }))
  })
}

function isAdmitted(policy: Policy, name: ParameterName, version: Version): boolean {
  const { policies, since } = parameterFacts[name]
  return (policies as readonly Policy[]).includes(policy) && hasRelease(version, since)
}

function choicesFor(policy: Policy, name: ParameterName, values: Values): Choices {
  const { CERTIFICATE_PIN, KEY_PIN, OTHER_PIN, PKI } = values
  if (name === 'tafile') return [`${PKI}/ca.pem`, [`${PKI}/self.pem`, `${PKI}/ca.pem`]]
  if (name === 'match' && policy === 'fingerprint')
    return [
      [KEY_PIN, OTHER_PIN],
      CERTIFICATE_PIN,
      `${OTHER_PIN}|${KEY_PIN}`,
      KEY_PIN.replaceAll(':', '').toLowerCase(),
    ]
  // At encrypt Postfix excludes the ciphers that this grade consists of.
  if (name === 'ciphers' && policy === 'encrypt')
    return choices.ciphers.filter(grade => grade !== 'null')
  return choices[name]
}

/** The text of a file. */
export function fileOf(destination: string, { policy, parameters }: Combination): string {
  const file = {
    destination,
    policy,
    parameters,
    justification: 'Their certificate expired, and the new one is announced for Friday.',
    review_date: '2026-12-15',
  }
  // Every JSON text is YAML.
  return JSON.stringify(file)
}
