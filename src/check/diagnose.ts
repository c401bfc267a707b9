import { findRanges } from '../language/document.ts'
import type { Place } from '../language/fault.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { Finding } from './rule.ts'
import type { RuleId } from './rules.ts'
import { rules } from './rules.ts'

interface Texts {
  /** The text of a file of the folder, as far as it can be read. */
  readonly textOf: (path: string) => string
  /** A path inside the folder as the user would write it. */
  readonly display: (path: string) => string
}

interface Span {
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/** Findings with lines and columns, in the order of files and lines. Each text is read once more. */
export function diagnose(
  findings: readonly Finding<RuleId>[],
  texts: Texts,
): readonly Diagnostic[] {
  const spans = spansOf(findings, texts)
  return findings
    .map((finding): Diagnostic => {
      const { rule, path, message, help, at, other } = finding
      const found = other && spans.get(other.at)
      const elsewhere = found && `${texts.display(other.path)}:${found.line}:${found.column}`
      return {
        rule,
        severity: rules[rule].severity,
        message: elsewhere === undefined ? message : `${message} (the other is at ${elsewhere})`,
        ...(help === undefined ? {} : { help }),
        file: texts.display(path),
        ...(spans.get(at) ?? { line: 1, column: 1, endLine: 1, endColumn: 1 }),
      }
    })
    .sort(byPlace)
}

function spansOf(findings: readonly Finding<RuleId>[], { textOf }: Texts): Map<Place, Span> {
  const byPath = new Map<string, Place[]>()
  for (const { path, at, other } of findings)
    for (const place of other ? [{ path, at }, other] : [{ path, at }]) {
      const places = byPath.get(place.path)
      if (places) places.push(place.at)
      else byPath.set(place.path, [place.at])
    }
  const spans = new Map<Place, Span>()
  for (const [path, places] of byPath) {
    const text = textOf(path)
    const lines = lineStarts(text)
    for (const [index, [start, end]] of findRanges(text, places).entries()) {
      const place = places[index]
      if (place) spans.set(place, spanOf(lines, start, Math.min(end, text.length)))
    }
  }
  return spans
}

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

function spanOf(lines: readonly number[], start: number, end: number): Span {
  const from = positionOf(lines, start)
  const to = positionOf(lines, Math.max(start, end))
  return { ...from, endLine: to.line, endColumn: to.column }
}

function positionOf(lines: readonly number[], offset: number) {
  let line = lines.length
  while (line > 1 && (lines[line - 1] ?? 0) > offset) line -= 1
  return { line, column: offset - (lines[line - 1] ?? 0) + 1 }
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    compare(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  )
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
