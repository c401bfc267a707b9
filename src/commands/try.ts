import { readDestination } from '../language/destination.ts'
import { harmless } from '../language/harmless.ts'
import type { Policy } from '../language/policy.ts'
import type { Settings } from '../language/settings.ts'
import { tryJson, tryText } from '../probe/forms/try.ts'
import { noticesOf } from '../probe/notices.ts'
import type { Pass } from '../probe/pass.ts'
import { summarize } from '../probe/pass.ts'
import type { Target } from '../probe/targets.ts'
import { targetOf } from '../probe/targets.ts'
import { nextHopOf } from '../table/lookup.ts'
import { readValue } from '../table/read-value.ts'
import type { Asker, AskOptions } from './ask-servers.ts'
import { askServers, openAsker } from './ask-servers.ts'
import { openFolder, readPolicies } from './load.ts'
import { paintOn } from './show-report.ts'
import type { CommonOptions, Status, World } from './world.ts'
import { status } from './world.ts'

export interface TryOptions extends CommonOptions, AskOptions {
  readonly format: 'text' | 'json'
}

/** Asks whether mail to a destination would be delivered under a policy, and which is the strongest that does. */
export async function tryPolicy(
  world: World,
  written: string,
  words: readonly string[],
  options: TryOptions,
): Promise<Status> {
  const refuse = (why: string) => {
    world.stderr.write(`tlspolicy: ${harmless(why)}\n`)
    return status.usage
  }
  const destination = readDestination(nextHopOf(written), '')
  if ('rule' in destination) return refuse(destination.message)
  if (destination.form === 'parent')
    return refuse(`${destination.text} stands for many domains: name one of them`)
  const proposed = readValue(words.join(' '))
  if ('fault' in proposed) return refuse(proposed.fault)
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

/** From the strongest; a pin is not on it, since nobody but the recipient can confirm one. */
const ladder: readonly Policy[] = ['dane-only', 'secure', 'verify', 'encrypt', 'may', 'none']

/** Climbs down until every server takes mail; a server that is not reached decides nothing. */
async function findStrongest(
  asker: Asker,
  { destination, value }: Target,
  pass: Pass,
  settings: Settings,
): Promise<Policy | null> {
  for (const policy of ladder) {
    if (policy === 'dane-only' && settings.postfix.dnsSupportLevel !== 'dnssec') continue
    const target = targetOf(destination, { policy, parameters: {} }, settings)
    const known = target.value === value ? pass : undefined
    const [asked] = known ? [known] : await askServers(asker, [target])
    if (!asked || summarize(asked.hosts).state === 'unknown') return null
    if (asked.hosts.every(({ state }) => state !== 'broken')) return policy
  }
  return null
}
