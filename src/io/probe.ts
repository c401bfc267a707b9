import { Resolver } from 'node:dns/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from './failure.ts'
import type { Postfix } from './postfix.ts'

/** How servers of other people are asked. */
export interface Pace {
  /** Questions at one time, to different servers. */
  readonly parallel: number
  /** Seconds that one question may take. */
  readonly seconds: number
  /** Milliseconds between two questions to one server; up to as much again is added by chance. */
  readonly pause: number
}

/** One run of posttls-finger; questions to one server wait for each other. */
export interface FingerRun {
  readonly key: string
  readonly server: string
  readonly args: readonly string[]
}

/**
 * Asks each question once and calls `done` after each. The answer is what posttls-finger printed;
 * undefined where it did not end in time. Throws a Failure where it cannot be started.
 */
export async function askFinger(
  postfix: Postfix,
  runs: readonly FingerRun[],
  pace: Pace,
  done: () => void,
): Promise<ReadonlyMap<string, string | undefined>> {
  const answers = new Map<string, string | undefined>()
  const unique = new Map(runs.map(run => [run.key, run]))
  const servers = new Map<string, FingerRun[]>()
  for (const run of unique.values())
    servers.set(run.server, [...(servers.get(run.server) ?? []), run])
  const queues = [...servers.values()]
  const work = async () => {
    for (let queue = queues.shift(); queue; queue = queues.shift()) {
      await sleep(pace.pause * Math.random())
      for (const [index, { key, args }] of queue.entries()) {
        if (index > 0) await sleep(pace.pause * (1 + Math.random()))
        answers.set(key, await runFinger(postfix, args, pace.seconds))
        done()
      }
    }
  }
  await Promise.all(Array.from({ length: pace.parallel }, work))
  return answers
}

/** Bytes; a server that talks without end must not keep the others from being asked. */
const longestAnswer = 4 * 1024 * 1024

/** What posttls-finger prints; undefined where it does not end in time, or within reason. */
export async function runFinger(
  postfix: Postfix,
  args: readonly string[],
  seconds: number,
): Promise<string | undefined> {
  try {
    const { stdout, stderr, status } = await postfix.run('posttls-finger', args, {
      seconds,
      bytes: longestAnswer,
    })
    if (status === 126 || status === 127)
      throw new Failure(`posttls-finger cannot be run: ${stderr.trim()}`)
    return `${stderr}${stdout}`
  } catch (error) {
    if (error instanceof Failure && error.message.includes('did not end within')) return undefined
    throw error
  }
}

/**
 * The servers of a domain by their preference, none where it has no MX record; `failed` where DNS did
 * not say, or where the domain says that it takes no mail: then Postfix's own words tell more.
 */
export async function lookUpMx(
  domain: string,
): Promise<{ readonly hosts: readonly string[] } | { readonly failed: true }> {
  try {
    const found = await new Resolver({ timeout: 5000, tries: 2 }).resolveMx(domain)
    const hosts = found.toSorted((a, b) => a.priority - b.priority).map(({ exchange }) => exchange)
    return hosts.some(host => host === '' || host === '.') ? { failed: true } : { hosts }
  } catch (error) {
    const { code } = error as { readonly code?: unknown }
    return code === 'ENODATA' || code === 'ENOTFOUND' ? { hosts: [] } : { failed: true }
  }
}
