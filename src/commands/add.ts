import { dirname, resolve } from 'node:path'
import { emergencyDays } from '../check/review.ts'
import { createFile } from '../io/edit.ts'
import { judgeName } from '../io/policy-names.ts'
import type { Day } from '../language/day.ts'
import { addDays } from '../language/day.ts'
import { harmless } from '../language/harmless.ts'
import { quote } from '../language/quote.ts'
import { readOverride } from '../language/read-override.ts'
import { settingsPath } from '../language/source.ts'
import { effectsUnder } from '../outcomes/override.ts'
import { retireCommand } from '../register/command-lines.ts'
import { findNamed } from '../register/edit/find.ts'
import type { Draft } from '../register/edit/new-override.ts'
import {
  nameFile,
  readParameters,
  schemaLine,
  writeOverride,
} from '../register/edit/new-override.ts'
import { proposeReviewDate } from '../register/propose.ts'
import type { Answers } from './add-questions.ts'
import { askForMissing, askForReviewDate, missingOptions } from './add-questions.ts'
import type { Editing, EditOptions } from './edit.ts'
import { acceptEdit, askOn, openEditing, tellEdit } from './edit.ts'
import type { Status, World } from './world.ts'
import { status } from './world.ts'

export interface AddOptions extends EditOptions, Omit<Answers, 'destinations'> {
  readonly parameter?: readonly string[]
  readonly reviewDate?: Day
  readonly file?: string
}

/** Writes a new override, if a check of the change would accept it. */
export async function add(
  world: World,
  destinations: readonly string[],
  options: AddOptions,
): Promise<Status> {
  const editing = await openEditing(world, options)
  const refuse = (why: string, as: Status = status.usage) => {
    world.stderr.write(`tlspolicy: ${why}\n`)
    return as
  }
  const parameters = readParameters(options.parameter ?? [])
  if (!parameters) return refuse('a parameter is NAME=VALUE, such as --parameter ciphers=high')
  const draft = await askOn(world, async ask => {
    const given: Answers = { ...options, destinations }
    const { require } = editing.policies.settings
    const answers = ask ? await askForMissing(ask, given, require) : given
    const missing = missingOptions(answers, require)
    if (missing.length > 0) return missing
    const begun = draftOf(answers, parameters, editing.asOf)
    if (options.reviewDate) return { ...begun, reviewDate: options.reviewDate }
    const proposed = propose(editing, begun)
    const isAsked = ask && !begun.emergency
    return { ...begun, reviewDate: isAsked ? await askForReviewDate(ask, proposed) : proposed }
  })
  const known = Array.isArray(draft) ? undefined : findKnown(editing, destinations)
  if (known !== undefined) return refuse(known, status.found)
  if ('length' in draft) return refuse(`add needs ${draft.join(', ')}; --help says what each is`)
  const file = fileFor(editing, options.file, draft)
  return 'refused' in file ? refuse(file.refused) : write(editing, file.path, draft)
}

/** Why a destination cannot get another override; a night is no time to find it out from a duplicate. */
function findKnown({ folder, policies }: Editing, destinations: readonly string[]) {
  for (const destination of destinations) {
    const search = findNamed(policies.overrides, destination)
    const [named] = 'found' in search ? search.found : []
    if (named?.override.active)
      return `${quote(destination)} has an override already: ${folder.display(named.override.path)} (${named.override.policy}); change its policy there, or take it out first: ${retireCommand(named.destination.text)}`
  }
  return undefined
}

function draftOf(answers: Answers, parameters: Draft['parameters'], asOf: Day): Draft {
  const { problem, owner, ticket, contacted = [] } = answers
  return {
    destinations: answers.destinations,
    policy: answers.policy ?? '',
    parameters,
    emergency: answers.emergency === true,
    justification: answers.justification ?? '',
    reviewDate: addDays(asOf, emergencyDays),
    ...(problem === undefined ? {} : { problem }),
    ...(owner === undefined ? {} : { owner }),
    ...(ticket === undefined ? {} : { ticket }),
    contacted: contacted.map(to => ({ date: asOf, to })),
  }
}

/** A draft with faults has no effect yet, and any day will do: it will be refused. */
function propose({ policies, asOf }: Editing, draft: Draft): Day {
  if (draft.emergency) return draft.reviewDate
  const { override } = readOverride('', writeOverride(draft, undefined))
  if (!override || override.destinations.length === 0) return draft.reviewDate
  return proposeReviewDate(policies, asOf, effectsUnder(policies.settings)(override))
}

type FileName = { readonly path: string } | { readonly refused: string }

function fileFor({ folder }: Editing, name: string | undefined, draft: Draft): FileName {
  const taken = folder.files.map(({ path }) => path)
  if (name === undefined) return { path: nameFile(draft.destinations[0] ?? '', taken) }
  const path = name.replace(/^(?:\.\/)+/, '')
  const steps = path.split('/')
  const isInside = steps.every(step => step !== '' && !/^[._]/.test(step))
  if (!isInside || judgeName(path, 'file', settingsPath) !== 'read')
    return {
      refused: `${quote(name)} is no name for an override: it is inside the folder, begins with a letter or digit, and ends with .yaml`,
    }
  if (taken.some(other => other.toLowerCase() === path.toLowerCase()))
    return { refused: `there is a file ${quote(folder.display(path))} already, and it is kept` }
  return { path }
}

async function write(editing: Editing, path: string, draft: Draft): Promise<Status> {
  const { folder } = editing
  const neighbours = folder.files.filter(file => dirname(file.path) === dirname(path))
  const overrides = neighbours.filter(file => file.path !== settingsPath)
  const text = writeOverride(draft, schemaLine(overrides.map(file => folder.textOf(file.path))))
  const after = await acceptEdit(editing, path, text)
  if (!after) return status.found
  createFile(resolve(folder.path, path), text)
  const { policy, reviewDate, destinations } = draft
  const more = destinations.length > 1 ? ` and ${destinations.length - 1} more` : ''
  const name = `${destinations[0] ?? ''}${more}`
  const done = [
    `wrote ${harmless(folder.display(path))}: ${policy} for ${harmless(name)}, review on ${reviewDate}`,
    ...(draft.emergency
      ? ['it is marked as an emergency, and can be renewed only with the full form']
      : []),
  ]
  const message = `Add an override for ${name}: ${policy} until ${reviewDate}`
  tellEdit(editing, done, after, { paths: [path], message })
  return status.clean
}
