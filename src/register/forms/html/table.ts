import type { Register, RegisteredOverride } from '../../register.ts'
import { anchorOf, statesOf, statusMarks } from './marks.ts'
import type { Content, Html } from './markup.ts'
import { breakable, html } from './markup.ts'
import { counted, numeral } from './words.ts'

interface Column {
  readonly name: string
  readonly title: string
  /** The cell's content, and the number by which the column is sorted where it is none of text. */
  readonly cell: (one: RegisteredOverride, index: number) => Cell
}

interface Cell {
  readonly content: Content
  readonly key?: number | null
}

/** Destinations that a row names; its section names all. */
const mostNamed = 3

const columns: readonly Column[] = [
  {
    name: 'status',
    title: 'Status',
    cell: (one, index) => ({ content: statusMarks(one), key: index }),
  },
  {
    name: 'date',
    title: 'Review date',
    cell: ({ override }) => ({
      content: html`<time datetime="${override.reviewDate}">${override.reviewDate}</time>`,
    }),
  },
  {
    name: 'left',
    title: 'Days left',
    cell: ({ daysLeft }) => ({ content: signed(daysLeft), key: daysLeft }),
  },
  {
    name: 'names',
    title: 'Destinations',
    cell: (one, index) => ({ content: namesOf(one, index) }),
  },
  {
    name: 'policy',
    title: 'Policy',
    cell: ({ override }) => ({ content: html`<code>${override.policy}</code>` }),
  },
  { name: 'effect', title: 'Effect', cell: ({ effect }) => ({ content: effect }) },
  {
    name: 'owner',
    title: 'Owner',
    cell: ({ override }) => ({ content: breakable(override.owner ?? '–') }),
  },
  { name: 'since', title: 'Stands', cell: ({ past }) => ageCell(past.age) },
  {
    name: 'moved',
    title: 'Extended',
    cell: ({ past: { extensions } }) => ({ content: extensions ?? unknown, key: extensions }),
  },
]

const unknown = html`<span class="none">unknown</span>`

const notYet = html`<span class="none">not yet</span>`

/** One row for each active override, the most urgent first. */
export function tableOf({ overrides }: Register): Html {
  const heads = columns.map(
    ({ name, title }, index) =>
      html`<th role="columnheader" scope="col" class="${name}"${index === 0 ? html` aria-sort="ascending"` : null}>${title}</th>`,
  )
  return html`<table id="overrides" role="table">
<caption>Active overrides, the most urgent first; each destination leads to what it does to mail</caption>
<thead role="rowgroup"><tr role="row">${heads}</tr></thead>
<tbody role="rowgroup">
${overrides.map(rowOf)}</tbody>
</table>
`
}

function rowOf(one: RegisteredOverride, index: number): Html {
  const cells = columns.map(({ name, cell }) => {
    const { content, key } = cell(one, index)
    const data = key === undefined ? null : html` data-k="${key ?? ''}"`
    return name === 'names'
      ? html`<th role="rowheader" scope="row" class="names">${content}</th>`
      : html`<td role="cell" class="${name}"${data}>${content}</td>`
  })
  return html`<tr role="row" data-o="${anchorOf(index)}" data-s="${statesOf(one)}">${cells}</tr>
`
}

function namesOf({ override }: RegisteredOverride, index: number): Html {
  const names = override.destinations.map(({ text }) => text)
  const others = names.length - mostNamed
  const rest = others > 0 ? html` <span class="none">and ${numeral(others)} more</span>` : null
  const shown = names
    .slice(0, mostNamed)
    .map((name, at) => html`${at > 0 ? ', ' : null}<span class="name">${breakable(name)}</span>`)
  return html`<a href="#${anchorOf(index)}">${shown}</a>${rest}`
}

function ageCell(age: number | null): Cell {
  if (age !== null && age < 0) return { content: notYet, key: age }
  return { content: age === null ? unknown : counted(age, 'day'), key: age }
}

/** With a minus that a screen reader says and a reader sees. */
function signed(days: number): string {
  return days < 0 ? `−${numeral(-days)}` : numeral(days)
}
