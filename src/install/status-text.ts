import type { Paint } from '../check/forms/paint.ts'
import { harmless } from '../language/harmless.ts'
import { jsonText } from '../language/json-text.ts'
import { wrap } from '../language/wrap.ts'
import type { Content } from './content.ts'
import type { Difference, Expected } from './drift.ts'
import type { Installed } from './installed.ts'

export interface State {
  /** As main.cf names the table. */
  readonly table: string
  readonly installed: Installed
  readonly expected: Expected | null
  readonly differences: readonly Difference[]
}

/** More of them fill a screen without saying more. */
const shownDifferences = 40

/** The state for a terminal or a log. */
export function formatState(
  { table, installed, expected, differences }: State,
  paint: Paint,
): string {
  const { content, manifest } = installed
  const shown = differences.slice(0, shownDifferences)
  const head = differences.length === 0 ? 'as it should be' : `${differences.length} differences`
  const lines = [
    paint('bold', `${table}: ${differences.length === 1 ? '1 difference' : head}`),
    ...(content ? [`  installed  ${entriesOf(content)}, sha256:${content.digest}`] : []),
    ...(manifest
      ? [
          `  by         ${harmless(manifest.user)} at ${manifest.time}, ${manifest.commit === null ? 'of no known commit' : `commit ${manifest.commit.slice(0, 12)}`}`,
        ]
      : []),
    ...(expected
      ? [`  expected   ${entriesOf(expected.content)}, sha256:${expected.content.digest}`]
      : []),
    ...shown.flatMap(({ kind, message }) => wrap(`${paint('warning', kind)}: `, harmless(message))),
    ...(differences.length > shown.length
      ? [`and ${differences.length - shown.length} more; --format json has all`]
      : []),
  ]
  return `${lines.join('\n')}\n`
}

function entriesOf({ count }: Content): string {
  return `${count} ${count === 1 ? 'entry' : 'entries'}`
}

/** The state as `schema/status.schema.json` describes it. */
export function stateJson({ installed, expected, differences }: State): string {
  const { content, manifest } = installed
  return jsonText({
    version: 1,
    drift: differences.length > 0,
    installed: content && {
      digest: content.digest,
      commit: manifest?.commit ?? null,
      entries: content.count,
      time: manifest?.time ?? null,
      user: manifest?.user ?? null,
    },
    expected: expected && {
      digest: expected.content.digest,
      entries: expected.content.count,
    },
    differences,
  })
}
