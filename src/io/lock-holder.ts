import { randomUUID } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { attempt } from './attempt.ts'

/** Who deploys a table; a process is known by its number and the moment of its start. */
export interface Holder {
  readonly id: string
  readonly pid: number
  readonly host: string
  readonly boot: string
  /** The namespace in which the number holds: each container has its own. */
  readonly space: string
  readonly started: string
  readonly user: string
  readonly since: string
}

/** The name of the user who runs this, and of the one who called sudo. */
export function userName({ SUDO_USER }: { readonly SUDO_USER?: string | undefined }): string {
  const name = attempt('find out who runs this', ownName)
  return SUDO_USER && SUDO_USER !== name ? `${SUDO_USER} as ${name}` : name
}

function ownName(): string {
  try {
    return userInfo().username
  } catch {
    // In a container the number may have no name.
    return `uid ${process.getuid?.() ?? 'unknown'}`
  }
}

/** This process. */
export function describeOwn(now: Date): Holder {
  const { pid } = process
  return {
    id: randomUUID(),
    pid,
    host: hostname(),
    boot: bootId(),
    space: ownSpace(),
    started: startOf(pid) ?? '',
    user: ownName(),
    since: now.toISOString(),
  }
}

/** Who holds a lock or a claim; undefined where there is none, or nobody can tell. */
export function readHolder(path: string): Holder | undefined {
  try {
    const { id, ...holder } = JSON.parse(readFileSync(path, 'utf8')) as Holder
    return /^[\da-f-]{36}$/.test(id) ? { id, ...holder } : undefined
  } catch {
    return undefined
  }
}

/** Whether it is certain that the process has ended. */
export function isDead({ pid, host, boot, space, started }: Holder): boolean {
  if (host !== hostname()) return false
  if (boot !== bootId()) return true
  // A container may have the name of its host, and nobody sees its processes from outside.
  if (space !== ownSpace()) return false
  if (!isAlive(pid)) return true
  const start = startOf(pid)
  return start !== undefined && started !== '' && start !== started
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The PID namespace of this process. */
export function ownSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return ''
  }
}

function bootId(): string {
  return readText('/proc/sys/kernel/random/boot_id')?.trim() ?? ''
}

/** When a process began, in ticks since boot (proc(5), field 22 of stat). */
function startOf(pid: number): string | undefined {
  const stat = readText(`/proc/${pid}/stat`)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
