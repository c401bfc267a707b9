/** Postfix's TLS security levels, in the order of its own documentation (postconf(5)). */
export const policies = [
  'none',
  'may',
  'encrypt',
  'dane',
  'dane-only',
  'fingerprint',
  'verify',
  'secure',
] as const

export type Policy = (typeof policies)[number]
