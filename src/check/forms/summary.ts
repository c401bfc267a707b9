import type { Diagnostic, Report, Severity } from '../diagnostic.ts'
import type { Paint } from './paint.ts'
import { plain } from './paint.ts'

export type Counts = Readonly<Record<Severity, number>>

const worstFirst = ['error', 'warning', 'notice'] as const satisfies readonly Severity[]

export function countBySeverity(diagnostics: readonly Diagnostic[]): Counts {
  const counts = { error: 0, warning: 0, notice: 0 }
  for (const { severity } of diagnostics) counts[severity] += 1
  return counts
}

/** The diagnostics by severity, worst first; those of one severity keep their order. */
export function sortBySeverity(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return worstFirst.flatMap(severity => diagnostics.filter(found => found.severity === severity))
}

/** `2 errors, 1 warning in 5 overrides`, or `5 overrides, no faults`. */
export function summaryLine(report: Report, paint: Paint = plain): string {
  const counts = countBySeverity(report.diagnostics)
  const overrides = counted(report.overrides, 'override')
  if (report.diagnostics.length === 0) return `${overrides}, no faults`
  return `${listCounts(counts, paint)} in ${overrides}`
}

/** `2 errors, 1 warning`; a severity that did not occur is left out. */
export function listCounts(counts: Counts, paint: Paint = plain): string {
  return worstFirst
    .filter(severity => counts[severity] > 0)
    .map(severity => paint(severity, counted(counts[severity], severity)))
    .join(', ')
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
