import fc from 'fast-check'
import { spellings, traps } from './traps.ts'

const sha256 = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(bytes =>
  Buffer.from(bytes)
    .toString('hex')
    .replace(/..(?!$)/g, '$&:')
    .toUpperCase(),
)

/** Text that an attacker or a slip of the hand could make of a usual one. */
const hostile = (usual: string) =>
  fc
    .tuple(
      fc.constantFrom('', usual, usual.toUpperCase(), usual.slice(1)),
      fc.oneof(fc.constantFrom(...traps), fc.string({ unit: 'binary', maxLength: 6 })),
      fc.constantFrom('', usual),
    )
    .map(parts => parts.join(''))

/** Mostly what is usual in a field, now and then what is not. */
const mostly = (...usual: readonly [string, ...string[]]) =>
  fc.oneof(
    { weight: 19, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: hostile(usual[0]) },
  )

const destination = fc
  .nat(60)
  .chain(n =>
    mostly(
      `d${n}.example`,
      `.d${n}.example`,
      `D${n}.Example`,
      `[mx${n}.example]`,
      `[mx${n}.example]:587`,
      `d${n}.example:submission`,
      `[192.0.2.${n}]:25`,
      `[ipv6:2001:db8::${n}]`,
      `münchen${n}.example`,
      `straße${n}.example`,
      `xn--mnchen${n}-9db.example`,
    ),
  )

const several = (one: fc.Arbitrary<string>) =>
  fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 3 }))

const names = several(
  mostly('hostname', 'nexthop', 'dot-nexthop', '.partner.example', 'mx1.example:.'),
)
const tafile = several(mostly('/etc/postfix/ca.pem', '/etc/ca2.pem'))
const withTls = {
  protocols: several(mostly('>=TLSv1.2', '!SSLv2:!SSLv3', '>=TLSv1:<=TLSv1.3', 'TLSv1.2')),
  ciphers: mostly('high', 'medium', 'LOW'),
  exclude: several(mostly('aNULL', 'RC4:MD5', '3DES', 'unheard')),
  servername: mostly('hostname', 'nexthop', 'mx.example'),
  connection_reuse: several(mostly('yes', 'no')),
}

const parametersOf: Readonly<Record<string, fc.Arbitrary<object>>> = {
  none: fc.record({ protocols: withTls.protocols }, { requiredKeys: [] }),
  may: fc.record(withTls, { requiredKeys: [] }),
  encrypt: fc.record(withTls, { requiredKeys: [] }),
  dane: fc.record(withTls, { requiredKeys: [] }),
  'dane-only': fc.record(withTls, { requiredKeys: [] }),
  fingerprint: fc.record(
    {
      match: several(
        fc.oneof(
          sha256,
          mostly('not a pin').map(text => `AA:BB|${text}`),
        ),
      ),
      ...withTls,
    },
    { requiredKeys: ['match'] },
  ),
  verify: fc.record({ match: names, tafile, ...withTls }, { requiredKeys: [] }),
  secure: fc.record({ match: names, tafile, ...withTls }, { requiredKeys: [] }),
  Encrypt: fc.record(withTls, { requiredKeys: [] }),
}

const fields = fc.constantFrom(...Object.keys(parametersOf)).chain(policy =>
  fc.record(
    {
      destination: several(destination),
      policy: fc.constant(policy),
      parameters: parametersOf[policy] ?? fc.constant({}),
      active: fc.boolean(),
      justification: mostly('Their certificate expired in October; postmaster was told.'),
      review_date: fc.constantFrom('2026-12-15', '0001-01-01', '9999-12-31'),
      owner: mostly('mail-team@example.org', '@hostmaster'),
      ticket: mostly('https://tickets.example/MAIL-42'),
      contacted: fc.array(
        fc.record({ date: fc.constant('2026-11-18'), to: mostly('postmaster@partner.example') }),
        { maxLength: 2 },
      ),
    },
    { requiredKeys: ['destination', 'policy', 'justification', 'review_date'] },
  ),
)

const write = (text: string) =>
  /^[a-z][\w.-]*$/i.test(text) && !/^(true|false|null)$/i.test(text)
    ? text
    : (spellings.escapes?.(text) ?? '')

/** A value as YAML in flow style, with every text written so that it arrives as it is. */
function toYaml(value: unknown): string {
  if (typeof value === 'string') return write(value)
  if (Array.isArray(value)) return `[${value.map(toYaml).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  return `{ ${Object.entries(value)
    .map(([name, part]) => `${name}: ${toYaml(part)}`)
    .join(', ')} }`
}

/** The text of one override: mostly good, often nearly good, now and then hostile. */
const overrideText = fields.map(override =>
  Object.entries(override)
    .map(([name, value]) => `${name}: ${toYaml(value)}\n`)
    .join(''),
)

/** No such folder is read; what is made of a path must not depend on that. */
const folders = ['', 'partners/', 'ö/', 'x\nother.example none\n/', '\u202e/', '\r# /']

/** Files by their paths, no path twice. */
export const policyFiles = fc
  .array(fc.tuple(fc.constantFrom(...folders), overrideText), { minLength: 1, maxLength: 12 })
  .map(texts => texts.map(([folder, text], index) => [`${folder}${index}.yaml`, text] as const))
