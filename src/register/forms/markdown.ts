import { asMarkdown } from '../../review/forms/pieces.ts'
import { capital, counted } from '../../review/forms/words.ts'
import type { Consequence } from '../consequences.ts'
import type { Register, RegisteredOverride } from '../register.ts'
import type { Commands } from './commands.ts'
import { steadyCommandsOf } from './commands.ts'
import { cutNote, dueTable, namesOf, quietTable } from './markdown-tables.ts'
import { bytesOf, codeBlock, list, paragraphs } from './markup.ts'
import { rowsOf } from './rows.ts'
import { countSentence, isPressing, steadyTimingSentence, titleOf } from './words.ts'

export interface MarkdownOptions {
  /** The largest size in bytes of UTF-8, which are never fewer than the characters that GitHub counts. */
  readonly limit?: number
}

/** GitHub takes 65,536 characters for an issue; the rest is for what a workflow adds. */
const issueLimit = 65_000

/**
 * The register as Markdown, for an issue and a job summary. It changes only where an override or its
 * status does: it names no day but those of the files, and the dates it proposes stay for a month.
 * What does not fit is left out by whole overrides from the end, and counted.
 */
export function formatMarkdown(
  register: Register,
  display: (path: string) => string,
  { limit = issueLimit }: MarkdownOptions = {},
): string {
  const pressing = register.overrides.filter(isPressing)
  const quiet = register.overrides.filter(one => !isPressing(one))
  const head = paragraphs([`### TLS policy overrides: ${countSentence(register.counts)}`])
  const room = limit - bytesOf(head)
  const due = dueTable(pressing, room / 4)
  const commands = steadyCommandsOf(register)
  const sections = sectionsOf(pressing, one => sectionOf(one, register, display, commands(one)), {
    room: room / 2,
    most: room / 8,
  })
  const rest = room - bytesOf(due + sections)
  return `${head}${due}${sections}${quietTable(quiet, rest)}`.replace(/\n+$/, '\n')
}

function sectionsOf(
  pressing: readonly RegisteredOverride[],
  tell: (one: RegisteredOverride) => string,
  { room, most }: { readonly room: number; readonly most: number },
): string {
  const sections: string[] = []
  let left = room - bytesOf(paragraphs(cutNote(pressing.length)))
  for (const one of pressing) {
    const whole = tell(one)
    const section = bytesOf(whole) <= most ? whole : shortSection(one)
    left -= bytesOf(section)
    if (left < 0) break
    sections.push(section)
  }
  const cut = pressing.length - sections.length
  return [...sections, paragraphs(cutNote(cut))].join('')
}

function sectionOf(
  one: RegisteredOverride,
  register: Register,
  display: (path: string) => string,
  commands: Commands,
): string {
  const rows = rowsOf(one, { display, steady: true })
  return paragraphs([
    headline(one),
    steadyTimingSentence(one, register),
    list(rows.map(([name, pieces]) => `${capital(name)}: ${asMarkdown(pieces)}`)),
    ...one.consequences.flatMap(consequence => consequenceBlocks(consequence, one)),
    ...commandBlocks(commands),
  ])
}

function headline(one: RegisteredOverride): string {
  return `#### ${titleOf(one)}: ${namesOf(one.override.destinations.map(({ text }) => text))}`
}

function shortSection(one: RegisteredOverride): string {
  return paragraphs([headline(one), '**The file says more than fits here.**'])
}

function consequenceBlocks(
  { destinations, standing, retired }: Consequence,
  { consequences }: RegisteredOverride,
): readonly string[] {
  return [
    ...(consequences.length > 1 ? [`For ${namesOf(destinations)}:`] : []),
    'While it stands:',
    list(standing),
    'If it is retired:',
    list(retired.length > 0 ? retired : ['Nothing would change for mail.']),
  ]
}

function commandBlocks({ retire, renew, others }: Commands): readonly string[] {
  const more = others > 0 ? [`And ${counted(others, 'more destination')}, likewise.`] : []
  return [
    'Is the problem gone? Then retire it:',
    codeBlock(retire),
    ...more,
    'Is it still there? Then renew it, with a reason of today:',
    codeBlock([renew]),
  ]
}
