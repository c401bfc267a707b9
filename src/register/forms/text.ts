import type { Paint } from '../../check/forms/paint.ts'
import { columnsOf } from '../../language/columns.ts'
import { harmless } from '../../language/harmless.ts'
import type { Override } from '../../language/override.ts'
import { unknownHistory } from '../../review/history.ts'
import type { Register, RegisteredOverride } from '../register.ts'
import type { ReviewStatus } from '../status.ts'
import { clipColumns, padColumns, wrapColumns } from './columns.ts'
import { commandsOf } from './commands.ts'
import type { DetailContext } from './detail.ts'
import { detailLines, namesOf } from './detail.ts'
import { countSentence, isPressing, statusWords } from './words.ts'

const styles = {
  overdue: 'error',
  due: 'warning',
  current: 'notice',
} as const satisfies Record<ReviewStatus, Parameters<Paint>[0]>

const width = 80

/** The register for a terminal: what is due in full, one line for each of the others. */
export function formatText(
  register: Register,
  display: (path: string) => string,
  paint: Paint,
): string {
  const { overrides, inactive } = register
  const context = { register, display, commands: commandsOf(register), width }
  const sections = [
    headLines(register, paint),
    ...overrides.filter(isPressing).map(one => pressingLines(one, context, paint)),
    quietLines('current', overrides.filter(one => !isPressing(one)).map(currentCells), paint),
    quietLines(
      'inactive, in no table',
      inactive.map(one => inactiveCells(one, display)),
      paint,
    ),
  ]
  const shown = sections.filter(lines => lines.length > 0)
  return `${shown.map(lines => lines.join('\n')).join('\n\n')}\n`
}

function headLines({ asOf, counts, overrides }: Register, paint: Paint): readonly string[] {
  const isShallow = overrides.some(({ past }) => past.known === 'shallow')
  return [
    paint('bold', `TLS policy overrides on ${asOf}`),
    ...wrapColumns('', countSentence(counts), width),
    ...(isShallow ? wrapColumns('', `Age and extensions are ${unknownHistory}`, width) : []),
  ]
}

function pressingLines(
  one: RegisteredOverride,
  context: DetailContext,
  paint: Paint,
): readonly string[] {
  const lead = `${statusWords(one)}: `
  const names = namesOf(one.override.destinations.map(({ text }) => text))
  const [first = '', ...others] = wrapColumns(lead, names, width)
  const style = one.override.emergency ? 'error' : styles[one.status]
  const title = `${paint(style, lead.trimEnd())} ${paint('bold', first.slice(lead.length))}`
  return [title, ...others.map(line => paint('bold', line)), ...detailLines(one, context)]
}

/** Cells of one line; the last is cut where it is too long. */
type Cells = readonly [string, string, ...string[]]

function currentCells({ override, daysLeft, effect }: RegisteredOverride): Cells {
  const { reviewDate, destinations, owner } = override
  const names = namesOf(
    destinations.map(({ text }) => text),
    1,
  )
  return [reviewDate, `${String(daysLeft).padStart(4)} d`, effect, names, harmless(owner ?? '')]
}

function inactiveCells(
  { destinations, policy, path }: Override,
  display: (path: string) => string,
): Cells {
  const names = namesOf(
    destinations.map(({ text }) => text),
    1,
  )
  return [policy, names, harmless(display(path))]
}

/** No column takes more, so that all are seen. */
const widestCell = 32

function quietLines(title: string, rows: readonly Cells[], paint: Paint): readonly string[] {
  const widths: number[] = []
  const cells = rows.map(row => row.map(cell => clipColumns(cell, widestCell)))
  for (const row of cells)
    for (const [index, cell] of row.entries())
      widths[index] = Math.max(widths[index] ?? 0, columnsOf(cell))
  const lines = cells.map(row => {
    const padded = row.map((cell, index) => padColumns(cell, widths[index] ?? 0))
    return clipColumns(`  ${padded.join('  ').trimEnd()}`, width)
  })
  return rows.length === 0 ? [] : [paint('bold', title), ...lines]
}
