import { harmless } from '../../language/harmless.ts'
import { asText } from '../../review/forms/pieces.ts'
import { counted } from '../../review/forms/words.ts'
import type { Consequence } from '../consequences.ts'
import type { Register, RegisteredOverride } from '../register.ts'
import { wrapColumns } from './columns.ts'
import type { Commands } from './commands.ts'
import { rowsOf } from './rows.ts'
import { timingSentence } from './words.ts'

export interface DetailContext {
  readonly register: Register
  readonly display: (path: string) => string
  readonly commands: (one: RegisteredOverride) => Commands
  /** Columns; only a command that has no blank in the right place is longer. */
  readonly width: number
}

/** All that there is to know of one override, in lines of text below its headline. */
export function detailLines(one: RegisteredOverride, context: DetailContext): readonly string[] {
  const { register, display, width } = context
  return [
    ...wrapColumns('  ', timingSentence(one, register), width),
    '',
    ...rowsOf(one, { display }).flatMap(([name, pieces]) =>
      wrapColumns(`  ${name.padEnd(9)} `, asText(pieces), width),
    ),
    ...one.consequences.flatMap(consequence => consequenceLines(consequence, one, width)),
    '',
    ...commandLines(context.commands(one), width),
  ]
}

/** Destinations that fare alike are named in a few words. */
const mostNames = 5

/** `a.example, b.example and 3 more`. */
export function namesOf(destinations: readonly string[], most = mostNames): string {
  const named = destinations.slice(0, most).map(harmless).join(', ')
  const others = destinations.length - most
  return others > 0 ? `${named} and ${others} more` : named
}

function consequenceLines(
  { destinations, standing, retired }: Consequence,
  { consequences }: RegisteredOverride,
  width: number,
): readonly string[] {
  const which = consequences.length > 1 ? `For ${namesOf(destinations)}:` : undefined
  const without = retired.length > 0 ? retired : ['Nothing would change for mail.']
  return [
    '',
    ...(which === undefined ? [] : wrapColumns('  ', which, width)),
    '  While it stands:',
    ...standing.flatMap(sentence => wrapColumns('  - ', sentence, width)),
    '  If it is retired:',
    ...without.flatMap(sentence => wrapColumns('  - ', sentence, width)),
  ]
}

function commandLines({ retire, renew, others }: Commands, width: number): readonly string[] {
  const more = others > 0 ? [`    (and ${counted(others, 'more destination')}, likewise)`] : []
  return [
    '  Is the problem gone? Then retire it:',
    ...retire.map(command => `    ${harmless(command)}`),
    ...more,
    '  Is it still there? Then renew it, with a reason of today:',
    ...foldCommand(harmless(renew), width - 4).map(line => `    ${line}`),
  ]
}

/** A command in several lines of a shell, where it is too long for one. */
function foldCommand(command: string, width: number): readonly string[] {
  if (command.length <= width) return [command]
  const at = command.lastIndexOf(' --until ')
  return [`${command.slice(0, at)} \\`, `  ${command.slice(at + 1)}`]
}
