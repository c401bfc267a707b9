import { resolve } from 'node:path'
import { hasErrors } from '../check/check.ts'
import { appendLines } from '../io/append.ts'
import { isThere } from '../io/input.ts'
import { readDestination } from '../language/destination.ts'
import type { Policies } from '../language/policies.ts'
import { quote } from '../language/quote.ts'
import { formatEvidence } from '../probe/evidence.ts'
import { recheckJson } from '../probe/forms/recheck-json.ts'
import { recheckText } from '../probe/forms/recheck-text.ts'
import { noticesOf } from '../probe/notices.ts'
import type { Pass } from '../probe/pass.ts'
import type { Rechecked } from '../probe/rechecked.ts'
import type { Standing } from '../probe/removable.ts'
import { standingOf } from '../probe/removable.ts'
import type { Target } from '../probe/targets.ts'
import { targetsOf, targetWithout } from '../probe/targets.ts'
import { retireCommand } from '../register/command-lines.ts'
import { indexSide } from '../review/side.ts'
import { compileEntries, indexEntries } from '../table/entries.ts'
import { findEntry, nextHopOf } from '../table/lookup.ts'
import type { AskOptions } from './ask-servers.ts'
import { askServers, openAsker } from './ask-servers.ts'
import { readPasses } from './evidence.ts'
import { openFolder, readPolicies } from './load.ts'
import { paintOn } from './show-report.ts'
import type { CommonOptions, Status, World } from './world.ts'
import { status } from './world.ts'

export interface RecheckOptions extends CommonOptions, AskOptions {
  readonly format: 'text' | 'json'
  readonly evidence?: string
  readonly with?: readonly string[]
}

/** Asks the recipients whether the overrides are still needed. */
export async function recheck(
  world: World,
  destinations: readonly string[],
  options: RecheckOptions,
): Promise<Status> {
  const folder = openFolder(world, options)
  const policies = await readPolicies(folder)
  if (hasErrors(policies.faults))
    world.stderr.write('some overrides have errors and may be left out here; see tlspolicy check\n')
  const targets: Target[] = destinations.length === 0 ? [...targetsOf(policies)] : []
  for (const written of destinations) {
    const target = findTarget(policies, written)
    if (typeof target === 'string') {
      world.stderr.write(`tlspolicy: ${target}\n`)
      return status.usage
    }
    targets.push(target)
  }
  const asker = await openAsker(world, options)
  const earlier = earlierPasses(world, options)
  const passes = await askServers(asker, targets)
  if (options.evidence !== undefined)
    writeEvidence(resolve(world.cwd, options.evidence), passes, asker.sender.myhostname)
  const { recheck: needed } = policies.settings
  const results = targets.flatMap((target, index): readonly Rechecked[] => {
    const pass = passes[index]
    if (!pass) return []
    const own = earlier.filter(
      ({ destination, policy }) => destination === pass.destination && policy === pass.policy,
    )
    const standing = standingOf([...own, pass], needed)
    if (!standing) return []
    const keeps = target.keeps ?? keptByResolver(target, standing)
    const removable = standing.removable && keeps === undefined
    const { smtp_tls_fingerprint_digest: digest } = asker.sender
    const notices = noticesOf(target, pass.hosts, world.now(), digest)
    const retire = removable ? retireCommand(target.destination.text) : null
    return [
      { ...standing, removable, target: { ...target, ...(keeps && { keeps }) }, notices, retire },
    ]
  })
  const connections = passes.reduce((count, { hosts }) => count + hosts.length, 0)
  const paint = paintOn(world, world.stdout, options)
  world.stdout.write(
    options.format === 'json'
      ? recheckJson(results, folder.display)
      : recheckText(results, connections, paint),
  )
  return results.some(isFound) ? status.found : status.clean
}

/** What somebody should act on: an override that can go, a relapse, a pin that no longer fits. */
function isFound({ removable, newlyBroken, notices }: Rechecked): boolean {
  return removable || newlyBroken || notices.some(({ what }) => what === 'wrong-pin')
}

/** With matching TLSA records such a resolver answers `dane`; else its policy may ask for more than was tried. */
function keptByResolver({ dynamic }: Target, { summary }: Standing): string | undefined {
  return dynamic && summary.outcome !== 'verified'
    ? 'an MTA-STS policy may then apply, which is not asked here: look whether they publish one'
    : undefined
}

function findTarget(policies: Policies, written: string): Target | string {
  const nextHop = nextHopOf(written)
  const read = readDestination(nextHop, '')
  if ('rule' in read) return `${read.message}; name a destination such as example.com`
  const { entry } = findEntry(indexEntries(compileEntries(policies.overrides)), nextHop) ?? {}
  if (!entry)
    return `no active override applies to ${quote(written)}; tlspolicy try tells what a policy would do there`
  const key = read.keys[0]
  const own = entry.override.destinations.find(({ keys }) => keys[0] === key)
  return targetWithout(own ?? read, entry.override, indexSide(policies))
}

/** What earlier runs saw, here and on other hosts; there may have been none. */
function earlierPasses(world: World, { evidence, with: others = [] }: RecheckOptions) {
  const isWritten = evidence !== undefined && isThere(resolve(world.cwd, evidence))
  return readPasses(world, isWritten ? [evidence, ...others] : others)
}

function writeEvidence(path: string, passes: readonly Pass[], from: string): void {
  const text = passes.map(pass => formatEvidence(pass, from)).join('')
  appendLines(path, text.split('\n').slice(0, -1))
}
