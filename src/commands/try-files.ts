import { resolve } from 'node:path'
import { isThere, readInput } from '../io/input.ts'
import { harmless } from '../language/harmless.ts'
import type { Override } from '../language/override.ts'
import { largestFile, settingsPath } from '../language/source.ts'
import type { Trial } from '../probe/forms/try.ts'
import { tryFilesJson, tryFilesText } from '../probe/forms/try.ts'
import { noticesOf } from '../probe/notices.ts'
import { summarize } from '../probe/pass.ts'
import { targetOf } from '../probe/targets.ts'
import { readValue } from '../table/read-value.ts'
import { formatValue } from '../table/value.ts'
import { askServers, openAsker, warnOfExclude } from './ask-servers.ts'
import { openFolder, readPolicies } from './load.ts'
import { paintOn } from './show-report.ts'
import { findStrongest } from './strongest.ts'
import type { TryOptions } from './try.ts'
import type { Status, World } from './world.ts'
import { status } from './world.ts'

/** Whether a word of the command line names a file; a domain may end in .yaml, but is no file here. */
export function isOverrideFile({ cwd }: World, word: string): boolean {
  return /\.ya?ml$/.test(word) && isThere(resolve(cwd, word))
}

/** Asks whether mail to each destination of these override files would be delivered under them. */
export async function tryFiles(
  world: World,
  paths: readonly string[],
  options: TryOptions,
): Promise<Status> {
  const refuse = (why: string) => {
    world.stderr.write(`tlspolicy: ${harmless(why)}\n`)
    return status.usage
  }
  const { settings } = await readPolicies(openFolder(world, options))
  const targets = []
  for (const path of paths) {
    const override = await readProposed(world, path)
    if (typeof override === 'string') return refuse(`${path}: ${override}`)
    warnOfExclude(world, override)
    for (const destination of override.destinations)
      if (destination.form === 'parent')
        world.stderr.write(
          `${harmless(path)}: ${destination.text} stands for many domains, and is not tried\n`,
        )
      else targets.push({ ...targetOf(destination, override, settings, override), override })
  }
  if (targets.length === 0) return refuse('there is no destination that can be asked')
  const asker = await openAsker(world, options)
  const passes = await askServers(asker, targets)
  const digest = asker.sender.smtp_tls_fingerprint_digest
  const trials: Trial[] = []
  for (const [index, target] of targets.entries()) {
    const pass = passes[index]
    if (!pass) continue
    const notices = noticesOf(target, pass.hosts, world.now(), digest)
    const trial = { pass, notices, file: target.override.path }
    // Other people's servers are asked no more than it takes: where mail goes, the answer is there.
    if (summarize(pass.hosts).state !== 'broken') trials.push(trial)
    else trials.push({ ...trial, strongest: await findStrongest(asker, target, pass, settings) })
  }
  const paint = paintOn(world, world.stdout, options)
  world.stdout.write(options.format === 'json' ? tryFilesJson(trials) : tryFilesText(trials, paint))
  const isBroken = trials.some(({ pass }) => summarize(pass.hosts).state === 'broken')
  return isBroken ? status.found : status.clean
}

/** The override of a file, under the path that was written; or what is wrong with it. */
async function readProposed(world: World, path: string): Promise<Override | string> {
  const bytes = readInput(resolve(world.cwd, path))
  if (bytes.length > largestFile) return 'this is no override: it is too large'
  if (path.endsWith(settingsPath)) return 'this holds the settings, and no override'
  const { readFile } = await import('../language/read-file.ts')
  const { override, faults } = readFile(path, bytes)
  const [fault] = faults
  if (!override || fault)
    return `${fault?.message ?? 'there is no override in it'}; see tlspolicy check`
  const read = readValue(formatValue(override.policy, override.parameters))
  return 'fault' in read ? `${read.fault}; see tlspolicy check` : override
}
