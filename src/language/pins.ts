import type { DigestName } from './settings.ts'
import { digestBytes } from './settings.ts'

/** A pinned digest: its bytes, or why Postfix takes it for none. */
export type Pin =
  | { readonly text: string; readonly bytes: string }
  | { readonly text: string; readonly malformed: string }

/** Postfix takes a longer text for none; SHA-512 with its colons has 191 characters. */
const longestPin = 192

/** Reads one digest as hex_decode_opt() of Postfix's hex_code.c does: pairs, colons between them. */
export function readPin(text: string): Pin {
  if (text.length <= longestPin && /^[\da-f]{2}(?::?[\da-f]{2})*$/i.test(text))
    return { text, bytes: text.replaceAll(':', '').toLowerCase() }
  return { text, malformed: whyMalformed(text) }
}

/** The digest algorithm that makes digests of this many bytes. */
export function digestOfLength(bytes: number): DigestName | undefined {
  return (Object.keys(digestBytes) as DigestName[]).find(name => digestBytes[name] === bytes)
}

function whyMalformed(text: string): string {
  if (text.length > longestPin) return 'write one digest; several are a list, or joined with "|"'
  const prefix = /^(?:(?:md|sha|ripemd)-?\d[\d-]*|fingerprint)[:=$]/i.exec(text)?.[0]
  if (prefix !== undefined)
    return `leave out the prefix "${prefix}": the algorithm is smtp_tls_fingerprint_digest in main.cf`
  if (/^0x/i.test(text)) return 'leave out the prefix "0x"'
  if (/^[A-Za-z\d+/]{16,}={0,2}$/.test(text) && !/^[\da-f]+$/i.test(text))
    return 'this looks like base64; Postfix reads pairs of hexadecimal digits'
  if (/^(hostname|nexthop|dot-nexthop)$/i.test(text))
    return 'that is a name for verify and secure; at fingerprint write digests'
  return 'write pairs of hexadecimal digits, with or without a colon between the pairs'
}
