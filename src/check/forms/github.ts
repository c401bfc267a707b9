import { harmless } from '../../language/harmless.ts'
import type { Diagnostic, Report, Severity } from '../diagnostic.ts'
import { lastLine, placeOf } from './place.ts'
import { countBySeverity, listCounts, sortBySeverity, summaryLine } from './summary.ts'

/** GitHub keeps so many annotations of each type for one step and drops the rest without a word. */
const shownOfEach = 10

/** Workflow commands for GitHub Actions, worst first, then the summary and what GitHub hides. */
export function formatGithub(report: Report): string {
  const sorted = sortBySeverity(report.diagnostics)
  const lines = [...sorted.map(annotation), summaryLine(report), ...notShown(sorted)]
  return lines.map(line => `${line}\n`).join('')
}

function annotation(found: Diagnostic): string {
  const properties = Object.entries({ ...placeProperties(found), title: found.rule })
  const list = properties.map(
    ([name, value]) => `${name}=${escapeProperty(harmless(String(value)))}`,
  )
  const lines = [harmless(found.message)]
  if (found.help !== undefined) lines.push(`help: ${harmless(found.help)}`)
  return `::${found.severity} ${list.join(',')}::${escapeData(lines.join('\n'))}`
}

/**
 * Without a file GitHub annotates the run. Columns count only within one line; whether endColumn is
 * exclusive its documentation does not say, so ours stays exclusive, as other linters send it.
 */
function placeProperties(found: Diagnostic): Readonly<Record<string, string | number>> {
  const { file, line, column, endLine, endColumn } = found
  if (file === '.') return {}
  const columns = line === endLine ? { col: column, endColumn } : {}
  return { file, line, endLine: lastLine(found), ...columns }
}

function notShown(sorted: readonly Diagnostic[]): string[] {
  const seen: Record<Severity, number> = { error: 0, warning: 0, notice: 0 }
  const hidden = sorted.filter(({ severity }) => ++seen[severity] > shownOfEach)
  if (hidden.length === 0) return []
  const counts = listCounts(countBySeverity(hidden))
  const head = `GitHub shows only ${shownOfEach} annotations of each type for a step`
  return [`${head}. Not shown, but in the log above: ${counts}`, ...hidden.map(logLine)]
}

function logLine(found: Diagnostic): string {
  const place = placeOf(found)
  const where = place === undefined ? '' : ` ${place}`
  return `  ${found.severity}[${harmless(found.rule)}]${where}: ${harmless(found.message)}`
}

/** As `command.ts` of actions/toolkit escapes the message of a command. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

/** As `command.ts` of actions/toolkit escapes the value of a property. */
function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
