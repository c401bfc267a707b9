import { removeFile, replaceFile } from '../io/edit.ts'
import type { Destination } from '../language/destination.ts'
import { harmless } from '../language/harmless.ts'
import type { Override } from '../language/override.ts'
import { retireAllCommand } from '../register/command-lines.ts'
import { retireDestinations } from '../register/edit/retire.ts'
import { standingOf } from '../register/status.ts'
import type { Editing, EditOptions } from './edit.ts'
import { cannotEdit, contentOf, editFolder, findOne, openEditing, tellEdit } from './edit.ts'
import type { Status, World } from './world.ts'
import { status } from './world.ts'

export interface RetireOptions extends EditOptions {
  readonly overdue?: boolean
}

/** Removes overrides, or some of their destinations; or lists what is overdue and removes nothing. */
export async function retire(
  world: World,
  destinations: readonly string[],
  options: RetireOptions,
): Promise<Status> {
  if (options.overdue ? destinations.length > 0 : destinations.length === 0) {
    world.stderr.write('tlspolicy: name the destinations, or ask for --overdue alone\n')
    return status.usage
  }
  const editing = await openEditing(world, options)
  if (options.overdue) return listOverdue(editing)
  const chosen = new Map<Override, Destination[]>()
  for (const written of destinations) {
    const named = findOne(editing, written)
    if (!named) return status.usage
    for (const { override, destination } of named)
      chosen.set(override, [...new Set([...(chosen.get(override) ?? []), destination])])
  }
  await remove(editing, chosen)
  return status.clean
}

/** Every text is made before the first file is touched. */
async function remove(editing: Editing, chosen: ReadonlyMap<Override, readonly Destination[]>) {
  const texts = new Map<string, string | null>()
  for (const [override, retired] of chosen)
    texts.set(override.path, edit(editing, override, retired))
  const after = await editFolder(editing, texts)
  for (const [path, text] of texts) {
    const { bytes, absolute } = contentOf(editing, path)
    if (text === null) removeFile(absolute, bytes)
    else replaceFile(absolute, bytes, text)
  }
  const names = [...chosen.values()].flat().map(({ text }) => text)
  const done = [...chosen].map(([{ path }, retired]) => {
    const file = harmless(editing.folder.display(path))
    const gone = harmless(retired.map(({ text }) => text).join(', '))
    return texts.get(path) === null ? `removed ${file}` : `changed ${file}: ${gone} is out`
  })
  const more = names.length > 1 ? ` and ${names.length - 1} more` : ''
  const message = `Retire the override for ${names[0] ?? ''}${more}`
  tellEdit(editing, done, after.policies, { paths: [...texts.keys()], message })
}

function edit(editing: Editing, override: Override, retired: readonly Destination[]) {
  if (retired.length === override.destinations.length && isWhole(editing, override)) return null
  const text = retireDestinations(contentOf(editing, override.path).text, override, retired)
  if (text === undefined) throw cannotEdit(editing, override.path)
  return text
}

/** A destination with a fault is left out of what was read, but not of the file. */
function isWhole({ policies }: Editing, { path }: Override): boolean {
  return !policies.faults.some(
    fault => fault.path === path && fault.rule.startsWith('destination-'),
  )
}

function listOverdue({ world, folder, policies, asOf }: Editing): Status {
  const overdue = policies.overrides
    .filter(({ active }) => active)
    .map(override => ({
      override,
      ...standingOf(override.reviewDate, asOf, policies.settings.review),
    }))
    .filter(({ daysLeft }) => daysLeft < 0)
    .toSorted((a, b) => a.daysLeft - b.daysLeft)
  const lines = overdue.map(({ override, daysLeft }) => {
    const { path, reviewDate, destinations } = override
    const names = destinations.map(({ text }) => text)
    const days = daysLeft === -1 ? 'a day' : `${-daysLeft} days`
    return `${harmless(folder.display(path))}: due on ${reviewDate}, ${days} ago\n  ${harmless(retireAllCommand(names))}\n`
  })
  world.stdout.write(
    lines.length > 0 ? `${lines.join('')}\nnothing is removed\n` : 'nothing is overdue\n',
  )
  return status.clean
}
