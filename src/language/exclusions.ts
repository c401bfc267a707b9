/** How OpenSSL would take one element of a list of excluded ciphers. */
export type Exclusion =
  | { readonly kind: 'known' | 'unknown' }
  /** Postfix refuses a leading operator; OpenSSL refuses a character after a name it knows. */
  | { readonly kind: 'operator' | 'syntax' }
  /** OpenSSL ends the element here, and adds what follows instead of excluding it. */
  | { readonly kind: 'separator'; readonly added: string }

/** Names that OpenSSL gives to groups of ciphers (ciphers(1)), with those of older releases. */
const groups = new Set(
  `ALL COMPLEMENTOFALL COMPLEMENTOFDEFAULT DEFAULT HIGH MEDIUM LOW EXPORT EXPORT40 EXPORT56 EXP
  eNULL NULL aNULL kRSA aRSA RSA kDHr kDHd kDH kDHE kEDH DH DHE EDH ADH kEECDH kECDHE ECDH ECDHE
  EECDH AECDH kECDHr kECDHe kECDH aECDH aDSS DSS aDH aECDSA ECDSA TLSv1.2 TLSv1.0 TLSv1 SSLv3 SSLv2
  AES128 AES256 AES AESGCM AESCCM AESCCM8 ARIA128 ARIA256 ARIA ARIAGCM CAMELLIA128 CAMELLIA256
  CAMELLIA CHACHA20 3DES DES RC4 RC2 IDEA SEED MD5 SHA1 SHA SHA256 SHA384 aGOST aGOST01 kGOST GOST94
  GOST89MAC PSK kPSK aPSK kECDHEPSK kDHEPSK kRSAPSK SUITEB128 SUITEB192 SRP kSRP aSRP FIPS CBC
  aKRB5 kKRB5 KRB5 FZA kFZA aFZA eFZA`.split(/\s+/),
)

/** Parts of the names of single cipher suites, such as ECDHE-RSA-AES256-GCM-SHA384. */
const suitePart =
  /^(ECDHE|ECDH|DHE|EDH|DH|ADH|AECDH|RSA|ECDSA|DSS|PSK|SRP|ANON|KRB5|GOST\w*|AES\d*|ARIA\d*|CAMELLIA\d*|CHACHA20|POLY1305|SEED|IDEA|RC[24]|3?DES|CBC3?|GCM|CCM8?|NULL|MD5|SHA\d*|EXP\d*|IANA|LEGACY)$/

/** Reads one element as Postfix's set_cipher_grade() and OpenSSL's cipher strings do. */
export function readExclusion(element: string): Exclusion {
  if (/^[!+\-@]/.test(element)) return { kind: 'operator' }
  const [, name = '', rest = ''] =
    /^([A-Za-z0-9.=-]*(?:\+[A-Za-z0-9.=-]+)*)(.*)$/su.exec(element) ?? []
  if (name === '') return { kind: 'syntax' }
  const separator = /^[^;]*;(.*)$/su.exec(rest)?.[1]
  const known = name.split('+').every(isCipher)
  if (separator !== undefined && (rest.startsWith(';') || !known))
    return { kind: 'separator', added: separator }
  if (rest === '') return { kind: known ? 'known' : 'unknown' }
  return { kind: known ? 'syntax' : 'unknown' }
}

function isCipher(name: string): boolean {
  if (groups.has(name)) return true
  const parts = name.split('-')
  return parts.length > 1 && parts.every(part => suitePart.test(part))
}

/** Each row covers all ciphers below TLS 1.3 by one of their properties; without any OpenSSL refuses. */
const coverings: readonly (readonly (readonly string[])[])[] = [
  [['ALL', 'HIGH']],
  [['TLSv1.2'], ['TLSv1', 'TLSv1.0'], ['SSLv3']],
  [['AES'], ['CHACHA20'], ['ARIA'], ['CAMELLIA']],
  [['kRSA', 'RSA'], ['kDHE', 'kEDH', 'DH'], ['kECDHE', 'kEECDH', 'ECDH'], ['PSK'], ['SRP', 'kSRP']],
]

/** Whether so many ciphers are excluded that none is left. */
export function excludesAll(elements: readonly string[]): boolean {
  return coverings.some(row => row.every(names => names.some(name => elements.includes(name))))
}
