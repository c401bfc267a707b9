import { harmless } from '../../language/harmless.ts'
import { wrap } from '../../language/wrap.ts'
import type { MainCf } from './main-cf.ts'
import { tablesOf } from './main-cf.ts'

export interface Begun {
  /** Paths as the user would write them. */
  readonly written: readonly string[]
  readonly kept: readonly string[]
  readonly main: MainCf | undefined
  /** Why there is no main.cf. */
  readonly unread?: string
  /** Workflows that still name no commit of the actions. */
  readonly unfilled: readonly string[]
}

type Paint = (style: 'bold', text: string) => string

/** What init wrote and left, and what is left to do by hand. */
export function formatInit(begun: Begun, paint: Paint): string {
  const { written, kept, main, unread, unfilled } = begun
  const part = (title: string, lines: readonly string[]) =>
    lines.length > 0 ? ['', paint('bold', title), ...lines] : []
  const lines = [
    ...(written.length > 0 ? written.map(path => `wrote ${harmless(path)}`) : ['wrote nothing']),
    ...kept.map(path => `left ${harmless(path)} as it is`),
    ...(unread === undefined ? [] : wrap('', `the settings are assumed: ${harmless(unread)}`)),
    ...part('In main.cf', mainCfLines(main)),
    ...part('In the workflows', workflowLines(unfilled)),
    '',
    'Next: read the settings, write an override with "tlspolicy add", and commit.',
  ]
  return lines.map(line => `${line}\n`).join('')
}

const indexed = /^(?:proxy:)?(?:lmdb|cdb|hash|btree|texthash):(.+)$/

/** The table goes before what answers for all destinations; one that is there can be taken over. */
function mainCfLines(main: MainCf | undefined): readonly string[] {
  const tables = main ? tablesOf(main) : []
  const own = tables.find(table => indexed.test(table))
  if (own !== undefined) {
    const path = indexed.exec(own)?.[1] ?? ''
    return [
      ...wrap(
        '  ',
        `smtp_tls_policy_maps names ${harmless(own)} already. Bring its entries here with`,
      ),
      `    tlspolicy import ${harmless(path)}`,
      ...wrap('  ', 'and let "tlspolicy deploy --adopt" replace it.'),
      ...(/^(?:proxy|texthash):/.test(own)
        ? wrap(
            '  ',
            `A running Postfix does not notice that it changes: write lmdb:${harmless(path)} in its place.`,
          )
        : []),
    ]
  }
  const type = /^(?:lmdb|cdb|hash)$/.exec(main?.default_database_type ?? '')?.[0] ?? 'lmdb'
  const folder = main?.config_directory ?? '/etc/postfix'
  const all = [`${type}:${folder}/tls_policy`, ...tables].map(harmless)
  return [`  smtp_tls_policy_maps = ${all.join(', ')}`]
}

function workflowLines(unfilled: readonly string[]): readonly string[] {
  if (unfilled.length === 0) return []
  return wrap(
    '  ',
    `write the repository and the commit of the actions for OWNER/tlspolicy and COMMIT: ${unfilled.map(harmless).join(', ')}`,
  )
}
