/** How OpenSSL would take one element of a list of excluded ciphers. */
export type Exclusion =
  | { readonly kind: 'known' | 'unknown' }
  /** Postfix refuses a leading operator; OpenSSL refuses other signs after a name that it knows. */
  | { readonly kind: 'operator' | 'syntax' }
  /** OpenSSL ends the element here, and takes the rest for a rule of its own. */
  | { readonly kind: 'rule'; readonly added: string }

/** Names of groups of ciphers in OpenSSL 3 (ciphers(1)), measured with its openssl command. */
const groups = new Set(
  `ALL COMPLEMENTOFALL COMPLEMENTOFDEFAULT HIGH MEDIUM LOW eNULL NULL aNULL kRSA aRSA RSA kDHE kEDH
  DH DHE EDH ADH kEECDH kECDHE ECDH ECDHE EECDH AECDH aDSS DSS aECDSA ECDSA TLSv1.2 TLSv1.0 TLSv1
  SSLv3 AES128 AES256 AES AESGCM AESCCM AESCCM8 ARIA128 ARIA256 ARIA ARIAGCM CAMELLIA128 CAMELLIA256
  CAMELLIA CHACHA20 3DES MD5 SHA1 SHA SHA256 SHA384 PSK kPSK aPSK kECDHEPSK kDHEPSK kRSAPSK SRP kSRP
  aSRP FIPS CBC`.split(/\s+/),
)

/** Names that older releases knew; excluding them is a habit that does no harm. */
const formerGroups = new Set(
  `DEFAULT EXPORT EXPORT40 EXPORT56 EXP kDHr kDHd kDH kECDHr kECDHe kECDH aECDH aDH SSLv2 DES RC4 RC2
  IDEA SEED aGOST aGOST01 kGOST GOST94 GOST89MAC SUITEB128 SUITEB192 aKRB5 kKRB5 KRB5 FZA kFZA aFZA
  eFZA`.split(/\s+/),
)

/** Parts of the names of cipher suites, such as ECDHE-RSA-AES256-GCM-SHA384. */
const suitePart =
  /^(ECDHE|ECDH|DHE|EDH|DH|ADH|AECDH|RSA|ECDSA|DSS|PSK|SRP|AES\d*|ARIA\d*|CAMELLIA\d*|CHACHA20|POLY1305|CBC|GCM|CCM8?|NULL|MD5|SHA\d*)$/
const formerSuitePart = /^(EXP\d*|KRB5|GOST\w*|SEED|IDEA|RC[24]|3?DES|CBC3)$/

/** Reads one element as Postfix's set_cipher_grade() and OpenSSL's cipher strings do. */
export function readExclusion(element: string): Exclusion {
  if (/^[!+\-@]/.test(element)) return { kind: 'operator' }
  const { name, rest } = splitName(element)
  if (name === '') return { kind: 'syntax' }
  const ages = name.split('+').map(ageOf)
  if (ages.includes('never')) return skipped(rest, { kind: 'unknown' })
  // OpenSSL skips the rest of a name that it does not know, up to the next separator.
  if (ages.includes('former')) return skipped(rest, { kind: rest === '' ? 'known' : 'unknown' })
  if (rest === '') return { kind: 'known' }
  if (/^@(STRENGTH|SECLEVEL=[0-5])$/.test(rest)) return { kind: 'rule', added: rest }
  return rest.startsWith(';') ? addedRule(rest.slice(1)) : { kind: 'syntax' }
}

function splitName(text: string): { readonly name: string; readonly rest: string } {
  const name = /^[A-Za-z0-9.=-]*(?:\+[A-Za-z0-9.=-]+)*/.exec(text)?.[0] ?? ''
  return { name, rest: text.slice(name.length) }
}

function skipped(rest: string, otherwise: Exclusion): Exclusion {
  const end = rest.indexOf(';')
  return end < 0 ? otherwise : addedRule(rest.slice(end + 1))
}

function addedRule(added: string): Exclusion {
  const names = added.split(';').map(part => part.replace(/^[!+-]/, ''))
  const refused = names.some(
    name => name !== '' && /^(operator|syntax)$/.test(readExclusion(name).kind),
  )
  return refused ? { kind: 'syntax' } : { kind: 'rule', added }
}

function ageOf(name: string): 'current' | 'former' | 'never' {
  if (groups.has(name)) return 'current'
  if (formerGroups.has(name)) return 'former'
  const parts = name.split('-')
  if (parts.length > 1 && parts.every(part => suitePart.test(part))) return 'current'
  const isFormer = parts.every(part => suitePart.test(part) || formerSuitePart.test(part))
  return parts.length > 1 && isFormer ? 'former' : 'never'
}

/** Each row covers all ciphers below TLS 1.3 by one of their properties; without any OpenSSL refuses. */
const coverings: readonly (readonly (readonly string[])[])[] = [
  [['ALL', 'HIGH']],
  [['TLSv1.2'], ['TLSv1', 'TLSv1.0'], ['SSLv3']],
  [['AES'], ['CHACHA20'], ['ARIA'], ['CAMELLIA']],
  [['kRSA', 'RSA'], ['kDHE', 'kEDH', 'DH'], ['kECDHE', 'kEECDH', 'ECDH'], ['PSK'], ['SRP', 'kSRP']],
  [['aRSA'], ['aECDSA', 'ECDSA'], ['aDSS', 'DSS'], ['aNULL'], ['PSK'], ['SRP', 'kSRP']],
]

/** Whether so many ciphers are excluded that none is left. */
export function excludesAll(elements: readonly string[]): boolean {
  return coverings.some(row => row.every(names => names.some(name => elements.includes(name))))
}
