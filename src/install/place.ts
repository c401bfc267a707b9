import { quote } from '../language/quote.ts'

/** Types of tables that postmap(1) indexes, and the end of the index's name. */
export const indexSuffixes = {
  lmdb: '.lmdb',
  cdb: '.cdb',
  hash: '.db',
  btree: '.db',
} as const satisfies Readonly<Record<string, string>>

type IndexType = keyof typeof indexSuffixes

/** A table as main.cf names it. */
export interface TableName {
  readonly type: IndexType
  readonly path: string
}

/** Types that a running Postfix reads once: it notices no change of the file. */
const readOnce = ['texthash', 'inline', 'pcre', 'regexp', 'cidr', 'static'] as const

/** Types whose answer comes from somewhere else, and may be one for any destination. */
const composed = ['unionmap', 'pipemap', 'randmap'] as const

/** The tables of a parameter such as smtp_tls_policy_maps; a text in braces may hold blanks. */
export function splitMaps(text: string): readonly string[] {
  return text.match(/(?:\{[^{}]*\}|[^\s,{}])+/g) ?? []
}

/** A table's name; without a type it is of Postfix's default_database_type. */
export function readTableName(text: string, defaultType: string): TableName | { refused: string } {
  const [, type = defaultType, path = ''] = /^(?:([a-z]\w*):)?(.*)$/s.exec(text) ?? []
  if (type === 'proxy') return { refused: proxied(path) }
  if (isOneOf(readOnce, type)) return { refused: unnoticed(type, path) }
  if (!isIndexType(type))
    return {
      refused: `${quote(text)} is no table that postmap indexes; expected ${Object.keys(indexSuffixes).join(', ')} and a path, such as lmdb:/etc/postfix/tls_policy`,
    }
  return path === ''
    ? { refused: `${quote(text)} names no file; write one such as ${type}:/etc/postfix/tls_policy` }
    : { type, path }
}

/** The first table in smtp_tls_policy_maps that can be installed, or what to write; `folder` has main.cf. */
export function findTableName(
  maps: string,
  defaultType: string,
  folder: string,
): TableName | { refused: string } {
  const names = splitMaps(maps)
  const readings = names.map(name => readTableName(name, defaultType))
  const found = readings.find(reading => 'path' in reading)
  if (found) return found
  const known = names.findIndex(name => /^(?:proxy|texthash):/.test(name))
  const refusal = readings[known]
  if (refusal) return refusal
  const offered = `${isIndexType(defaultType) ? defaultType : 'lmdb'}:${folder}/tls_policy`
  const has = names.length === 0 ? 'is empty' : `has no file that can be installed (${quote(maps)})`
  return {
    refused: `smtp_tls_policy_maps ${has}; name the table with --to ${offered}, and write into main.cf: smtp_tls_policy_maps = ${[offered, ...names].join(', ')}`,
  }
}

/** Whether a lookup in the table may be answered for a name that nobody wrote into a file. */
export function isDynamic(name: string): boolean {
  const type = /^(?:proxy:)?([a-z]\w*):/.exec(name)?.[1]
  if (type === undefined || isIndexType(type) || type === 'texthash' || type === 'inline')
    return false
  return (
    !isOneOf(composed, type) || /(?:socketmap|tcp|mysql|pgsql|ldap|sqlite|memcache):/.test(name)
  )
}

export function showTableName({ type, path }: TableName): string {
  return `${type}:${path}`
}

function isIndexType(type: string): type is IndexType {
  return Object.hasOwn(indexSuffixes, type)
}

function isOneOf(list: readonly string[], type: string): boolean {
  return list.includes(type)
}

function proxied(inner: string): string {
  return `"proxy:${inner}" is read through proxymap(8), which keeps the old table open for as long as it is busy; write ${quote(inner)} without "proxy:" in main.cf, or install with --to ${inner} and run postfix reload after each deploy`
}

function unnoticed(type: string, path: string): string {
  return `a running Postfix does not notice that a ${type} table changes, and would need a postfix reload after each deploy; take an indexed type instead, such as lmdb:${path.startsWith('/') ? path : '/etc/postfix/tls_policy'}, in main.cf and with --to`
}
