import { unknownHistory } from '../history.ts'
import type { Origin } from '../history-origin.ts'
import type { Span } from '../history-spans.ts'
import type { Past } from '../past.ts'
import type { Piece } from './pieces.ts'
import { asText, foreign } from './pieces.ts'
import type { Row } from './rows.ts'

/** What Git knows of an override and its destination, one line each. */
export function pastRows(past: Past | null): readonly Row[] {
  return linesOf(past).map(pieces => ['history', pieces])
}

/** The same as text for a terminal. */
export function pastLines(past: Past | null): readonly string[] {
  return linesOf(past).map(asText)
}

function linesOf(past: Past | null): readonly (readonly Piece[])[] {
  return past ? [...overrideLines(past), ...destinationLines(past)] : [[unknownHistory]]
}

function overrideLines({ override }: Past): readonly (readonly Piece[])[] {
  if (!override) return []
  const { written, changed, extensions } = override
  return [
    ['written ', ...originPieces(written)],
    ...(changed.commit === written.commit ? [] : [['last changed ', ...originPieces(changed)]]),
    ...(extensions === 0
      ? []
      : [[`the review date was moved to a later day ${times(extensions)} before`]]),
  ]
}

function originPieces({ day, author, pullRequest, reviewers }: Origin): readonly Piece[] {
  return [
    `on ${day} by `,
    foreign(author),
    ...(pullRequest === undefined ? [] : [', in ', foreign(pullRequest)]),
    ...reviewers.flatMap((name, index) => [index === 0 ? ', reviewed by ' : ', ', foreign(name)]),
  ]
}

/** Longer lists say no more. */
const mostSpans = 3

function destinationLines({
  override,
  overriddenSince,
  earlier,
}: Past): readonly (readonly Piece[])[] {
  const since =
    overriddenSince === null || overriddenSince === override?.written.day
      ? []
      : [[`the destination has been overridden since ${overriddenSince}`]]
  if (earlier.length === 0) return since
  const shown = earlier.slice(-mostSpans).map(timeOf).join(', ')
  const last = earlier.length > mostSpans ? 'the last times ' : ''
  const before = [`the destination was overridden ${times(earlier.length)} before, ${last}${shown}`]
  return [...since, before]
}

function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`
}

function timeOf({ from, until }: Span): string {
  return `from ${from.day} until ${until?.day ?? 'now'}`
}
