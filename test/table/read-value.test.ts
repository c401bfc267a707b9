import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Parameters } from '../../src/language/override.ts'
import { parameterFacts, parameterNames } from '../../src/language/parameters.ts'
import { policies } from '../../src/language/policy.ts'
import { readValue } from '../../src/table/read-value.ts'
import { formatValue } from '../../src/table/value.ts'

const elements = {
  match: fc.constantFrom('nexthop', '.example.com', 'mail.example.com', 'münchen.test'),
  protocols: fc.constantFrom('>=TLSv1.2', '!SSLv3', 'TLSv1.3', '<=0304'),
  exclude: fc.constantFrom('aNULL', 'MD5', 'ECDHE+AES'),
} as const

const pin = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(bytes =>
  Buffer.from(bytes)
    .toString('hex')
    .replace(/..(?=.)/g, '$&:'),
)

const decision = fc.constantFrom(...policies).chain(policy => {
  const names = parameterNames.filter(
    name => policy !== 'none' && parameterFacts[name].policies.some(known => known === policy),
  )
  const values = names.map(name => {
    if (name === 'match' && policy === 'fingerprint') return [name, list(pin)] as const
    if (name in elements) return [name, list(elements[name as keyof typeof elements])] as const
    if (name === 'tafile') return [name, list(fc.constantFrom('/etc/a.pem', '/b=c.pem'))] as const
    return [name, fc.constantFrom('yes', 'no').map(word => [word])] as const
  })
  const parameters = fc.record(Object.fromEntries(values), { requiredKeys: [] })
  return parameters.map(found => ({ policy, parameters: found as Parameters }))
})

function list(element: fc.Arbitrary<string>) {
  return fc.array(element, { minLength: 1, maxLength: 3 })
}

test('a value that is written and read again is the same decision', () => {
  fc.assert(
    fc.property(decision, ({ policy, parameters }) => {
      const read = readValue(formatValue(policy, parameters))
      expect(read).toEqual({ policy, parameters })
    }),
  )
})

const read: Readonly<Record<string, ReturnType<typeof readValue>>> = {
  'ENCRYPT  Protocols=TLSv1.2': { policy: 'encrypt', parameters: { protocols: ['TLSv1.2'] } },
  ',secure, match=nexthop,,ciphers=high ,': {
    policy: 'secure',
    parameters: { match: ['nexthop'], ciphers: ['high'] },
  },
  'secure match=a.test match=b.test:.c.test': {
    policy: 'secure',
    parameters: { match: ['a.test', 'b.test', '.c.test'] },
  },
  'fingerprint match=aa:bb|cc:dd match=ee:ff': {
    policy: 'fingerprint',
    parameters: { match: ['aa:bb', 'cc:dd', 'ee:ff'] },
  },
  'encrypt protocols= exclude=:': {
    policy: 'encrypt',
    parameters: { protocols: [''], exclude: [''] },
  },
  'verify tafile=/a.pem tafile=/b.pem': {
    policy: 'verify',
    parameters: { tafile: ['/a.pem', '/b.pem'] },
  },
  'may connection_reuse=no connection_reuse=yes': {
    policy: 'may',
    parameters: { connection_reuse: ['yes'] },
  },
  'encrypt { protocols = >=TLSv1.2 }': {
    policy: 'encrypt',
    parameters: { protocols: ['>=TLSv1.2'] },
  },
  'none anything # at all': { policy: 'none', parameters: {} },
}

describe('smtp(8) takes', () => {
  test.each(Object.entries(read))('%s', (value, decision) => {
    expect(readValue(value)).toEqual(decision)
  })
})

const refused = {
  '': 'no level',
  ' , ': 'no level',
  required: '"required" is no level',
  'encrypt\u00a0ciphers=high': 'no level',
  'may # old': '"#" is no attribute',
  'may protocols=!SSLv2,!SSLv3': '"!SSLv3" is no attribute',
  'encrypt ciphers = high': '"ciphers" is no attribute',
  'may protocol=TLSv1.2': '"protocol" is no attribute of a TLS policy',
  'encrypt match=a.test': '"match" is not allowed at "encrypt"',
  'may ciphers=high ciphers=low': '"ciphers" is written twice',
  'may protocols=TLSv1.2 PROTOCOLS=TLSv1.3': '"protocols" is written twice',
  'secure match=': '"match" has no value',
  'secure policy_type=sts': 'resolver of MTA-STS policies',
} as const

describe('smtp(8) refuses', () => {
  test.each(Object.entries(refused))('%s', (value, why) => {
    expect(readValue(value)).toEqual({ fault: expect.stringContaining(why) })
  })
})
