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
import { asMarkdown } from './pieces.ts'
import type { Row } from './rows.ts'
import { fileRow, isSamePolicy, keepingRows, reasonRows, treatmentPieces } from './rows.ts'
import { capital, counted, countVerdicts, gistOf } from './words.ts'

export interface MarkdownOptions {
  /** The largest size in bytes of UTF-8, which are never fewer than the characters that GitHub counts. */
  readonly limit?: number
}

/** GitHub takes 65,536 characters for a comment; the rest is for what a workflow adds. */
const commentLimit = 65_000

/** Files that cannot be read are named up to so many; `check` names all. */
const mostUnread = 5

/**
 * The review as Markdown, for a comment and a job summary. What does not fit is left out by whole
 * descriptions from the end, where the least harm is, and counted.
 */
export function formatMarkdown(
  review: Review,
  context: Context,
  { limit = commentLimit }: MarkdownOptions = {},
): string {
  const groups = groupChanges(review.changes, context.past)
  const head = headOf(review, context)
  const foot = `${asMarkdown(digestPieces(review))}\n`
  const sections: string[] = []
  let room = limit - bytesOf(head) - bytesOf(foot) - bytesOf(cutNote(groups))
  for (const group of groups) {
    const section = sectionOf(group, context, limit / 4)
    room -= bytesOf(section)
    if (room < 0) break
    sections.push(section)
  }
  const cut = groups.slice(sections.length)
  return [head, ...sections, ...(cut.length > 0 ? [cutNote(cut)] : []), foot].join('')
}

function headOf(review: Review, context: Context): string {
  const { unread, baseline, changes } = review
  const isEmpty = changes.length === 0 && !baseline
  const [named, others] = [unread.slice(0, mostUnread), unread.length - mostUnread]
  return paragraphs([
    `### TLS policy overrides: ${countSentence(review)}`,
    `${asMarkdown(comparedPieces(context.compared))}.${isEmpty ? '' : ' What happens to mail if this is merged:'}`,
    ...named.map(file => `**Warning:** ${asMarkdown(unreadPieces(file, context))}.`),
    ...(others > 0 ? [`**Warning:** ${counted(others, 'more file')} cannot be read.`] : []),
    ...(baseline ? baselineOf(baseline) : []),
  ])
}

function baselineOf(change: BaselineChange): readonly string[] {
  const { values, gist } = baselinePieces(change)
  return [
    `#### ${capital(change.comparison.verdict)}: the settings change`,
    list(values.map(asMarkdown)),
    gist,
    ...(change.sentences.length > 0 ? [list(change.sentences)] : []),
  ]
}

/** What people wrote is left out where it is long: it must not push what happens to mail off the page. */
function sectionOf(group: Group, context: Context, most: number): string {
  const [change] = group
  const told = [
    `#### ${capital(change.comparison.verdict)}: ${asMarkdown(titlePieces(group))}`,
    gistOf(change.comparison),
    ...(change.sentences.length > 0 ? [list(change.sentences)] : []),
    ...notesOf(group),
    asMarkdown(policyPieces(change)),
  ]
  const whole = paragraphs([...told, ...writtenOf(change, context)])
  if (bytesOf(whole) <= most) return whole
  return paragraphs([...told, '**The file says more than fits here: read it before you agree.**'])
}

function writtenOf(change: Group[0], context: Context): readonly string[] {
  const [why, ...reasons] = reasonRows(change)
  const rows = [
    ...reasons,
    ...keepingRows(change),
    fileRow(change, context.display),
    ...pastRows(context.past(change)),
  ]
  return [...(why ? [`> ${rowOf(why)}`] : []), list(rows.map(rowOf))]
}

function rowOf([name, pieces]: Row): string {
  return `${capital(name)}: ${asMarkdown(pieces)}`
}

function policyPieces(change: Group[0]): readonly Piece[] {
  const [before, after] = [treatmentPieces(change.before), treatmentPieces(change.after)]
  return isSamePolicy(change) ? [...after, ', as before'] : [...before, ' → ', ...after]
}

/** Counted by destinations, as the headline does. */
function cutNote(groups: readonly Group[]): string {
  const changes = groups.flat()
  const note = `**${counted(changes.length, 'more change does', 'more changes do')} not fit here**: ${countVerdicts(changes)}. \`tlspolicy diff\` prints all of them.`
  return paragraphs([note])
}

function list(items: readonly string[]): string {
  return items.map(item => `- ${item}`).join('\n')
}

function paragraphs(blocks: readonly string[]): string {
  return blocks.map(block => `${block}\n\n`).join('')
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length
}
