import { expect, test } from 'vitest'
import { comparable, readDestination } from '../../src/language/destination.ts'

const read = (text: string) => readDestination(text, '/destination')

test.each([
  ['Example.COM', 'domain', ['example.com']],
  ['.Example.com', 'parent', ['.example.com']],
  ['[Mail.example.com]', 'host', ['[mail.example.com]']],
  ['[mail.example.com]:587', 'host-port', ['[mail.example.com]:587']],
  ['[mail.example.com]:Submission', 'host-port', ['[mail.example.com]:submission']],
  ['example.com:25', 'domain-port', ['example.com:25']],
  ['a_b.example.com', 'domain', ['a_b.example.com']],
  ['localhost', 'domain', ['localhost']],
  ['com', 'domain', ['com']],
  ['.com', 'parent', ['.com']],
  ['192.0.2.1', 'domain', ['192.0.2.1']],
  ['[192.0.2.1]', 'host', ['[192.0.2.1]']],
  ['[IPv6:2001:DB8::1]', 'host', ['[ipv6:2001:db8::1]']],
  ['[2001:db8::1]:587', 'host-port', ['[2001:db8::1]:587']],
  ['MÜNCHEN.test', 'domain', ['xn--mnchen-3ya.test', 'münchen.test']],
  ['.XN--MNCHEN-3YA.test', 'parent', ['.xn--mnchen-3ya.test', '.münchen.test']],
  ['[münchen.test]:25', 'host-port', ['[xn--mnchen-3ya.test]:25', '[münchen.test]:25']],
  ['straße.test', 'domain', ['xn--strae-oqa.test']],
  ['ς.test', 'domain', ['xn--3xa.test']],
  ['ı.test', 'domain', ['xn--cfa.test', 'ı.test']],
  ['\u212a.test', 'domain', ['k.test']],
  ['ꭰ.test', 'domain', ['xn--58d.test', 'Ꭰ.test']],
] as const)('%s is a %s, looked up as %j', (text, form, keys) => {
  expect(read(text)).toMatchObject({ text, form, keys, at: '/destination' })
})

test('a destination knows its host and port', () => {
  expect(read('[IPv6:2001:DB8::1]:25')).toMatchObject({
    host: '2001:db8::1',
    address: true,
    port: '25',
  })
  expect(read('.münchen.test')).toMatchObject({ host: 'xn--mnchen-3ya.test', address: false })
})

test.each([
  ['', 'destination-name'],
  ['1.2.3', 'destination-name'],
  ['a..b', 'destination-name'],
  ['-a.test', 'destination-name'],
  ['ｅxample.com', 'destination-name'],
  [`${'x'.repeat(64)}.test`, 'destination-name'],
  ['[fe80::1%eth0]', 'destination-name'],
  ['*.example.com', 'destination-wildcard'],
  ['https://example.com/', 'destination-url'],
  ['user@example.com', 'destination-address'],
  ['192.0.2.0/24', 'destination-network'],
  ['smtp:example.com', 'destination-transport'],
  ['example.com.', 'destination-trailing-dot'],
  ['2001:db8::1', 'destination-brackets'],
  ['.[example.com]', 'destination-brackets'],
  ['[.example.com]', 'destination-brackets'],
  ['[example.com]:99999', 'destination-port'],
  ['a.test b.test', 'destination-character'],
  ['a\u200b.test', 'destination-character'],
  ['"a.test"', 'destination-character'],
])('%j never matches: %s', (text, rule) => {
  expect(read(text)).toMatchObject({ rule, at: { pointer: '/destination' } })
})

test('two spellings that Postfix takes for one are comparable', () => {
  expect(comparable('[MAIL.Example.com]')).toBe(comparable('[mail.example.com]'))
  expect(comparable('straße.test')).toBe(comparable('STRASSE.test'))
  expect(comparable('ꭰ.test')).toBe(comparable('Ꭰ.test'))
  expect(comparable('ı.test')).not.toBe(comparable('i.test'))
})
