import { resolve } from 'node:path'
import { hasErrors } from '../check/check.ts'
import { plain } from '../check/forms/paint.ts'
import { Failure } from '../io/failure.ts'
import { sendMessages } from '../io/sendmail.ts'
import { writeFileAtomically } from '../io/write.ts'
import type { Day } from '../language/day.ts'
import { harmless } from '../language/harmless.ts'
import { latestStates } from '../probe/removable.ts'
import { countSentence } from '../register/forms/words.ts'
import type { Register } from '../register/register.ts'
import { makeRegister } from '../register/register.ts'
import { readPasses } from './evidence.ts'
import { historyOf } from './history.ts'
import { openFolder, readPolicies, requireSettings } from './load.ts'
import { paintOn } from './show-report.ts'
import type { CommonOptions, Status, World } from './world.ts'
import { status } from './world.ts'

export interface ReportOptions extends CommonOptions {
  readonly format: ReportFormat
  readonly asOf?: Day
  readonly failOn?: 'due' | 'overdue'
  readonly output?: string
  readonly send?: boolean
  /** Files of rechecks, whose findings stand with the overrides. */
  readonly evidence?: readonly string[]
}

interface Context {
  readonly world: World
  readonly display: (path: string) => string
  readonly options: ReportOptions
}

type Form = (register: Register, context: Context) => Promise<string>

/** Each is loaded when it is asked for. */
const forms = {
  text: async (register, { world, display, options }) => {
    const { formatText } = await import('../register/forms/text.ts')
    const paint = options.output === undefined ? paintOn(world, world.stdout, options) : plain
    return formatText(register, display, paint)
  },
  markdown: async (register, { display }) =>
    (await import('../register/forms/markdown.ts')).formatMarkdown(register, display),
  html: async (register, { display }) =>
    (await import('../register/forms/html/page.ts')).formatHtml(register, display),
  json: async (register, { display }) =>
    (await import('../register/forms/json.ts')).formatJson(register, display),
  ics: async (register, { display }) => {
    refuseShallow(register)
    return (await import('../register/forms/calendar.ts')).formatCalendar(register, display)
  },
  metrics: async (register, { world }) => {
    const { formatMetrics } = await import('../register/forms/metrics.ts')
    return formatMetrics(register, Math.floor(world.now().getTime() / 1000))
  },
  mail: mailOf,
} as const satisfies Record<string, Form>

export type ReportFormat = keyof typeof forms

/** The review status of every override. */
export async function report(world: World, options: ReportOptions): Promise<Status> {
  const misuse = misuseOf(options)
  if (misuse !== undefined) {
    world.stderr.write(`tlspolicy: ${misuse}\n`)
    return status.usage
  }
  const { asOf = world.today(), failOn } = options
  const folder = openFolder(world, options)
  const policies = await readPolicies(folder)
  requireSettings(folder, policies)
  const passes = readPasses(world, options.evidence ?? [])
  const evidence = latestStates(passes, policies.settings.recheck)
  const register = makeRegister(policies, asOf, await historyOf(world, options), evidence)
  const text = await forms[options.format](register, { world, display: folder.display, options })
  if (options.output === undefined) world.stdout.write(text)
  else {
    writeFileAtomically(resolve(world.cwd, options.output), text)
    world.stdout.write(`wrote ${harmless(options.output)}: ${countSentence(register.counts)}\n`)
  }
  if (hasErrors(policies.faults))
    world.stderr.write('some overrides have errors and may be left out here; see tlspolicy check\n')
  // What cannot be read may be overdue.
  const { overdue, due, unread } = register.counts
  const found = { due: due + overdue + unread, overdue: overdue + unread }
  return failOn !== undefined && found[failOn] > 0 ? status.found : status.clean
}

function misuseOf({ format, send, output }: ReportOptions): string | undefined {
  if (!send) return undefined
  if (format !== 'mail') return '--send hands over mail: write --format mail --send'
  return output === undefined ? undefined : '--send and --output exclude each other: choose one'
}

/** How often a date was moved is counted in the calendar, and a wrong number would undo a later one. */
function refuseShallow({ overrides }: Register): void {
  if (overrides.some(({ past }) => past.known === 'shallow'))
    throw new Failure(
      'this clone holds only the latest commits, and a calendar counts how often each date was moved; get the others with git fetch --unshallow (in a workflow: fetch-depth: 0)',
    )
}

async function mailOf(register: Register, { world, display, options }: Context): Promise<string> {
  const { composeMail } = await import('../register/forms/mail.ts')
  const { formatMbox } = await import('../register/forms/mail-message.ts')
  const { messages, leftOut } = await composeMail(register, display)
  if (leftOut > 0)
    world.stderr.write(
      `${counted(leftOut, 'override')} due without a message, since the owner has no e-mail address\n`,
    )
  if (!options.send) return formatMbox(messages, register.asOf)
  sendMessages(
    messages.map(({ source }) => source),
    world.env,
  )
  return `sent ${counted(messages.length, 'message')}\n`
}

function counted(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`
}
