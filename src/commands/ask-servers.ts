import type { Postfix } from '../io/postfix.ts'
import { askFinger, lookUpMx, runFinger } from '../io/probe.ts'
import type { Override } from '../language/override.ts'
import type { Asking, Exchanges } from '../probe/interview.ts'
import { askingsFor, controlArguments, followUps, keyOf, needsControl } from '../probe/interview.ts'
import type { Pass } from '../probe/pass.ts'
import type { Sender } from '../probe/question.ts'
import { hasMx, senderParameters } from '../probe/question.ts'
import { hostsOf } from '../probe/results.ts'
import type { Target } from '../probe/targets.ts'
import { postfixOf } from './host.ts'
import type { World } from './world.ts'

export interface AskOptions {
  /** The words of a command that runs Postfix's commands elsewhere. */
  readonly exec?: string
  readonly parallel: number
  /** Seconds between two questions to one server. */
  readonly pause: number
}

/** The mail host that asks, and how. */
export interface Asker {
  readonly world: World
  readonly postfix: Postfix
  readonly sender: Sender
  readonly options: AskOptions
}

/** Names looked up at one time: the resolver is ours, but some zones answer slowly. */
const lookups = 8

/** Seconds that posttls-finger may take in all; it has limits of its own for each step. */
const seconds = 60

/** Reads the settings of the Postfix that asks. Throws a Failure where there is none. */
export async function openAsker(world: World, options: AskOptions): Promise<Asker> {
  const postfix = postfixOf(world, options)
  const sender = await postfix.settings(senderParameters)
  return { world, postfix, sender, options }
}

/** What is asked, all but the list of ciphers to leave out, for which posttls-finger has no option. */
export function warnOfExclude(world: World, { parameters }: Pick<Override, 'parameters'>): void {
  if (parameters.exclude !== undefined)
    world.stderr.write(
      'posttls-finger cannot leave out ciphers, so "exclude" is not tried: a server that has no other cipher fails all the same\n',
    )
}

/** Asks all servers of the targets once, and says what they mean; one pass for each target, in order. */
export async function askServers(
  asker: Asker,
  targets: readonly Target[],
): Promise<readonly Pass[]> {
  const { postfix, sender, world } = asker
  const time = world.now().toISOString()
  const exchanges = await lookUpAll(targets)
  const isShared = sharedIn(exchanges)
  const first = targets.flatMap(target =>
    askingsFor(target, exchanges.get(target.destination.host), isShared, sender),
  )
  const answers = new Map(await ask(asker, first))
  const second = followUps(first, answers, sender)
  for (const [key, answer] of await ask(asker, second)) answers.set(key, answer)
  const works = !needsControl(answers.values()) || (await resolverWorks(postfix))
  const askings = groupByTarget([...first, ...second])
  return targets.map(target => ({
    destination: target.destination.text,
    policy: target.value,
    time,
    hosts: hostsOf(askings.get(target) ?? [], answers, works, sender),
  }))
}

/** Which servers are those of several domains. */
function sharedIn(exchanges: ReadonlyMap<string, Exchanges>): (mx: string) => boolean {
  const counts = new Map<string, number>()
  for (const found of exchanges.values()) {
    const hosts = 'hosts' in found ? new Set(found.hosts.map(host => host.toLowerCase())) : []
    for (const host of hosts) counts.set(host, (counts.get(host) ?? 0) + 1)
  }
  return mx => (counts.get(mx) ?? 0) > 1
}

function groupByTarget(askings: readonly Asking[]): ReadonlyMap<Target, readonly Asking[]> {
  const groups = new Map<Target, Asking[]>()
  for (const asking of askings) {
    const group = groups.get(asking.target)
    if (group) group.push(asking)
    else groups.set(asking.target, [asking])
  }
  return groups
}

async function lookUpAll(targets: readonly Target[]): Promise<ReadonlyMap<string, Exchanges>> {
  const domains = new Set(
    targets.filter(({ destination }) => hasMx(destination)).map(one => one.destination.host),
  )
  const left = [...domains]
  const found = new Map<string, Exchanges>()
  const work = async () => {
    for (let domain = left.shift(); domain !== undefined; domain = left.shift())
      found.set(domain, await lookUpMx(domain))
  }
  await Promise.all(Array.from({ length: lookups }, work))
  return found
}

async function ask({ world, postfix, options }: Asker, askings: readonly Asking[]) {
  const runs = askings.map(({ question }) => ({
    key: keyOf(question),
    server: question.mx,
    args: question.args,
  }))
  const total = new Set(runs.map(({ key }) => key)).size
  const progress = world.stderr.isTTY === true && total > 0
  let done = 0
  const tell = () => {
    done += 1
    if (progress) world.stderr.write(`\r${done} of ${total} connections`)
  }
  const pace = { parallel: Math.max(1, options.parallel), seconds, pause: options.pause * 1000 }
  const answers = await askFinger(postfix, runs, pace, tell)
  if (progress) world.stderr.write('\r\x1b[K')
  return answers
}

async function resolverWorks(postfix: Postfix): Promise<boolean> {
  const answer = await runFinger(postfix, controlArguments, seconds)
  return answer !== undefined && !needsControl([answer])
}
