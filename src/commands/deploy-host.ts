import { findDemands, findHostFaults } from '../install/host.ts'
import type { Finding } from '../install/host-facts.ts'
import type { Service } from '../install/master.ts'
import { readServices } from '../install/master.ts'
import type { Plan } from '../install/plan.ts'
import { Failure } from '../io/failure.ts'
import { findUnreadable } from '../io/install-host.ts'
import type { HostOptions, OpenHost } from './host.ts'
import { openHost, postfixOf } from './host.ts'
import type { Source } from './proposal.ts'
import type { World } from './world.ts'

export interface DeployHost extends OpenHost {
  /** What master.cf runs. */
  readonly services: readonly Service[]
}

/** Asks Postfix for all that a deploy depends on. */
export async function openDeployHost(world: World, options: HostOptions): Promise<DeployHost> {
  const asked = postfixOf(world, options).run('postconf', ['-M'])
  const [host, { status, stdout, stderr }] = await Promise.all([openHost(world, options), asked])
  if (status !== 0) throw new Failure(`postconf -M failed: ${stderr.trim()}`)
  return { ...host, services: readServices(stdout, host.settings.compatibility_level) }
}

/** What is wrong on the host with the table that is to be installed. */
export async function findFindings(
  options: HostOptions,
  { postfix, settings, name, services }: DeployHost,
  plan: Plan,
  source: Source,
): Promise<readonly Finding[]> {
  const demands = findDemands(source.content, plan)
  const files = new Set(demands.flatMap(({ parameters }) => parameters.tafile ?? []))
  const clients = services.filter(({ command }) => command === 'smtp')
  const roots = clients.map(({ isChrooted }) => (isChrooted ? settings.queue_directory : ''))
  const unreadable = await findUnreadable(postfix, [...files], {
    owner: settings.mail_owner,
    roots: roots.length > 0 ? [...new Set(roots)] : [''],
    isElsewhere: options.exec !== undefined,
  })
  return findHostFaults(
    { settings, services, unreadable },
    { table: name, demands, settings: source.settings },
  )
}
