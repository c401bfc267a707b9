import { harmless } from '../../language/harmless.ts'
import type { Diagnostic, Report } from '../diagnostic.ts'
import { drawFrame } from './frame.ts'
import type { Paint } from './paint.ts'
import { lastLine, placeOf } from './place.ts'
import { summaryLine } from './summary.ts'

export interface TextOptions {
  /** The text in which a file's diagnostics were found, as it was read. */
  readonly textOf: (file: string) => string | undefined
  readonly paint: Paint
}

type LineOf = (file: string, line: number) => string | undefined

/**
 * The report for people: each diagnostic with its source line, then the summary. Every line begins
 * with something of ours, because a log may take a line that begins with `::` for a command.
 */
export function formatText(report: Report, { textOf, paint }: TextOptions): string {
  const lineOf = lineReader(textOf)
  const blocks = report.diagnostics.map(found => drawDiagnostic(found, lineOf, paint))
  return [...blocks, `${summaryLine(report, paint)}\n`].join('\n')
}

function drawDiagnostic(found: Diagnostic, lineOf: LineOf, paint: Paint): string {
  const { severity, rule, message, help } = found
  const head = `${severity}[${harmless(rule)}]`
  const gutter = ' '.repeat(String(found.line).length)
  const lines = [`${paint(severity, head)}${paint('bold', `: ${harmless(message)}`)}`]
  const place = placeOf(found)
  if (place !== undefined) {
    lines.push(`${gutter}${paint('dim', '-->')} ${place}`)
    lines.push(...drawSource(found, lineOf(found.file, found.line), gutter, paint))
  }
  if (help !== undefined) lines.push(`${gutter} ${paint('help', '= help:')} ${harmless(help)}`)
  return lines.map(line => `${line}\n`).join('')
}

/** Only the first line of a span is drawn; the underline says how far it goes on. */
function drawSource(found: Diagnostic, line: string | undefined, gutter: string, paint: Paint) {
  if (!line) return []
  const last = lastLine(found)
  const end = found.endLine === found.line ? found.endColumn - 1 : line.length
  const { text, indent, length } = drawFrame(line, found.column - 1, end)
  const marks = `${'^'.repeat(length)}${last > found.line ? ` … to line ${last}` : ''}`
  const bar = paint('dim', '|')
  return [
    `${gutter} ${bar}`,
    `${paint('dim', String(found.line))} ${bar} ${text}`,
    `${gutter} ${bar} ${' '.repeat(indent)}${paint(found.severity, marks)}`,
  ]
}

/** Finds the lines of a file without cutting it up: the diagnostics of a file come in its order. */
function lineReader(textOf: TextOptions['textOf']): LineOf {
  let name: string | undefined
  let text = ''
  let line = 1
  let start = 0
  return (file, wanted) => {
    if (file !== name || wanted < line) {
      ;[name, text, line, start] = [file, textOf(file) ?? '', 1, 0]
    }
    while (line < wanted) {
      const feed = text.indexOf('\n', start)
      if (feed === -1) return undefined
      line += 1
      start = feed + 1
    }
    const end = text.indexOf('\n', start)
    return text.slice(start, end === -1 ? undefined : end).replace(/\r$/, '')
  }
}
