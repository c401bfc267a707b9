import { nearest } from '../language/nearest.ts'
import type { ProtocolList } from '../language/protocols.ts'
import { protocolVersions, readProtocols } from '../language/protocols.ts'
import { quote } from '../language/quote.ts'
import { hasRelease } from '../language/version.ts'
import type { ValueChecker, ValueFault } from './values.ts'

export type ProtocolRule =
  | 'protocols-refused'
  | 'protocols-nothing-left'
  | 'protocols-version'
  | 'protocols-no-floor'
  | 'protocols-gap'
  | 'value-ignored'

/** The TLS session fails; where plaintext is allowed, mail goes out unencrypted after five minutes. */
export const inSession =
  'Postfix would give up the TLS session, and defer mail or send it unencrypted'

export const checkProtocols: ValueChecker<ProtocolRule> = function* (values, { settings }) {
  const list = readProtocols(values.join(':'))
  if (list.invalid.length > 0) {
    const invalid = new Set(list.invalid)
    for (const [index, value] of values.entries())
      for (const token of value.split(':').filter(token => invalid.has(token)))
        yield {
          rule: 'protocols-refused',
          index,
          message: `${quote(token)} is no TLS version: ${inSession}`,
          help: meant(token),
        }
  } else if (list.bounds && !hasRelease(settings.postfix.version, '3.6')) {
    yield {
      rule: 'protocols-version',
      message: `bounds such as ">=" came with Postfix 3.6, and the table is for ${settings.postfix.version}: ${inSession}`,
      help: `write what is not allowed: "!SSLv2:!SSLv3:!TLSv1:!TLSv1.1"`,
    }
  } else if (list.versions.size === 0 || isSslAlone(list.versions)) {
    yield {
      rule: 'protocols-nothing-left',
      message: `${quote(values.join(':'))} leaves no TLS version: ${inSession}`,
      help: 'write ">=TLSv1.2"',
    }
  } else {
    yield* harmful(values.join(':'), list)
  }
}

function* harmful(text: string, list: ProtocolList): Iterable<ValueFault<ProtocolRule>> {
  if (list.versions.has('SSLv3'))
    yield {
      rule: 'protocols-no-floor',
      message: `${quote(text)} allows every old version, whatever main.cf says`,
      help: 'write ">=TLSv1.2", or the oldest version that the recipient needs',
    }
  if (list.cutOff.length > 0)
    yield {
      rule: 'protocols-gap',
      message: `${quote(text)} leaves a gap, and TLS libraries then negotiate no ${list.cutOff.join(', ')} either`,
      help: `name the oldest version alone: ${quote(`>=${list.cutOff[0]}`)}`,
    }
  for (const bound of list.unheeded)
    yield {
      rule: 'value-ignored',
      message: `${quote(bound)} does not count: no TLS library knows that version`,
      help: 'write a name such as TLSv1.2',
    }
  for (const bound of list.replaced)
    yield {
      rule: 'value-ignored',
      message: `${quote(bound)} does not count: a later bound replaces it`,
      help: 'keep one of them',
    }
}

/** No TLS library of today has SSLv3. */
function isSslAlone(versions: ReadonlySet<string>): boolean {
  return versions.size === 1 && versions.has('SSLv3')
}

/** The token that was probably meant: the newest version where several are as near. */
function meant(token: string): string {
  const [, sign = '', name = ''] = /^([^a-z\d]*)(.*?)[^a-z\d]*$/i.exec(token) ?? []
  const written = name.replace(/^TLSv1\.0$/i, 'TLSv1')
  const version = nearest(written, protocolVersions.toReversed())
  return version && !/SSL/i.test(written)
    ? `did you mean ${quote(`${operatorMeant(sign)}${version}`)}?`
    : `write ">=TLSv1.2"; versions are ${protocolVersions.join(', ')}, alone or after ">=", "<=" or "!"`
}

function operatorMeant(sign: string): string {
  if (/[!-]/.test(sign)) return '!'
  if (sign.includes('>')) return '>='
  return sign.includes('<') ? '<=' : ''
}
