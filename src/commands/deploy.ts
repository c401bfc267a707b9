import { readContent } from '../install/content.ts'
import type { Permissions, Situation } from '../install/guards.ts'
import { findObjections } from '../install/guards.ts'
import type { Installed } from '../install/installed.ts'
import { judgeInstalled } from '../install/installed.ts'
import { readManifest } from '../install/manifest.ts'
import { makePlan } from '../install/plan.ts'
import { formatPlan } from '../install/plan-text.ts'
import { settingsOfHost } from '../install/settings.ts'
import { Failure } from '../io/failure.ts'
import type { FoundFiles } from '../io/install-files.ts'
import { readFiles } from '../io/install-files.ts'
import { findWrongAnswer } from '../io/install-index.ts'
import { takeLock } from '../io/install-lock.ts'
import { harmless } from '../language/harmless.ts'
import { wrap } from '../language/wrap.ts'
import { counted } from '../review/forms/words.ts'
import type { DeployHost } from './deploy-host.ts'
import { findFindings, openDeployHost } from './deploy-host.ts'
import type { Deployment } from './deploy-install.ts'
import { install, noteInForce } from './deploy-install.ts'
import type { HostOptions, OpenHost } from './host.ts'
import type { Source } from './proposal.ts'
import { proposePolicies, proposeTable } from './proposal.ts'
import { paintOn } from './show-report.ts'
import type { Status, World } from './world.ts'
import { status } from './world.ts'

export interface DeployOptions extends HostOptions, Permissions {
  readonly dryRun?: boolean
  readonly rollback?: boolean
  /** Deliver the deferred mail for what changed. */
  readonly flush?: boolean
}

/** Installs the table of the policies on this host, unless a guard objects. */
export async function deploy(world: World, options: DeployOptions): Promise<Status> {
  if (options.table !== undefined && options.rollback) {
    world.stderr.write('tlspolicy: take --table or --rollback, not both\n')
    return status.usage
  }
  const [host, source] = await Promise.all([
    openDeployHost(world, options),
    propose(world, options),
  ])
  if (source === 'refused') {
    world.stderr.write('nothing is installed while there is an error\n')
    return status.found
  }
  if (options.dryRun) return decide(world, options, host, source)
  const lock = await takeLock(host.place, world.now())
  try {
    return await decide(world, options, host, source, lock)
  } finally {
    lock.release()
  }
}

async function propose(world: World, options: DeployOptions) {
  if (options.rollback) return 'previous' as const
  if (options.table !== undefined) return proposeTable(world, options.table)
  return (await proposePolicies(world, options)) ?? ('refused' as const)
}

/** Without a lock nothing is changed: that is a dry run. */
async function decide(
  world: World,
  options: DeployOptions,
  host: DeployHost,
  proposed: Source | 'previous',
  lock?: Deployment['lock'],
): Promise<Status> {
  const found = readFiles(host.place)
  const installed = judgeInstalled(found)
  const source = proposed === 'previous' ? proposePrevious(host, found) : proposed
  const situation = await assess(options, host, installed, source)
  const objections = findObjections(situation, options)
  const isSame = await isInForce(host, installed, source)
  world.stdout.write(introduction(world, options, situation, isSame))
  const wrong = isSame ? objections.slice(0, options.expect === undefined ? 0 : 1) : objections
  if (wrong.length > 0) {
    const lines = wrong.flatMap(message => wrap('refused: ', message))
    world.stderr.write(`${lines.join('\n')}\n`)
    return status.found
  }
  const deployment = { world, options, host, situation, source, found }
  if (!lock) world.stdout.write(isSame ? '' : 'dry run: nothing was changed\n')
  else if (isSame) noteInForce({ ...deployment, lock })
  else await install({ ...deployment, lock })
  return status.clean
}

/** What was in force before the last deploy. Throws a Failure where there is no whole copy of it. */
function proposePrevious({ place }: OpenHost, found: FoundFiles): Source {
  const earlier = readManifest(found.previousManifest)
  const content = found.previousText && readContent(found.previousText)
  if (earlier && content?.hash === earlier.text)
    return { content, commit: earlier.commit, state: 'previous', policies: earlier.policies }
  throw new Failure(
    `there is no previous table to put back: ${place.path}.previous is not what its manifest tells of, or is not there`,
  )
}

async function assess(
  options: DeployOptions,
  host: DeployHost,
  installed: Installed,
  source: Source,
): Promise<Situation> {
  const { content, commit, repository, settings } = source
  const plan = makePlan(installed.content, content, settings ?? settingsOfHost(host.settings))
  const earlier = installed.manifest?.commit
  const descent =
    earlier && commit && repository ? await repository.descent(commit, earlier) : 'later'
  const findings = await findFindings(options, host, plan, source)
  return { table: host.place.path, installed, proposal: source, plan, descent, findings }
}

/** Whether the very same text is installed, and its index answers so. */
async function isInForce(
  { postfix, place }: OpenHost,
  installed: Installed,
  { content }: Source,
): Promise<boolean> {
  if (!installed.isFresh || installed.content?.hash !== content.hash) return false
  return (await findWrongAnswer(postfix, place, content.entries)) === undefined
}

function introduction(
  world: World,
  options: DeployOptions,
  { plan, findings, installed, proposal: { content }, table }: Situation,
  isSame: boolean,
): string {
  const { interrupted } = installed
  const notes = [
    ...(interrupted
      ? wrap(
          'notice: ',
          `the deploy by ${harmless(interrupted.user)} of ${interrupted.time} was interrupted; this one carries on from the table that is in force`,
        )
      : []),
    ...findings.flatMap(({ severity, message }) => wrap(`${severity}: `, message)),
  ]
  const told = notes.map(line => `${line}\n`).join('')
  const size = `${counted(content.count, 'entry', 'entries')}, digest sha256:${content.digest}`
  if (isSame && interrupted) return `${told}ended: ${table} is installed (${size})\n`
  if (isSame) return `${told}nothing to do: ${table} is installed already (${size})\n`
  // Only what the index answers may be another than the text says, and nobody knows what.
  if (installed.content?.hash === content.hash)
    return `the text of ${table} is the same; its index is made anew\n${told && `\n${told}`}\n`
  return `${formatPlan(plan, paintOn(world, world.stdout, options))}${told && `\n${told}`}\n`
}
