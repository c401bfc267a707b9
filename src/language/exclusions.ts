import type { CipherSuite } from './cipher-suites.ts'
import { cipherSuites } from './cipher-suites.ts'
import type { Policy } from './policy.ts'

/** How OpenSSL would take one element of a list of excluded ciphers. */
export type Exclusion =
  | { readonly kind: 'known' | 'unknown' }
  /** Postfix refuses a leading operator; OpenSSL refuses other signs after a name that it knows. */
  | { readonly kind: 'operator' | 'syntax' }
  /** OpenSSL takes the rest for a rule of its own, which may add ciphers. */
  | { readonly kind: 'rule'; readonly added: string }

/** Names of groups of ciphers in OpenSSL 3 (ciphers(1)), measured with its openssl command. */
const groups = new Set(
  `ALL COMPLEMENTOFALL COMPLEMENTOFDEFAULT HIGH MEDIUM LOW eNULL NULL aNULL kRSA aRSA RSA kDHE kEDH
  DH DHE EDH ADH kEECDH kECDHE ECDH ECDHE EECDH AECDH aDSS DSS aECDSA ECDSA TLSv1.2 TLSv1.0 TLSv1
  SSLv3 AES128 AES256 AES AESGCM AESCCM AESCCM8 ARIA128 ARIA256 ARIA ARIAGCM CAMELLIA128 CAMELLIA256
  CAMELLIA CHACHA20 3DES MD5 SHA1 SHA SHA256 SHA384 PSK kPSK aPSK kECDHEPSK kDHEPSK kRSAPSK SRP kSRP
  aSRP FIPS CBC EDH-RSA-DES-CBC3-SHA EDH-DSS-DES-CBC3-SHA`.split(/\s+/),
)

/** Names that older releases knew; excluding them is a habit that does no harm. */
const formerGroups = new Set(
  `DEFAULT EXPORT EXPORT40 EXPORT56 EXP kDHr kDHd kDH kECDHr kECDHe kECDH aECDH aDH SSLv2 DES RC4 RC2
  IDEA SEED aGOST aGOST01 kGOST GOST94 GOST89MAC SUITEB128 SUITEB192 aKRB5 kKRB5 KRB5 FZA kFZA aFZA
  eFZA`.split(/\s+/),
)

/** Parts of the names of cipher suites, such as ECDHE-RSA-AES256-GCM-SHA384. */
const suitePart =
  /^(ECDHE|ECDH|DHE|EDH|DH|ADH|AECDH|RSA|ECDSA|DSS|PSK|SRP|AES\d*|ARIA\d*|CAMELLIA\d*|128|256|CHACHA20|POLY1305|CBC|GCM|CCM8?|NULL|MD5|SHA\d*)$/
const formerSuitePart = /^(EXP\d*|KRB5|GOST\w*|SEED|IDEA|RC[24]|3?DES|CBC3)$/

/** Reads one element as Postfix's set_cipher_grade() and OpenSSL's cipher strings do. */
export function readExclusion(element: string): Exclusion {
  if (/^[!+\-@]/.test(element)) return { kind: 'operator' }
  const [first, ...others] = readRules(`!${element}`) ?? []
  if (!first) return { kind: 'syntax' }
  if (others.length > 0) return { kind: 'rule', added: others.map(({ text }) => text).join(';') }
  const ages = first.names.map(ageOf)
  const isOld = ages.includes('former') && first.text === `!${first.names.join('+')}`
  return { kind: ages.includes('never') || !(first.known || isOld) ? 'unknown' : 'known' }
}

/** One command of a cipher string. */
interface CipherRule {
  readonly text: string
  readonly operator: string
  readonly names: readonly string[]
  /** Whether OpenSSL knows all the names, and so acts on the rule. */
  readonly known: boolean
}

/**
 * The commands of a cipher string as ssl_cipher_process_rulestr() of OpenSSL's ssl_ciph.c finds them;
 * undefined where it refuses the string. After a name that it knows, it needs no separator.
 */
function readRules(text: string): readonly CipherRule[] | undefined {
  const rules: CipherRule[] = []
  for (let rest = text.replace(/^;+/, ''); rest !== ''; rest = rest.replace(/^;+/, '')) {
    const rule = readRule(rest)
    if (!rule) return undefined
    rules.push(rule)
    rest = rest.slice(rule.text.length)
  }
  return rules
}

function readRule(text: string): CipherRule | undefined {
  const operator = /^[!+\-@]/.exec(text)?.[0] ?? ''
  const names: string[] = []
  // What follows a name that OpenSSL does not know is skipped, up to the next separator.
  const whole = text.split(';', 1).join()
  for (let at = operator.length; ; at += 1) {
    const name = /^[A-Za-z0-9.=-]*/.exec(text.slice(at))?.[0] ?? ''
    if (name === '') return undefined
    names.push(name)
    at += name.length
    if (operator === '@')
      return /^(STRENGTH|SECLEVEL=[0-5])$/.test(name)
        ? { text: whole, operator, names, known: true }
        : undefined
    if (ageOf(name) !== 'current') return { text: whole, operator, names, known: false }
    if (text[at] !== '+') return { text: text.slice(0, at), operator, names, known: true }
  }
}

function ageOf(name: string): 'current' | 'former' | 'never' {
  if (groups.has(name)) return 'current'
  if (formerGroups.has(name)) return 'former'
  const parts = name.split('-')
  if (parts.length > 1 && parts.every(part => suitePart.test(part))) return 'current'
  const isFormer = parts.every(part => suitePart.test(part) || formerSuitePart.test(part))
  return parts.length > 1 && isFormer ? 'former' : 'never'
}

/** What set_cipher_grade() of Postfix's tls_misc.c excludes at a policy, whatever the list says. */
function alwaysExcluded(policy: Policy): readonly string[] {
  if (policy === 'encrypt') return ['eNULL']
  return policy === 'none' || policy === 'may' ? [] : ['aNULL']
}

/**
 * Whether so many ciphers below TLS 1.3 are excluded that none is left: OpenSSL then refuses the list.
 * Of the grades only `null` starts with other ciphers than the rest.
 */
export function excludesAll(
  elements: readonly string[],
  policy: Policy = 'may',
  grade = 'medium',
): boolean {
  const isNull = grade.toLowerCase() === 'null'
  const all = [...elements, ...alwaysExcluded(policy)]
  const key = `${isNull} ${all.join(':')}`
  const known = answers.get(key) ?? isEmptied(all, isNull)
  answers.set(key, known)
  return known
}

/** The same list stands in thousands of overrides. */
const answers = new Map<string, boolean>()

function isEmptied(elements: readonly string[], isNull: boolean): boolean {
  // The list of the grade null begins by closing out what proves nothing, the others do not.
  let open = cipherSuites.filter(suite => !isNull || !suite.has('aNULL'))
  let left = open.filter(suite => suite.has(isNull ? 'eNULL' : 'HIGH'))
  for (const { operator, names, known } of elements.flatMap(one => readRules(`!${one}`) ?? [])) {
    if (!known || operator === '@' || operator === '+') continue
    const isMeant = (suite: CipherSuite) => names.every(name => suite.has(name))
    if (operator === '') left = open.filter(suite => left.includes(suite) || isMeant(suite))
    else left = left.filter(suite => !isMeant(suite))
    if (operator === '!') open = open.filter(suite => !isMeant(suite))
  }
  return left.length === 0
}
