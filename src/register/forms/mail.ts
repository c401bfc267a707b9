import type { Register, RegisteredOverride } from '../register.ts'
import { wrapColumns } from './columns.ts'
import { commandsOf } from './commands.ts'
import type { DetailContext } from './detail.ts'
import { detailLines, namesOf } from './detail.ts'
import type { Message } from './mail-message.ts'
import { composeMessage } from './mail-message.ts'
import { statusWords } from './words.ts'

export interface Mail {
  /** One for each owner who has an address and something to look at, the most urgent first. */
  readonly messages: readonly Message[]
  /** Overrides that are due and whose owner cannot be written to. */
  readonly leftOut: number
}

/** What is due, for those who keep it. */
export async function composeMail(
  register: Register,
  display: (path: string) => string,
): Promise<Mail> {
  const due = register.overrides.filter(({ status }) => status !== 'current')
  const owners = new Map<string, [RegisteredOverride, ...RegisteredOverride[]]>()
  let leftOut = 0
  for (const one of due) {
    const address = addressOf(one.override.owner)
    const others = address === undefined ? undefined : owners.get(sameMailbox(address))
    if (address === undefined) leftOut += 1
    else if (others) others.push(one)
    else owners.set(sameMailbox(address), [one])
  }
  const context = { register, display, commands: commandsOf(register), width: 72 }
  const messages: Message[] = []
  for (const theirs of owners.values()) {
    const to = theirs[0].override.owner ?? ''
    messages.push(await composeMessage(to, register.asOf, tell(theirs, context)))
  }
  return { messages, leftOut }
}

/** An address of the schema's pattern, and without what cannot be seen; a @login is none. */
function addressOf(owner: string | undefined): string | undefined {
  const pattern = /^[^\s@<>()",;:\\\p{C}]+@[^\s@<>()",;:\\\p{C}]+$/u
  return owner !== undefined && owner.length <= 320 && pattern.test(owner) ? owner : undefined
}

/** Letter case counts only before the @ (RFC 5321, 2.4). */
function sameMailbox(address: string): string {
  const at = address.indexOf('@')
  return `${address.slice(0, at)}${address.slice(at).toLowerCase()}`
}

/** So many are told in full; a mail that is too large reaches nobody. */
const mostInFull = 50

function tell(theirs: readonly RegisteredOverride[], context: DetailContext) {
  const { width, register } = context
  const counts = dueWords(theirs)
  const opening = `TLS policy overrides that you keep, on ${register.asOf}: ${counts} for review. An override is meant to be temporary: please look whether each is still needed, then retire or renew it.`
  const others = theirs.slice(mostInFull)
  const sections = [
    wrapColumns('', opening, width),
    ...theirs
      .slice(0, mostInFull)
      .map(one => [...headline(one, width), ...detailLines(one, context)]),
    ...(others.length > 0
      ? [wrapColumns('', `Beside these, ${dueWords(others)}: tlspolicy report shows them.`, width)]
      : []),
  ]
  return {
    subject: `TLS policy overrides: ${counts}`,
    text: `${sections.map(lines => lines.join('\n')).join('\n\n\n')}\n`,
  }
}

function headline(one: RegisteredOverride, width: number): readonly string[] {
  const names = namesOf(one.override.destinations.map(({ text }) => text))
  return wrapColumns(`${statusWords(one).toUpperCase()}: `, names, width)
}

/** `2 overdue and 1 due`. */
function dueWords(theirs: readonly RegisteredOverride[]): string {
  const overdue = theirs.filter(({ status }) => status === 'overdue').length
  const due = theirs.length - overdue
  const parts = [overdue > 0 ? `${overdue} overdue` : '', due > 0 ? `${due} due` : '']
  return parts.filter(part => part !== '').join(' and ')
}
