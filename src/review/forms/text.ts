import type { Paint } from '../../check/forms/paint.ts'
import type { Effect } from '../../language/settings.ts'
import { wrap } from '../../language/wrap.ts'
import type { BaselineChange } from '../baseline.ts'
import type { Review } from '../review.ts'
import type { Group } from './groups.ts'
import { groupChanges } from './groups.ts'
import type { Context } from './heads.ts'
import {
  baselinePieces,
  comparedPieces,
  countSentence,
  digestPieces,
  notesOf,
  titlePieces,
  unreadPieces,
} from './heads.ts'
import { pastRows } from './past.ts'
import type { Piece } from './pieces.ts'
import { asText } from './pieces.ts'
import type { Row } from './rows.ts'
import { fileRow, isSamePolicy, keepingRows, reasonRows, treatmentPieces } from './rows.ts'
import { effectStyles } from './styles.ts'
import { gistOf } from './words.ts'

/** The review for a terminal; every line begins with words of ours, whatever the files hold. */
export function formatReview(review: Review, context: Context, paint: Paint): string {
  const sections = [
    [paint('bold', countSentence(review)), asText(comparedPieces(context.compared))],
    ...review.unread.map(file => wrap('warning: ', asText(unreadPieces(file, context)))),
    ...(review.baseline ? [baselineLines(review.baseline, paint)] : []),
    ...groupChanges(review.changes, context.past).map(group => groupLines(group, context, paint)),
    [asText(digestPieces(review))],
  ]
  return `${sections.map(lines => lines.join('\n')).join('\n\n')}\n`
}

function baselineLines(change: BaselineChange, paint: Paint): readonly string[] {
  const { values, gist } = baselinePieces(change)
  return [
    headline(change.comparison.verdict, ['the settings change'], paint),
    ...values.flatMap(value => wrap('  ', asText(value))),
    '',
    ...wrap('  ', gist),
    ...change.sentences.flatMap(sentence => wrap('  - ', sentence)),
  ]
}

function groupLines(group: Group, context: Context, paint: Paint): readonly string[] {
  const [change] = group
  return [
    headline(change.comparison.verdict, titlePieces(group), paint),
    ...wrap('  ', gistOf(change.comparison)),
    ...change.sentences.flatMap(sentence => wrap('  - ', sentence)),
    ...notesOf(group).flatMap(note => wrap('  ', note)),
    '',
    ...rowsOf(group, context).flatMap(([name, pieces]) =>
      wrap(`  ${name.padEnd(10)} `, asText(pieces)),
    ),
  ]
}

function headline(verdict: Effect, title: readonly Piece[], paint: Paint): string {
  return `${paint(effectStyles[verdict], verdict)}${paint('bold', `: ${asText(title)}`)}`
}

function rowsOf([change]: Group, context: Context): readonly Row[] {
  return [
    fileRow(change, context.display),
    ...policyRows(change),
    ...reasonRows(change),
    ...keepingRows(change),
    ...pastRows(context.past(change)),
  ]
}

function policyRows(change: Group[0]): readonly Row[] {
  const [before, after] = [treatmentPieces(change.before), treatmentPieces(change.after)]
  if (isSamePolicy(change)) return [['policy', [...after, ', as before']]]
  return [
    ['before', before],
    ['after', after],
  ]
}
