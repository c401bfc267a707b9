import fc from 'fast-check'
import { expect, test } from 'vitest'
import { oneByOne } from '../../../src/install/import/group.ts'
import { planImport } from '../../../src/install/import/plan.ts'
import { readSource } from '../../../src/install/import/read-source.ts'
import { repairValue } from '../../../src/install/import/repair.ts'
import { collectPolicies } from '../../../src/language/policies.ts'
import { readFile } from '../../../src/language/read-file.ts'
import { writeImported } from '../../../src/register/edit/imported.ts'
import { compileEntries } from '../../../src/table/entries.ts'
import { readValue } from '../../../src/table/read-value.ts'
import { formatTable } from '../../../src/table/text.ts'
import { formatValue } from '../../../src/table/value.ts'
import { describeWithPostfix } from '../../postfix/available.ts'
import { indexTable } from '../../postfix/postmap.ts'

const pins = ['ab'.repeat(32), `${'CD:'.repeat(31)}CD`]

const keys = (index: number) => [
  `a${index}.example`,
  `A${index}.Example`,
  `.sub${index}.example`,
  `[mx${index}.example]`,
  `[MX${index}.example]:587`,
  `relay${index}.example:25`,
  `[192.0.2.${index % 250}]`,
  `[IPv6:2001:DB8::${index}]`,
  `münchen${index}.example`,
  `xn--mnchen${index}-9db.example`,
  `Köln${index}.example`,
  `straße${index}.example`,
  `*.w${index}.example`,
  `dot${index}.example.`,
  `user@u${index}.example`,
  `"q${index}.example"`,
  `[open${index}.example`,
]

const values = [
  ...['none', 'may', 'encrypt', 'dane', 'dane-only', 'verify', 'secure', 'SECURE', 'none x=y'],
  ...['must', 'fingerprint', 'encrypt;', 'may # old', 'encrypt match=a.example'],
  ...['may protocols=!SSLv2,!SSLv3', 'encrypt\tprotocols=TLSv1.2', 'encrypt ciphers = high'],
  ...['secure match=.a.example:a.example', 'secure, match=nexthop, ciphers=high,'],
  ...['secure match=a.example match=b.example', 'encrypt PROTOCOLS=>=tlsv1.2 exclude='],
  ...[`fingerprint match=${pins[0]}`, `fingerprint match=${pins[0]}|${pins[1]}`],
  ...[`fingerprint match=${pins[0]}\n  match=${pins[1]}`, `fingerprint match=${pins.join(':')}`],
  ...['may\n# between\n\n  ciphers=high', 'may connection_reuse=no connection_reuse=yes'],
  ...['secure match=mx.example policy_type=sts', 'encrypt enable_rpk=yes', 'verify tafile=/a.pem'],
  ...['may protocols=TLSv1.0', 'encrypt ciphers=high ciphers=low', 'secure servername=hostname'],
]

const table = fc
  .array(
    fc.tuple(fc.nat(30), fc.nat(99), fc.constantFrom(...values), fc.constantFrom(' ', '\t \t')),
  )
  .map(rows =>
    rows
      .map(([number, which, value, blank]) => {
        const names = keys(number)
        return `# Entry ${number}.\n${names[which % names.length]}${blank}${value}\n`
      })
      .join(''),
  )

function importText(text: string) {
  const read = readSource(new TextEncoder().encode(text), undefined)
  if ('fault' in read) throw new Error(read.fault)
  const empty = collectPolicies([], readFile)
  const plan = planImport(read, empty, path => path)
  const files = oneByOne(plan.decided).map((group, index) => {
    const file = { source: 'table', reviewDate: '2026-12-15', schemaLine: undefined } as const
    const text = writeImported(group, file)
    return { path: `${index}.yaml`, bytes: new TextEncoder().encode(text) }
  })
  return { read, plan, policies: collectPolicies(files, readFile) }
}

/** What a value means to Postfix, or was plainly meant to. */
function meaning(value: string): string {
  const own = readValue(value)
  const reading = 'fault' in own ? readValue(repairValue(value).value) : own
  return 'fault' in reading ? reading.fault : formatValue(reading.policy, reading.parameters)
}

test('each entry is imported, the same as another, or left out with a reason', () => {
  fc.assert(
    fc.property(table, text => {
      const { read, plan, policies } = importText(text)
      const all = plan.decided.length + plan.leftOut.length + plan.same.length
      expect(all).toBe(read.rows.length + read.leftOut.length)
      expect(policies.faults).toEqual([])
    }),
    { numRuns: 40 },
  )
})

describeWithPostfix('an import answers as the table did', () => {
  test.each([1, 2])('for every key (%s)', seed => {
    const text = fc.sample(table, { numRuns: 90, seed }).join('\n')
    const { plan, policies } = importText(text)
    const original = indexTable(text)
    const entries = compileEntries(policies.overrides)
    const compiled = indexTable(formatTable(entries))
    const asked = plan.decided.flatMap(({ destination }) => destination.keys)
    // One spelling of an internationalised name may be new, and none may be gone.
    const before = original.ask(asked)
    const after = compiled.ask(asked)
    const differing = asked.filter((_, index) => {
      const [old, now] = [before[index], after[index]]
      return old !== undefined && (now === undefined || meaning(old) !== now)
    })
    expect(differing).toEqual([])
    expect(before.filter(answer => answer !== undefined).length).toBeGreaterThan(80)
    const answered = new Set(entries.map(({ key }) => key))
    const lost = original.dump().map(line => line.split('\t', 1)[0] ?? '')
    const silent = lost
      .filter(key => !answered.has(key))
      .filter(key => !plan.leftOut.some(({ text }) => textHas(text, key)))
    expect(silent).toEqual([])
  })
})

function textHas(text: string, key: string): boolean {
  return text.toLowerCase().replaceAll('ß', 'ss').startsWith(key)
}
