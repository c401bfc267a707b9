import { createHash, X509Certificate } from 'node:crypto'

/** The certificate that a server showed. */
export interface Certificate {
  /** Digests as Postfix writes them, `AA:BB:…`, of the certificate and of its public key. */
  readonly digest: string
  readonly keyDigest: string
  /** When it ends, as ISO 8601 in UTC. */
  readonly ends: string
  /** Whether it names a host, by the rules for TLS servers. */
  readonly names: (host: string) => boolean
}

/** A leaf larger than this is no certificate of a mail server. */
const largest = 64 * 1024

/** The first certificate of a PEM text, digests in SHA-256; undefined where there is none that can be read. */
export function readCertificate(text: string, algorithm = 'sha256'): Certificate | undefined {
  const [pem] =
    /^-----BEGIN CERTIFICATE-----\n[\s\S]*?\n-----END CERTIFICATE-----$/m.exec(text) ?? []
  if (pem === undefined || pem.length > largest) return undefined
  try {
    const certificate = new X509Certificate(pem)
    const key = certificate.publicKey.export({ type: 'spki', format: 'der' })
    return {
      digest: digestOf(certificate.raw, algorithm),
      keyDigest: digestOf(key, algorithm),
      ends: new Date(certificate.validTo).toISOString(),
      names: host => certificate.checkHost(host, { subject: 'never' }) !== undefined,
    }
  } catch {
    return undefined
  }
}

function digestOf(bytes: Uint8Array, algorithm: string): string {
  const hex = createHash(algorithm).update(bytes).digest('hex').toUpperCase()
  return hex.replace(/..(?!$)/g, '$&:')
}
