import type { MatchName } from '../language/match.ts'
import { matchStrategies, readMatchName, splitList } from '../language/match.ts'
import { digestOfLength, readPin } from '../language/pins.ts'
import { oneOf, quote } from '../language/quote.ts'
import { digestBytes } from '../language/settings.ts'
import type { ValueChecker, ValueContext, ValueFault } from './values.ts'

export type MatchRule =
  | 'match-refused'
  | 'match-never'
  | 'pin-missing'
  | 'pin-refused'
  | 'pin-ignored'

export const checkMatch: ValueChecker<MatchRule> = (values, context) =>
  context.policy === 'fingerprint' ? checkPins(values, context) : checkNames(values)

function* checkNames(values: readonly string[]): Iterable<ValueFault<MatchRule>> {
  const names = splitList(values, ':').map(readMatchName)
  if (values.includes('') || names.every(({ kind }) => kind === 'ignored')) {
    yield {
      rule: 'match-refused',
      message: `${quote(values.join(':'))} holds no name: Postfix would defer all mail to this destination`,
      help: `write the name in the server's certificate, or ${oneOf(matchStrategies)}`,
    }
    return
  }
  for (const [index, value] of values.entries())
    for (const text of splitList([value], ':')) {
      const name = readMatchName(text)
      if (name.kind === 'never' || name.kind === 'ignored')
        yield {
          rule: 'match-never',
          index,
          message: `no certificate carries the name ${quote(text)}: it never matches`,
          help: whatWasMeant(text, value, name),
        }
    }
}

function whatWasMeant(text: string, value: string, name: MatchName): string {
  if (name.kind === 'never' && name.meant) return `did you mean ${quote(name.meant)}?`
  if (/^(?:[\da-f]{2}:){8}/i.test(value)) return 'a digest belongs to the policy "fingerprint"'
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
  return `it has ${length} bytes, and ${expected} are expected${other ? `; this is a ${other} digest` : ''}`
}
