import type { Values } from './corpus.ts'
import type { World } from './judge.ts'

/** The pins and files of a running world, as the corpus calls them; its receiver `self` is the pinned one. */
export function valuesOf({ pins, pki }: Pick<World, 'pins' | 'pki'>): Values {
  return {
    CERTIFICATE_PIN: pins.self.certificate,
    KEY_PIN: pins.self.publicKey,
    OTHER_PIN: pins.rolled.publicKey,
    ISSUER_PIN: pins.issuer.certificate,
    PKI: pki,
  }
}
