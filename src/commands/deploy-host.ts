import { entriesToProve, findHostFaults } from '../install/host.ts'
import type { Finding } from '../install/host-facts.ts'
import { readServices } from '../install/master.ts'
import type { Plan } from '../install/plan.ts'
import { Failure } from '../io/failure.ts'
import { findUnreadable } from '../io/install-host.ts'
import type { HostOptions, OpenHost } from './host.ts'
import type { Source } from './proposal.ts'

/** What is wrong on the host with the table that is to be installed. */
export async function findFindings(
  options: HostOptions,
  { postfix, settings, name }: OpenHost,
  plan: Plan,
  source: Source,
): Promise<readonly Finding[]> {
  const { status, stdout, stderr } = await postfix.run('postconf', ['-M'])
  if (status !== 0) throw new Failure(`postconf -M failed: ${stderr.trim()}`)
  const services = readServices(stdout)
  const entries = entriesToProve(source.content, plan)
  const files = new Set(entries.flatMap(({ override }) => override.parameters.tafile ?? []))
  const isChrooted = services.some(({ command, isChrooted }) => command === 'smtp' && isChrooted)
  const unreadable = await findUnreadable(postfix, [...files], {
    owner: settings.mail_owner,
    root: isChrooted ? settings.queue_directory : '',
    isElsewhere: options.exec !== undefined,
  })
  return findHostFaults(
    { settings, services, unreadable },
    { table: name, entries, settings: source.settings },
  )
}
