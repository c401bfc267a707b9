import type { Situation } from '../install/guards.ts'
import { formatManifest, readManifest } from '../install/manifest.ts'
import { findReleased } from '../install/queue.ts'
import { recordOf, recordToKeep } from '../install/record.ts'
import { Failure } from '../io/failure.ts'
import { installTable, writeManifest } from '../io/install.ts'
import type { FoundFiles } from '../io/install-files.ts'
import { previousFilesOf } from '../io/install-files.ts'
import type { Lock } from '../io/install-lock.ts'
import { userName } from '../io/lock-holder.ts'
import type { CommandAnswer, Postfix } from '../io/postfix.ts'
import { harmless } from '../language/harmless.ts'
import { counted } from '../review/forms/words.ts'
import type { DeployOptions } from './deploy.ts'
import type { OpenHost } from './host.ts'
import type { Source } from './proposal.ts'
import type { World } from './world.ts'

export interface Deployment {
  readonly world: World
  readonly options: DeployOptions
  readonly host: OpenHost
  readonly situation: Situation
  readonly source: Source
  readonly found: FoundFiles
  readonly lock: Lock
}

/** More commands than these nobody copies; --flush runs them all. */
const shownCommands = 20

/** Puts the table in its place, and says what can be done then. */
export async function install(deployment: Deployment): Promise<void> {
  const { world, options, host, situation, source, found, lock } = deployment
  const { installed, plan } = situation
  const { content } = source
  const occasion = { time: world.now().toISOString(), user: userName(world.env) }
  const earlier = source.state === 'previous' ? readManifest(found.previousManifest) : undefined
  const record = recordOf(source, installed, occasion, earlier)
  // An index that is made anew leaves the table alone that was in force before it.
  const isRepair = installed.content?.hash === content.hash
  const keep = isRepair ? null : recordToKeep(installed, occasion)
  await installTable(
    host.place,
    {
      text: content.text,
      answers: content.entries,
      gone: plan.gone,
      manifest: (state, index) => formatManifest({ ...record, state, index }),
      keep,
    },
    { postfix: host.postfix, lock },
  )
  const before =
    installed.content && !isRepair
      ? `; the table before is kept as ${previousFilesOf(host.place).text}, and deploy --rollback puts it back`
      : ''
  const from = record.commit === null ? '' : ` of commit ${record.commit.slice(0, 12)}`
  world.stdout.write(
    `installed ${host.place.path}: ${counted(content.count, 'entry', 'entries')}${from}${before}\ndigest sha256:${content.digest}\n`,
  )
  if (source.state === 'previous')
    world.stdout.write(
      'the policies in Git say what they said: revert the change there, or the next deploy brings it back\n',
    )
  await releaseMail(world, options, host, [...plan.changed, ...plan.gone])
}

/**
 * The table is in force, and the manifest may have to say so: after an interrupted deploy, or where the
 * same table is that of a later commit.
 */
export function noteInForce({ world, host, situation, source, lock }: Deployment): void {
  const { installed, descent } = situation
  const { manifest, interrupted } = installed
  if (!manifest) return
  const isLater = source.state === 'committed' && descent === 'later'
  const { commit, uncommitted } = isLater ? { commit: source.commit, uncommitted: false } : manifest
  const isNoted = manifest.commit === commit && manifest.uncommitted === uncommitted
  if (isNoted && !interrupted) return
  lock.assertHeld()
  writeManifest(host.place, formatManifest({ ...manifest, commit, uncommitted }))
  if (!isNoted && commit) world.stdout.write(`it is that of commit ${commit.slice(0, 12)}, too\n`)
}

/** Mail that was deferred before waits, and Postfix may not try its destination for minutes. */
async function releaseMail(
  world: World,
  { exec, flush }: DeployOptions,
  { postfix }: OpenHost,
  changed: readonly string[],
): Promise<void> {
  if (changed.length === 0) return
  const { status, stdout, stderr } = await tell(postfix, ['-j'])
  if (status !== 0) {
    const [reason = ''] = stderr.trim().split('\n')
    world.stdout.write(
      `the mail that waits is unknown: ${harmless(reason)}; postqueue -f has Postfix try all of it\n`,
    )
    return
  }
  const ids = findReleased(stdout, changed)
  if (ids.length === 0) return
  const messages = `${counted(ids.length, 'deferred message')} for what changed`
  if (flush) {
    const failed = []
    for (const id of ids) if ((await tell(postfix, ['-i', id])).status !== 0) failed.push(id)
    const left = failed.length > 0 ? `; postqueue -i failed for ${failed.join(', ')}` : ''
    world.stdout.write(`${messages}: Postfix tries again now${left}\n`)
    return
  }
  const prefix = exec === undefined ? '' : `${exec.trim()} `
  const commands = ids.slice(0, shownCommands).map(id => `  ${prefix}postqueue -i ${id}`)
  const rest = ids.length > shownCommands ? [`  and ${ids.length - shownCommands} more`] : []
  world.stdout.write(
    `${messages}; to have Postfix try again now (or deploy with --flush):\n${[...commands, ...rest].join('\n')}\n`,
  )
}

/** The table is in force, whatever becomes of the queue: that postqueue cannot be run is no failure. */
async function tell(postfix: Postfix, args: readonly string[]): Promise<CommandAnswer> {
  try {
    return await postfix.run('postqueue', args)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { status: 1, stdout: '', stderr: error.message }
  }
}
