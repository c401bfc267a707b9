import { harmless } from '../../language/harmless.ts'
import { jsonText } from '../../language/json-text.ts'
import type { Diagnostic, Report, Severity } from '../diagnostic.ts'

/** What SARIF says about the program that found the results. */
export interface SarifTool {
  readonly version: string
  readonly informationUri?: string
  readonly rules: Readonly<Record<string, SarifRule>>
}

interface SarifRule {
  readonly severity: Severity
  readonly summary: string
  readonly why: string
}

const levels = {
  error: 'error',
  warning: 'warning',
  notice: 'note',
} as const satisfies Record<Severity, string>

/** The report as SARIF 2.1.0 (OASIS), for code scanning. */
export function formatSarif({ diagnostics }: Report, tool: SarifTool): string {
  const { version, informationUri, rules } = tool
  const indexes = new Map(Object.keys(rules).map((id, index) => [id, index]))
  const driver = {
    name: 'tlspolicy',
    version,
    ...(informationUri === undefined ? {} : { informationUri }),
    rules: Object.entries(rules).map(([id, rule]) => descriptor(id, rule)),
  }
  const results = diagnostics.map(found => resultOf(found, indexes.get(found.rule)))
  return jsonText({
    $schema:
      'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  })
}

function descriptor(id: string, { severity, summary, why }: SarifRule) {
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    defaultConfiguration: { level: levels[severity] },
    help: { text: `${why}\n\n"tlspolicy rules ${id}" shows an example.` },
  }
}

function resultOf(found: Diagnostic, ruleIndex: number | undefined) {
  const { rule, severity, message, help, file, line, column, endLine, endColumn } = found
  const parts = help === undefined ? [message] : [message, `help: ${help}`]
  const region = { startLine: line, startColumn: column, endLine, endColumn }
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levels[severity],
    message: { text: parts.map(escapeMessage).join('\n') },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, region } }],
  }
}

/**
 * SARIF 2.1.0 gives braces (3.11.5) and `[text](target)` (3.11.6) a meaning in a message; a value
 * that somebody wrote into a file must not become a placeholder or a link.
 */
function escapeMessage(text: string): string {
  return harmless(text).replace(/[{}]/g, '$&$&').replaceAll('](', '\\](')
}

/** A path as a relative reference (RFC 3986): no scheme, no host, one escape for each odd byte. */
function uriOf(file: string): string {
  const segments = file
    .replace(/^\/+/, '/')
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
  return segments.map(encodeURIComponent).join('/') || '.'
}
