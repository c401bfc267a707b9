import type { Paint } from '../check/forms/paint.ts'
import { quote } from '../language/quote.ts'
import { wrap } from '../language/wrap.ts'
import type { Group } from '../review/forms/groups.ts'
import { groupChanges } from '../review/forms/groups.ts'
import { notesOf, titlePieces } from '../review/forms/heads.ts'
import { asText } from '../review/forms/pieces.ts'
import { isSamePolicy, treatmentPieces } from '../review/forms/rows.ts'
import { effectStyles } from '../review/forms/styles.ts'
import { counted, countVerdicts, gistOf } from '../review/forms/words.ts'
import type { Plan, UnreadLine } from './plan.ts'

/** More would leave the end of the plan alone on a screen; `diff` shows all. */
const shownGroups = 40

/** What an installation does to mail, in the words of `diff`. */
export function formatPlan(plan: Plan, paint: Paint): string {
  const groups = groupChanges(plan.changes, () => null)
  const hidden = groups.slice(shownGroups).flat().length
  const sections = [
    [paint('bold', headOf(plan))],
    ...groups.slice(0, shownGroups).map(group => groupLines(group, paint)),
    ...(hidden > 0 ? [[`and ${counted(hidden, 'more change')}`]] : []),
    ...plan.unread.map(line => wrap('warning: ', `${unreadWords(line)}: ${quote(line.value)}`)),
  ]
  return `${sections.map(lines => lines.join('\n')).join('\n\n')}\n`
}

/** What is said of a change takes such a line for none, but Postfix does not. */
function unreadWords({ key, comes, isDead }: UnreadLine): string {
  if (isDead)
    return `the ${comes ? '' : 'installed '}line for ${quote(key)} is of no use to Postfix, and ${comes ? 'comes back' : 'goes'}`
  return comes
    ? `Postfix refuses the line for ${quote(key)} that comes back, so that mail to it will wait`
    : `Postfix refuses the installed line for ${quote(key)}, so that mail to it waits until the line goes`
}

function headOf({ changes, unread, installed, entries }: Plan): string {
  const size = `${counted(entries, 'entry', 'entries')} instead of ${installed}`
  if (changes.length === 0)
    return unread.length > 0 ? size : 'no mail is treated differently: only comments change'
  return `${counted(changes.length, 'change')} (${countVerdicts(changes)}); ${size}`
}

function groupLines(group: Group, paint: Paint): readonly string[] {
  const [change] = group
  const { verdict } = change.comparison
  const after = asText(treatmentPieces(change.after))
  const policies = isSamePolicy(change)
    ? wrap('  policy     ', `${after}, as before`)
    : [
        ...wrap('  before     ', asText(treatmentPieces(change.before))),
        ...wrap('  after      ', after),
      ]
  return [
    `${paint(effectStyles[verdict], verdict)}${paint('bold', `: ${asText(titlePieces(group))}`)}`,
    ...wrap('  ', gistOf(change.comparison)),
    ...change.sentences.flatMap(sentence => wrap('  - ', sentence)),
    ...notesOf(group)
      .filter(note => !note.startsWith('What changes in the file'))
      .flatMap(note => wrap('  ', note)),
    ...policies,
  ]
}
