/** TLS versions that Postfix's protocol lists can name; its SSLv2 is a name without meaning today. */
export const protocolVersions = ['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const

export type ProtocolVersion = (typeof protocolVersions)[number]

/** A bound is an index into `protocolVersions`; `undefined` bounds nothing. */
type Bound = number | undefined

type Token =
  | { readonly kind: 'include' | 'exclude'; readonly version: ProtocolVersion | undefined }
  | { readonly kind: 'floor' | 'ceiling'; readonly bound: Bound; readonly unheeded: boolean }
  | 'invalid'

export interface ProtocolList {
  /** Tokens at which Postfix aborts the TLS session. */
  readonly invalid: readonly string[]
  /** What is left to negotiate. */
  readonly versions: ReadonlySet<ProtocolVersion>
  /** Allowed versions above a gap, which OpenSSL gives up together with what the gap leaves out. */
  readonly cutOff: readonly ProtocolVersion[]
  /** Bounds that TLS libraries refuse; Postfix then goes on without that bound. */
  readonly unheeded: readonly string[]
  /** Bounds that a later one replaces. */
  readonly replaced: readonly string[]
  /** Whether a bound is used, which Postfix before 3.6 does not know. */
  readonly bounds: boolean
}

/** Reads a protocol list as tls_proto_mask_lims() of Postfix's tls_misc.c does. */
export function readProtocols(list: string): ProtocolList {
  const included = new Set<ProtocolVersion>()
  const excluded = new Set<ProtocolVersion>()
  const bounds: Record<'floor' | 'ceiling', { text: string; bound: Bound; unheeded: boolean }[]> = {
    floor: [],
    ceiling: [],
  }
  const invalid: string[] = []
  for (const text of list.split(':').filter(token => token !== '')) {
    const token = readToken(text)
    if (token === 'invalid') invalid.push(text)
    else if ('bound' in token) bounds[token.kind].push({ text, ...token })
    else if (token.version) (token.kind === 'include' ? included : excluded).add(token.version)
  }
  const lowest = bounds.floor.at(-1)?.bound ?? 0
  const highest = bounds.ceiling.at(-1)?.bound ?? protocolVersions.length - 1
  const all = [...bounds.floor, ...bounds.ceiling]
  const allowed = protocolVersions
    .slice(lowest, highest + 1)
    .filter(version => included.size === 0 || included.has(version))
    .filter(version => !excluded.has(version))
  const cutOff = aboveGap(allowed)
  return {
    invalid,
    versions: new Set(allowed.filter(version => !cutOff.includes(version))),
    cutOff,
    unheeded: all.filter(bound => bound.unheeded).map(bound => bound.text),
    replaced: [...bounds.floor.slice(0, -1), ...bounds.ceiling.slice(0, -1)].map(
      ({ text }) => text,
    ),
    bounds: all.length > 0,
  }
}

/** The versions that a parameter's values leave to negotiate. */
export function allowedVersions(values: readonly string[]): ReadonlySet<ProtocolVersion> {
  return readProtocols(values.join(':')).versions
}

/** TLS libraries negotiate a range: of what has a gap they take the lower part. SSLv3 they lack. */
function aboveGap(allowed: readonly ProtocolVersion[]): readonly ProtocolVersion[] {
  const places = allowed
    .filter(version => version !== 'SSLv3')
    .map(version => protocolVersions.indexOf(version))
  const gap = places.findIndex(
    (place, index) => index > 0 && place - (places[index - 1] ?? place) > 1,
  )
  return gap < 0 ? [] : places.slice(gap).flatMap(place => protocolVersions[place] ?? [])
}

function readToken(text: string): Token {
  if (text.startsWith('>=')) return readBound('floor', text.slice(2))
  if (text.startsWith('<=')) return readBound('ceiling', text.slice(2))
  const kind = text.startsWith('!') ? 'exclude' : 'include'
  const name = (kind === 'exclude' ? text.slice(1) : text).toLowerCase()
  const version = protocolVersions.find(known => known.toLowerCase() === name)
  return version || name === 'sslv2' ? { kind, version } : 'invalid'
}

/** A bound is a name, `None`, or what strtoul() reads as hexadecimal: `0303` is TLS 1.2. */
function readBound(kind: 'floor' | 'ceiling', text: string): Token {
  const index = protocolVersions.findIndex(known => known.toLowerCase() === text.toLowerCase())
  if (index >= 0) return { kind, bound: index, unheeded: false }
  if (/^none$/i.test(text) || text === '') return { kind, bound: undefined, unheeded: false }
  const digits = /^\+?(?:0x)?([0-9a-f]+)$/i.exec(text)?.[1]
  const code = digits === undefined ? Number.NaN : Number.parseInt(digits, 16)
  if (Number.isNaN(code) || code > 0x7fffffff) return 'invalid'
  const known = code >= 0x0300 && code <= 0x0304
  return { kind, bound: known ? code - 0x0300 : undefined, unheeded: !known && code !== 0 }
}
