import { harmless } from '../../language/harmless.ts'
import { wrap } from '../../language/wrap.ts'
import type { Group } from './group.ts'
import type { ImportPlan } from './plan.ts'
import type { LeftOut } from './row.ts'

export interface Imported extends ImportPlan {
  readonly remarks: readonly string[]
  readonly written: readonly { readonly group: Group; readonly path: string }[]
  /** The folder of overrides, as the user would write it. */
  readonly folder: string
}

type Paint = (style: 'bold', text: string) => string

/** What an import wrote, what it changed, and what is left for a person to say or decide. */
export function formatImport(imported: Imported, paint: Paint): string {
  const { written, leftOut, same, remarks } = imported
  const count = written.reduce((sum, { group }) => sum + group.length, 0)
  const where = written.length > 0 ? ` in ${harmless(imported.folder)}` : ''
  const destinations = count === written.length ? '' : ` for ${counted(count, 'destination')}`
  const unsaid = written.filter(({ group: [{ comments }] }) => comments.length === 0)
  const changed = written.flatMap(({ group }) =>
    group.flatMap(({ place, notes }) => notes.map(note => `${place}: ${note}`)),
  )
  const part = (title: string, lines: readonly string[]) =>
    lines.length > 0 ? ['', paint('bold', title), ...lines] : []
  const lines = [
    `wrote ${counted(written.length, 'override')}${destinations}${where}`,
    ...part(`Not imported: ${leftOut.length}`, leftOut.flatMap(showLeftOut)),
    ...part('Imported with changes', changed.flatMap(item)),
    ...part('Already there', same.flatMap(item)),
    ...part('Comments that belong to no override', remarks.flatMap(item)),
    ...part(
      `Imported without a justification: ${unsaid.length}; a check fails until somebody writes why`,
      unsaid.flatMap(({ path }) => item(path)),
    ),
    ...next(imported, unsaid.length),
  ]
  return lines.map(line => `${line}\n`).join('')
}

function showLeftOut({ place, text, why, help, comments = [] }: LeftOut): readonly string[] {
  return [
    ...item(`${place}: ${shorten(text)}`),
    ...comments.flatMap(comment => wrap('    # ', harmless(shorten(comment)))),
    ...wrap('    ', harmless(why)),
    ...(help === undefined ? [] : wrap('    = help: ', harmless(help))),
  ]
}

/** The place tells where the rest is. */
function shorten(text: string): string {
  return text.length > 400 ? `${text.slice(0, 400)}…` : text
}

function next({ written }: Imported, unsaid: number): readonly string[] {
  if (written.length === 0) return []
  const first = unsaid > 0 ? 'write the missing justifications, then look at' : 'look at'
  return ['', `Next: ${first} what "tlspolicy check" finds, and commit.`]
}

function item(text: string): readonly string[] {
  return wrap('  ', harmless(text))
}

function counted(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`
}
