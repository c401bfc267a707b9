import { randomUUID } from 'node:crypto'
import { linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from './failure.ts'
import type { Place } from './install-files.ts'
import { attempt, removeLeftovers, temporaryName } from './install-files.ts'

/** Who deploys a table; a process is known by its number and the moment of its start. */
interface Holder {
  readonly id: string
  readonly pid: number
  readonly host: string
  readonly boot: string
  readonly started: string
  readonly user: string
  readonly since: string
}

/** The right to change a table, until it is released. */
export interface Lock {
  /** Throws a Failure where somebody else has taken it. */
  readonly assertHeld: () => void
  readonly release: () => void
}

/**
 * Takes the lock of a table, waiting up to `seconds` for another run. What a dead process left is
 * recovered or removed. Throws a Failure that names the holder.
 */
export async function takeLock(place: Place, now: Date, seconds = 10): Promise<Lock> {
  const path = `${place.path}.tlspolicy.lock`
  const own = describeOwn(now)
  for (const end = performance.now() + seconds * 1000; ; await sleep(50)) {
    if (attempt(`take the lock ${path}`, () => createWhole(place, path, own))) break
    const holder = readHolder(path)
    if (holder && isDead(holder)) recover(place, path, holder, own)
    else if (performance.now() >= end) throw heldBy(path, holder)
  }
  removeLeftovers(place)
  removeClaims(path)
  const isHeld = () => readHolder(path)?.id === own.id
  return {
    assertHeld: () => {
      if (!isHeld()) throw new Failure(`the lock ${path} was taken away; nothing was installed`)
    },
    release: () => {
      if (isHeld()) rmSync(path, { force: true })
    },
  }
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

function describeOwn(now: Date): Holder {
  const { pid } = process
  return {
    id: randomUUID(),
    pid,
    host: hostname(),
    boot: bootId(),
    started: startOf(pid) ?? '',
    user: ownName(),
    since: now.toISOString(),
  }
}

/** A link appears with its whole content or not at all, and never replaces a file. */
function createWhole(place: Place, path: string, holder: Holder): boolean {
  const beside = temporaryName(place)
  try {
    writeFileSync(beside, JSON.stringify(holder), { flag: 'wx', mode: 0o644 })
    return linkIfFree(beside, path)
  } finally {
    rmSync(beside, { force: true })
  }
}

function linkIfFree(beside: string, path: string): boolean {
  try {
    linkSync(beside, path)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // The holder may take the file beside for something that was left.
    if (code === 'EEXIST' || code === 'ENOENT') return false
    throw error
  }
}

/**
 * Removes the lock of a dead process. Only who makes the claim, of which the name is the holder's own,
 * may do so, and looks once more: the lock cannot change meanwhile, since nobody else has that claim.
 * A claim is a lock of its own kind: one of a dead process is recovered in the same way.
 */
function recover(place: Place, path: string, dead: Holder, own: Holder): void {
  const claim = `${path}.${dead.id}`
  const isMade = attempt(`remove the lock ${path} of a dead process`, () =>
    createWhole(place, claim, own),
  )
  if (!isMade) {
    const claimer = readHolder(claim)
    if (claimer && isDead(claimer)) recover(place, claim, claimer, own)
    return
  }
  if (readHolder(path)?.id === dead.id) rmSync(path, { force: true })
  rmSync(claim, { force: true })
}

/** Claims of runs that died: of a lock that is gone, and that nobody removes again. */
function removeClaims(path: string): void {
  const prefix = `${basename(path)}.`
  for (const name of readdirSync(dirname(path)))
    if (
      name.startsWith(prefix) &&
      /^[\da-f-]{36}(?:\.[\da-f-]{36})*$/.test(name.slice(prefix.length))
    )
      rmSync(join(dirname(path), name), { force: true })
}

function readHolder(path: string): Holder | undefined {
  try {
    const { id, ...holder } = JSON.parse(readFileSync(path, 'utf8')) as Holder
    return /^[\da-f-]{36}$/.test(id) ? { id, ...holder } : undefined
  } catch {
    return undefined
  }
}

function isDead({ pid, host, boot, started }: Holder): boolean {
  if (host !== hostname()) return false
  if (boot !== bootId()) return true
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

function heldBy(path: string, holder: Holder | undefined): Failure {
  if (!holder)
    return new Failure(`${path} is there and cannot be read; if no deploy runs, remove it`)
  const { pid, host, user, since } = holder
  const where = host === hostname() ? '' : ` on ${host}`
  return new Failure(
    `another deploy holds the table: process ${pid}${where} by ${user} since ${since}; wait for it to end${where && `, or remove ${path} if it is dead`}`,
  )
}
