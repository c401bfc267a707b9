import { harmless } from '../language/harmless.ts'
import { tryJson, tryText } from '../probe/forms/try.ts'
import { noticesOf } from '../probe/notices.ts'
import { summarize } from '../probe/pass.ts'
import { readAskable, targetOf } from '../probe/targets.ts'
import { readValue } from '../table/read-value.ts'
import type { AskOptions } from './ask-servers.ts'
import { askServers, openAsker, warnOfExclude } from './ask-servers.ts'
import { openFolder, readPolicies } from './load.ts'
import { paintOn } from './show-report.ts'
import { findStrongest } from './strongest.ts'
import { isOverrideFile, tryFiles } from './try-files.ts'
import type { CommonOptions, Status, World } from './world.ts'
import { status } from './world.ts'

export interface TryOptions extends CommonOptions, AskOptions {
  readonly format: 'text' | 'json'
}

/**
 * Asks whether mail to a destination would be delivered under a policy, and which is the strongest that
 * does; or, where the first word is an override file, whether it would be under each such file.
 */
export async function tryPolicy(
  world: World,
  written: string,
  words: readonly string[],
  options: TryOptions,
): Promise<Status> {
  if (isOverrideFile(world, written)) return tryFiles(world, [written, ...words], options)
  const refuse = (why: string) => {
    world.stderr.write(`tlspolicy: ${harmless(why)}\n`)
    return status.usage
  }
  const destination = readAskable(written)
  if ('refused' in destination) return refuse(destination.refused)
  if (words.length === 0)
    return refuse(
      `name the policy to try for ${destination.text}, such as may; a file of an override ends in .yaml`,
    )
  const proposed = readValue(words.join(' '))
  if ('fault' in proposed) return refuse(proposed.fault)
  warnOfExclude(world, proposed)
  const { settings } = await readPolicies(openFolder(world, options))
  const asker = await openAsker(world, options)
  const target = targetOf(destination, proposed, settings)
  const [pass] = await askServers(asker, [target])
  if (!pass) return refuse('there is nothing to ask')
  const strongest = await findStrongest(asker, target, pass, settings)
  const override = { ...target, override: proposed }
  const digest = asker.sender.smtp_tls_fingerprint_digest
  const trial = { pass, strongest, notices: noticesOf(override, pass.hosts, world.now(), digest) }
  const paint = paintOn(world, world.stdout, options)
  world.stdout.write(options.format === 'json' ? tryJson(trial) : tryText(trial, paint))
  return summarize(pass.hosts).state === 'broken' ? status.found : status.clean
}
