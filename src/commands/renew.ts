import { replaceFile } from '../io/edit.ts'
import type { Ask } from '../io/prompt.ts'
import type { Day } from '../language/day.ts'
import { isDay } from '../language/day.ts'
import { findHidden } from '../language/encoding.ts'
import { harmless } from '../language/harmless.ts'
import type { Override } from '../language/override.ts'
import { effectsUnder } from '../outcomes/override.ts'
import { renewOverride } from '../register/edit/renew.ts'
import { proposeReviewDate } from '../register/propose.ts'
import type { Editing, EditOptions } from './edit.ts'
import { acceptEdit, askOn, cannotEdit, contentOf, findOne, openEditing, tellEdit } from './edit.ts'
import type { Status, World } from './world.ts'
import { status } from './world.ts'

export interface RenewOptions extends EditOptions {
  readonly until?: Day
  readonly because?: string
  readonly justification?: string
  readonly problem?: string
  readonly owner?: string
  readonly ticket?: string
  readonly contacted?: readonly string[]
}

/** Moves the review date of the override that names a destination, and writes down why. */
export async function renew(
  world: World,
  destination: string,
  options: RenewOptions,
): Promise<Status> {
  const editing = await openEditing(world, options)
  const override = findOne(editing, destination)?.[0]?.override
  if (!override) return status.usage
  const refuse = (why: string) => {
    world.stderr.write(`tlspolicy: ${why}\n`)
    return status.usage
  }
  const hasForm = options.justification !== undefined
  if (override.emergency && !hasForm)
    return refuse(
      'this was decided in an emergency, and is renewed with the full form alone: add --justification with what is broken, how you know, and who was told',
    )
  if (!override.emergency && hasForm)
    return refuse('the justification stays as it was; say with --because what has happened since')
  const { until, because } = await askOn(world, ask => complete(editing, override, ask))
  if (until === undefined || because === undefined)
    return refuse('renew needs --until with the new review date, and --because with the reason')
  if (until <= override.reviewDate)
    return refuse(
      `the review date is ${override.reviewDate} already; --until takes a later day, or retire the override`,
    )
  const hidden = findHidden(because)
  return hidden === undefined
    ? write(editing, override, until, because)
    : refuse(
        `the reason holds the character ${hidden}, which an editor does not show; write it without`,
      )
}

/** What the command line leaves open is asked for, where there is a terminal. */
async function complete({ policies, asOf, options }: Editing, override: Override, ask?: Ask) {
  const { until, because } = options as RenewOptions
  if (!ask) return { until, because }
  const others = policies.overrides.filter(other => other !== override)
  const proposed = proposeReviewDate(
    { settings: policies.settings, overrides: others },
    asOf,
    effectsUnder(policies.settings)(override),
    override.reviewDate,
  )
  let day: string | undefined = until
  while (day === undefined || !isDay(day))
    day = (await ask(`New review date [${proposed}]: `)) || proposed
  let reason = because
  while (!reason) reason = await ask('Why is it still needed? ')
  return { until: day, because: reason }
}

async function write(
  editing: Editing,
  override: Override,
  until: Day,
  because: string,
): Promise<Status> {
  const { asOf, folder } = editing
  const { path, reviewDate, destinations } = override
  const { contacted = [], ...given } = editing.options as RenewOptions
  const { bytes, text, absolute } = contentOf(editing, path)
  const told = contacted.map(to => ({ date: asOf, to }))
  const edited = renewOverride(text, override, {
    ...given,
    date: asOf,
    until,
    because,
    contacted: told,
  })
  if (edited === undefined) throw cannotEdit(editing, path)
  const after = await acceptEdit(editing, path, edited)
  if (!after) return status.found
  replaceFile(absolute, bytes, edited)
  const done = `changed ${harmless(folder.display(path))}: review on ${until} instead of ${reviewDate}`
  const mark = override.emergency ? ['it is no emergency any more'] : []
  const message = `Renew the override for ${destinations[0]?.text ?? path} until ${until}`
  tellEdit(editing, [done, ...mark], after, { paths: [path], message })
  return status.clean
}
