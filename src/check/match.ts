import { isIPv6 } from 'node:net'
import type { MatchName } from '../language/match.ts'
import { matchStrategies, readMatchName, splitList } from '../language/match.ts'
import { digestOfLength, readPin } from '../language/pins.ts'
import { isRegistrySuffix } from '../language/public-suffix.ts'
import { oneOf, quote } from '../language/quote.ts'
import { digestBytes } from '../language/settings.ts'
import type { ValueChecker, ValueContext, ValueFault } from './values.ts'

export type MatchRule =
  | 'match-refused'
  | 'match-never'
  | 'match-too-wide'
  | 'pin-missing'
  | 'pin-refused'
  | 'pin-ignored'

export const checkMatch: ValueChecker<MatchRule> = (values, context) =>
  context.policy === 'fingerprint' ? checkPins(values, context) : checkNames(values)

function* checkNames(values: readonly string[]): Iterable<ValueFault<MatchRule>> {
  const names = splitList(values, ':').map(readMatchName)
  if (names.every(({ kind }) => kind === 'ignored')) {
    yield {
      rule: 'match-refused',
      message: `${quote(values.join(':'))} holds no name: Postfix would defer all mail to this destination`,
      help: `write the name in the server's certificate, or ${oneOf(matchStrategies)}`,
    }
    return
  }
  if (values.includes(''))
    yield {
      rule: 'match-refused',
      index: values.indexOf(''),
      message: 'one of the names is empty',
      help: 'remove it, or write the name that is missing',
    }
  for (const [index, value] of values.entries()) {
    const whole = whyNoNames(value)
    if (whole !== undefined) {
      yield { rule: 'match-never', index, message: neverMatches(value), help: whole }
      continue
    }
    for (const text of splitList([value], ':')) {
      const name = readMatchName(text)
      if (name.kind === 'never' || name.kind === 'ignored')
        yield {
          rule: 'match-never',
          index,
          message: neverMatches(text),
          help: whatWasMeant(text, name),
        }
      if (name.kind === 'name' && text.startsWith('.') && isRegistrySuffix(name.name.slice(1)))
        yield {
          rule: 'match-too-wide',
          index,
          message: `${quote(text)} matches the certificate of anybody who has a domain there`,
          help: `write the domain of the recipient or of its mail provider, such as ${quote(`.partner${name.name}`)}`,
        }
    }
  }
}

function neverMatches(name: string): string {
  return `no certificate carries the name ${quote(name)}: it never matches`
}

/** To Postfix a colon separates names: one fault is enough for all parts of what is no list of them. */
function whyNoNames(value: string): string | undefined {
  if (/(?:[\da-f]{2}:){8}|^[\da-f]{32,}$/i.test(value))
    return 'a digest belongs to the policy "fingerprint"'
  return isIPv6(value)
    ? 'an IPv6 address cannot be written here; write the name of the server'
    : undefined
}

function whatWasMeant(text: string, name: MatchName): string {
  if (name.kind === 'never' && name.meant) return `did you mean ${quote(name.meant)}?`
  if (/[|;]/.test(text))
    return `separate with ":", or write a list: [${text.split(/[|;]/).join(', ')}]`
  if (/\.$/.test(text)) return `write ${quote(text.replace(/\.+$/, ''))}`
  const host = text.replace(/^\[|\]$/g, '')
  return host === text
    ? 'write a host name without port; a colon separates names'
    : `write ${quote(host)}`
}

function* checkPins(
  values: readonly string[],
  { settings }: ValueContext,
): Iterable<ValueFault<MatchRule>> {
  const { fingerprintDigest } = settings.postfix
  const expected = digestBytes[fingerprintDigest]
  const pins = values.flatMap((value, index) =>
    splitList([value], '|').map(text => ({ index, ...readPin(text) })),
  )
  const isUsable = (pin: (typeof pins)[number]) =>
    'bytes' in pin && pin.bytes.length === expected * 2
  const rule = pins.some(isUsable) && !values.includes('') ? 'pin-ignored' : 'pin-refused'
  const consequence =
    rule === 'pin-ignored' ? 'it is ignored' : 'Postfix would defer all mail to this destination'
  if (pins.length === 0 || values.includes(''))
    yield {
      rule: 'pin-refused',
      message: `${quote(values.join('|'))} holds no digest: Postfix would defer all mail to this destination`,
      help: `write the ${fingerprintDigest} digest of the certificate or of its public key`,
    }
  for (const pin of pins.filter(pin => !isUsable(pin)))
    yield {
      rule,
      index: pin.index,
      message: `${quote(pin.text)} is no ${fingerprintDigest} digest: ${consequence}`,
      help: 'malformed' in pin ? pin.malformed : explainLength(pin.bytes, expected),
    }
}

function explainLength(hex: string, expected: number): string {
  const length = hex.length / 2
  if (length === expected * 2) return 'two digests are separated by "|", or are a list'
  const other = digestOfLength(length)
  return `it has ${length} bytes, and ${expected} are expected${other ? `; this is a ${other} digest (see "fingerprint_digest" in _settings.yaml)` : ''}`
}
