import { expect, test } from 'vitest'
import { judge, settingsFor } from '../judgement.ts'
import { toYaml } from '../postfix/as-yaml.ts'

const settings = settingsFor('3.7')
const pin = Array.from({ length: 32 }, () => 'ad').join(':')

/** Postfix takes each of these, and the administrator comes to harm. */
test.each([
  ['encrypt protocols=', 'protocols-no-floor'],
  ['encrypt protocols=SSLv2', 'protocols-no-floor'],
  ['encrypt protocols=>=0', 'protocols-no-floor'],
  ['encrypt protocols=<=TLSv1.2', 'protocols-no-floor'],
  ['encrypt protocols=>=TLSv1:!TLSv1.2', 'protocols-gap'],
  ['encrypt protocols=>=TLSv1.2:<=0399', 'value-ignored'],
  ['encrypt protocols=>=TLSv1.2:>=TLSv1', 'value-ignored'],
  ['encrypt ciphers=low', 'ciphers-weak'],
  ['may ciphers=null', 'ciphers-weak'],
  ['encrypt exclude=', 'exclude-clears'],
  ['encrypt exclude=:', 'exclude-clears'],
  ['encrypt exclude=aNULL;MD5', 'exclude-adds'],
  ['encrypt exclude=aNULL!MD5', 'exclude-adds'],
  ['encrypt exclude=aNULL@SECLEVEL=5', 'exclude-adds'],
  ['encrypt exclude=anull', 'exclude-unknown'],
  ['secure match=mx.a.test:25', 'match-never'],
  ['secure match=nexthop:.co.uk', 'match-too-wide'],
  ['secure match=a.test:.', 'match-never'],
  ['verify match=[mx.a.test]', 'match-never'],
  ['verify match=dot-hostname', 'match-never'],
  [`secure match=${pin}`, 'match-never'],
  [`secure match=${pin.replaceAll(':', '')}`, 'match-never'],
  ['secure match=hostname', 'secure-hostname'],
  [`fingerprint match=${pin}|ad|${pin.replace('ad', 'ae')}`, 'pin-ignored'],
  [`fingerprint match=${pin}`, 'single-pin'],
  ['encrypt servername=NEXTHOP', 'servername-literal'],
  ['encrypt connection_reuse=yes connection_reuse=no', 'value-ignored'],
  ['secure tafile=ca.pem', 'tafile-relative'],
  ['none ciphers=high', 'parameters-at-none'],
])('%s is accepted with the warning %s alone', (policy, rule) => {
  const found = judge([toYaml('partner.example', policy)], settings)
  expect(found).toMatchObject({ verdict: 'warn', rules: [rule] })
  expect(found.entries).toHaveLength(1)
})
