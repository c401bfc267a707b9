/** Postfix's attributes that follow the level, in the order in which the table holds them. */
export const parameterNames = [
  'match',
  'tafile',
  'protocols',
  'ciphers',
  'exclude',
  'servername',
  'connection_reuse',
  'enable_rpk',
] as const

export type ParameterName = (typeof parameterNames)[number]
