import { asMarkdown, foreign } from '../../review/forms/pieces.ts'
import { counted } from '../../review/forms/words.ts'
import type { RegisteredOverride } from '../register.ts'
import { fitting, mentionOf, paragraphs, tableOf } from './markup.ts'
import { statusWords } from './words.ts'

const dueHeads = ['Status', 'Review date', 'Override for', 'Owner'] as const

/** What is due, at a glance; owners with a login are called. */
export function dueTable(pressing: readonly RegisteredOverride[], room: number): string {
  if (pressing.length === 0) return ''
  const row = (one: RegisteredOverride) => {
    const { reviewDate, owner } = one.override
    const status = one.status === 'overdue' ? `**${statusWords(one)}**` : statusWords(one)
    return [
      status,
      reviewDate,
      namesOf(one.override.destinations.map(({ text }) => text)),
      mentionOf(owner),
    ]
  }
  return fitting(pressing.map(row), room, (rows, cut) =>
    paragraphs([tableOf(dueHeads, rows), ...cutNote(cut)]),
  )
}

const quietHeads = ['Review date', 'Effect', 'Override for', 'Owner'] as const

/** Owners are in code here: nobody is called for what is not due. */
export function quietTable(quiet: readonly RegisteredOverride[], room: number): string {
  if (quiet.length === 0) return ''
  const row = ({ override, effect }: RegisteredOverride) => {
    const { reviewDate, owner } = override
    const named = owner === undefined ? '' : asMarkdown([foreign(owner)])
    return [reviewDate, effect, namesOf(override.destinations.map(({ text }) => text)), named]
  }
  return fitting(quiet.map(row), room, (rows, cut) =>
    paragraphs([
      `<details><summary>${counted(quiet.length, 'current override')}</summary>`,
      ...(rows.length > 0 ? [tableOf(quietHeads, rows)] : []),
      ...cutNote(cut),
      '</details>',
    ]),
  )
}

const mostNames = 5

/** The destinations in code; of many only the first. */
export function namesOf(destinations: readonly string[]): string {
  const named = destinations.slice(0, mostNames).map(name => asMarkdown([foreign(name)]))
  const others = destinations.length - mostNames
  return `${named.join(', ')}${others > 0 ? ` and ${others} more` : ''}`
}

/** What is said of overrides that do not fit; nothing where all do. */
export function cutNote(count: number): readonly string[] {
  if (count === 0) return []
  return [
    `**${counted(count, 'more override does', 'more overrides do')} not fit here.** \`tlspolicy report\` prints all of them.`,
  ]
}
