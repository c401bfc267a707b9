import type { Group } from '../../install/import/group.ts'
import type { Day } from '../../language/day.ts'
import { visible } from '../../language/quote.ts'
import { oneLine, wrap } from '../../language/wrap.ts'
import { lineWidth } from '../../language/write-value.ts'
import { writeOverride } from './new-override.ts'

export interface ImportedFile {
  /** What the source is called. */
  readonly source: string
  readonly reviewDate: Day
  readonly owner?: string
  /** The line for editors, if the folder has one. */
  readonly schemaLine: string | undefined
}

/** Stands where nobody has said why; only a person can. */
const unsaid = '# imported without a justification: write why this override exists'

/** More of the words above other entries, which stand with the first of them, helps nobody. */
const longestHint = 1000

/** The text of a file for entries with one decision, with where they come from and what was changed. */
export function writeImported(group: Group, file: ImportedFile): string {
  const [{ policy, parameters, active, comments, block }] = group
  const lists = Object.entries(parameters).map(
    ([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values] as const,
  )
  const justification = oneLine(comments.join(' '))
  const text = writeOverride(
    {
      destinations: group.map(({ destination }) => destination.text),
      policy,
      parameters: Object.fromEntries(lists),
      active,
      emergency: false,
      justification,
      reviewDate: file.reviewDate,
      ...(file.owner === undefined ? {} : { owner: file.owner }),
      contacted: [],
    },
    [...(file.schemaLine ? [file.schemaLine] : []), ...origin(group, file.source)].join('\n'),
  )
  if (justification !== '') return text
  const told = block.join(' ')
  const shown = told.length > longestHint ? `${told.slice(0, longestHint)}…` : told
  const above = told === '' ? [] : comment(`Above the entries before it: ${shown}`)
  return text.replace(/^justification: ""$/m, () =>
    [...above, `justification: "" ${unsaid}`].join('\n'),
  )
}

function origin(group: Group, source: string): readonly string[] {
  const places = group.map(({ place }) => place).join(', ')
  return [
    ...comment(`Imported from ${source}, ${places}.`),
    ...group.flatMap(({ notes, text, place }) => {
      if (notes.length === 0) return []
      return comment(`${group.length > 1 ? `At ${place} it` : 'It'} said: ${text}`)
    }),
  ]
}

/** Text of others as lines of a YAML comment. */
function comment(text: string): readonly string[] {
  return wrap('', oneLine(visible(oneLine(text))), lineWidth - 2).map(line => `# ${line.trim()}`)
}
