import type { Fault } from '../language/fault.ts'
import { isHostname } from '../language/hostname.ts'
import type { Parameters } from '../language/override.ts'
import type { ParameterName } from '../language/parameters.ts'
import type { Policy } from '../language/policy.ts'
import { oneOf, quote } from '../language/quote.ts'
import type { Settings } from '../language/settings.ts'
import type { CipherRule } from './ciphers.ts'
import { checkCiphers, checkExclude } from './ciphers.ts'
import type { MatchRule } from './match.ts'
import { checkMatch } from './match.ts'
import type { ProtocolRule } from './protocols.ts'
import { checkProtocols } from './protocols.ts'

export type ValueRule =
  | ProtocolRule
  | CipherRule
  | MatchRule
  | 'parameter-separator'
  | 'servername-refused'
  | 'servername-literal'
  | 'tafile-refused'
  | 'tafile-relative'
  | 'not-yes-or-no'
  | 'value-ignored'

/** A fault of a parameter; `index` says which of several values has it. */
export interface ValueFault<Rule extends string = ValueRule> extends Omit<Fault<Rule>, 'at'> {
  readonly index?: number
}

export interface ValueContext {
  readonly policy: Policy
  /** All parameters of the override: one may mean something else beside another. */
  readonly parameters: Parameters
  readonly settings: Settings
}

export type ValueChecker<Rule extends string = ValueRule> = (
  values: readonly string[],
  context: ValueContext,
) => Iterable<ValueFault<Rule>>

/** Words that servername reads as other names, in this spelling alone (smtp_tls_policy.c). */
const servernameWords: readonly string[] = ['hostname', 'nexthop']

const checkServername: ValueChecker = function* (values) {
  for (const [index, value] of values.entries()) {
    if (!isHostname(value))
      yield {
        rule: 'servername-refused',
        index,
        message: `${quote(value)} is no host name: Postfix would defer all mail to this destination`,
        help: `write a name in ASCII without dot at the end, or ${oneOf(servernameWords)}`,
      }
    else if (servernameWords.includes(value.toLowerCase()) && !servernameWords.includes(value))
      yield {
        rule: 'servername-literal',
        index,
        message: `${quote(value)} is sent to the server as it stands`,
        help: `write ${quote(value.toLowerCase())} for Postfix's own word`,
      }
  }
}

const checkTafile: ValueChecker = function* (values) {
  for (const [index, value] of values.entries()) {
    if (isNoFile(value))
      yield {
        rule: 'tafile-refused',
        index,
        message: `${quote(value)} is no path of one file: Postfix would defer all mail to this destination`,
        help: 'write one path, such as /etc/postfix/partner-ca.pem; several are a list',
      }
    else if (!value.startsWith('/'))
      yield {
        rule: 'tafile-relative',
        index,
        message: `${quote(value)} is a path below the queue directory of Postfix`,
        help: 'write the whole path, as the SMTP client sees it: in a chroot its root is the queue directory',
      }
  }
}

/** Postfix expands nothing in a path, splits it at nothing, and opens no folder. */
function isNoFile(path: string): boolean {
  return /^["'{$~]|[|*?]|:[./]|^[a-z]+:|[:;]$|(?:^|\/)\.{0,2}$/i.test(path)
}

const checkYesOrNo: ValueChecker = function* (values) {
  for (const [index, value] of values.entries())
    if (!/^(yes|no)$/i.test(value))
      yield {
        rule: 'not-yes-or-no',
        index,
        message: `${quote(value)} is neither yes nor no: Postfix would defer all mail to this destination`,
        help: /^(true|on|1)$/i.test(value) ? 'write "yes"' : 'write "yes" or "no"',
      }
  if (new Set(values.map(value => value.toLowerCase())).size > 1)
    yield {
      rule: 'value-ignored',
      message: `of ${values.map(value => quote(value)).join(', ')} the last one counts`,
      help: `write ${quote(values.at(-1))} alone`,
    }
}

/** Who reads the values of each parameter. */
export const valueCheckers = {
  match: checkMatch,
  tafile: checkTafile,
  protocols: checkProtocols,
  ciphers: checkCiphers,
  exclude: checkExclude,
  servername: checkServername,
  connection_reuse: checkYesOrNo,
  enable_rpk: checkYesOrNo,
} as const satisfies Record<ParameterName, ValueChecker>
