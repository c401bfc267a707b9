import { jsonText } from '../../language/json-text.ts'
import type { Diagnostic, Report } from '../diagnostic.ts'
import { countBySeverity } from './summary.ts'

/** The report as `schema/check.schema.json` describes it. */
export function formatJson({ diagnostics, overrides }: Report): string {
  const counts = countBySeverity(diagnostics)
  return jsonText({ version: 1, diagnostics: diagnostics.map(inOrder), counts, overrides })
}

function inOrder(found: Diagnostic): Diagnostic {
  const { rule, severity, message, file, line, column, endLine, endColumn, help } = found
  const place = { file, line, column, endLine, endColumn }
  return { rule, severity, message, ...place, ...(help === undefined ? {} : { help }) }
}
