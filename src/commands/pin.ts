import { harmless } from '../language/harmless.ts'
import { pinJson, pinText } from '../probe/forms/pin.ts'
import { readAskable, targetOf } from '../probe/targets.ts'
import { askServers, openAsker } from './ask-servers.ts'
import { openFolder, readPolicies } from './load.ts'
import type { TryOptions } from './try.ts'
import type { Status, World } from './world.ts'
import { status } from './world.ts'

/** Prints the digests of the keys and certificates that the servers of a recipient show, for `match`. */
export async function pin(world: World, host: string, options: TryOptions): Promise<Status> {
  const refuse = (why: string) => {
    world.stderr.write(`tlspolicy: ${harmless(why)}\n`)
    return status.usage
  }
  const destination = readAskable(host)
  if ('refused' in destination) return refuse(destination.refused)
  const { settings } = await readPolicies(openFolder(world, options))
  const asker = await openAsker(world, options)
  // At this policy no cipher without a certificate is offered; that no pin matches yet does not matter.
  const target = targetOf(destination, { policy: 'fingerprint', parameters: {} }, settings)
  const [pass] = await askServers(asker, [target])
  if (!pass) return refuse('there is nothing to ask')
  const { smtp_tls_fingerprint_digest: algorithm } = asker.sender
  if (algorithm !== 'sha256')
    world.stderr.write(
      `smtp_tls_fingerprint_digest is ${harmless(algorithm)} on this host, and these digests are SHA-256: set it to sha256 before you use them\n`,
    )
  world.stdout.write(options.format === 'json' ? pinJson(pass) : pinText(pass))
  const isWhole = pass.hosts.every(
    ({ mx, certificate }) =>
      certificate !== null || pass.hosts.some(host => host.mx === mx && host.certificate),
  )
  return isWhole ? status.clean : status.found
}
