/** The cipher suites of OpenSSL 3 below TLS 1.3 (ciphers(1)), each row all combinations of its parts. */
const rows = `
SSLv3   SHA1   AES128 AES256         DH/DSS DH/aNULL DH/RSA DHEPSK/PSK PSK/PSK RSA/RSA RSAPSK/RSA SRP/DSS SRP/RSA SRP/SRP
SSLv3   SHA1   CAMELLIA128 CAMELLIA256 DH/DSS DH/aNULL DH/RSA RSA/RSA
SSLv3   SHA1   eNULL                 DHEPSK/PSK PSK/PSK RSA/RSA RSAPSK/RSA
SSLv3   MD5    eNULL                 RSA/RSA
TLSv1   SHA1   AES128 AES256 eNULL   ECDH/ECDSA ECDH/aNULL ECDH/RSA ECDHEPSK/PSK
TLSv1   SHA256 AES128 CAMELLIA128 eNULL DHEPSK/PSK ECDHEPSK/PSK PSK/PSK RSAPSK/RSA
TLSv1   SHA384 AES256 CAMELLIA256 eNULL DHEPSK/PSK ECDHEPSK/PSK PSK/PSK RSAPSK/RSA
TLSv1.2 SHA256 AES128 CAMELLIA128    DH/DSS DH/aNULL DH/RSA ECDH/ECDSA ECDH/RSA RSA/RSA
TLSv1.2 SHA256 AES256 CAMELLIA256    DH/DSS DH/aNULL DH/RSA RSA/RSA
TLSv1.2 SHA384 AES256 CAMELLIA256    ECDH/ECDSA ECDH/RSA
TLSv1.2 AEAD   AESCCM AESCCM8        DH/RSA DHEPSK/PSK ECDH/ECDSA PSK/PSK RSA/RSA
TLSv1.2 AEAD   AESGCM                DH/DSS DH/aNULL DH/RSA DHEPSK/PSK ECDH/ECDSA ECDH/RSA PSK/PSK RSA/RSA RSAPSK/RSA
TLSv1.2 AEAD   ARIAGCM               DH/DSS DH/RSA DHEPSK/PSK ECDH/ECDSA ECDH/RSA PSK/PSK RSA/RSA RSAPSK/RSA
TLSv1.2 AEAD   CHACHA20              DH/RSA DHEPSK/PSK ECDH/ECDSA ECDH/RSA ECDHEPSK/PSK PSK/PSK RSAPSK/RSA
TLSv1.2 SHA256 eNULL                 RSA/RSA`

const exchangeNames: Readonly<Record<string, readonly string[]>> = {
  DH: ['kDHE', 'kEDH', 'DH'],
  ECDH: ['kECDHE', 'kEECDH', 'ECDH'],
  RSA: ['kRSA', 'RSA'],
  SRP: ['kSRP', 'SRP'],
}

const ephemeral: Readonly<Record<string, readonly string[]>> = {
  DH: ['DHE', 'EDH'],
  ECDH: ['ECDHE', 'EECDH'],
}

const anonymous: Readonly<Record<string, string>> = { DH: 'ADH', ECDH: 'AECDH' }

/** Each suite is the set of the names that select it in a cipher string. */
export type CipherSuite = ReadonlySet<string>

/** All suites below TLS 1.3; those of one version, exchange, proof and cipher may be one. */
export const cipherSuites: readonly CipherSuite[] = rows
  .trim()
  .split('\n')
  .flatMap(row => {
    const [version = '', mac = '', ...rest] = row.split(/\s+/)
    const exchanges = rest.filter(part => part.includes('/'))
    return rest
      .filter(part => !part.includes('/'))
      .flatMap(cipher => withSizes(cipher))
      .flatMap(cipher => exchanges.map(exchange => namesOf(version, mac, cipher, exchange)))
  })

/** The ciphers that are new in TLS 1.2 have two sizes each, but for one. */
function withSizes(cipher: string): readonly (readonly string[])[] {
  if (cipher === 'eNULL') return [['eNULL', 'NULL', 'COMPLEMENTOFALL']]
  if (cipher === 'CHACHA20') return [[cipher]]
  const family = /^[A-Z]+?(?=GCM|CCM|\d)/.exec(cipher)?.[0] ?? cipher
  const modes = cipher === 'AESCCM8' ? ['AESCCM', cipher] : /\d/.test(cipher) ? ['CBC'] : [cipher]
  const sizes = /(?:128|256)$/.exec(cipher) ?? ['128', '256']
  return sizes.map(size => [family, `${family}${size}`, ...modes])
}

function namesOf(
  version: string,
  mac: string,
  cipher: readonly string[],
  exchange: string,
): CipherSuite {
  const [key = '', proof = ''] = exchange.split('/')
  const isAnonymous = proof === 'aNULL'
  const isFips = /^(?:AES\d+|AESGCM)$/
  return new Set([
    version,
    ...(version === 'TLSv1' ? ['TLSv1.0'] : []),
    mac,
    ...(mac === 'SHA1' ? ['SHA'] : []),
    ...cipher,
    ...(cipher.includes('eNULL') ? [] : ['ALL', 'HIGH']),
    ...(key !== 'SRP' && !cipher.includes('AESCCM') && cipher.some(name => isFips.test(name))
      ? ['FIPS']
      : []),
    ...(exchangeNames[key] ?? [`k${key}`, 'PSK']),
    ...(isAnonymous ? [proof, anonymous[key] ?? ''] : [`a${proof}`, ...(ephemeral[key] ?? [])]),
    ...(proof === 'ECDSA' || proof === 'DSS' ? [proof] : []),
  ])
}
