import { linkSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { attempt } from './attempt.ts'
import { Failure } from './failure.ts'
import type { Place } from './install-files.ts'
import { removeLeftovers, temporaryName } from './install-files.ts'
import type { Holder } from './lock-holder.ts'
import { describeOwn, isDead, ownSpace, readHolder } from './lock-holder.ts'

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

function heldBy(path: string, holder: Holder | undefined): Failure {
  if (!holder)
    return new Failure(`${path} is there and cannot be read; if no deploy runs, remove it`)
  const { pid, host, space, user, since } = holder
  const where =
    host !== hostname() ? ` on ${host}` : space === ownSpace() ? '' : ' in another container'
  return new Failure(
    `another deploy holds the table: process ${pid}${where} by ${user} since ${since}; wait for it to end${where && `, or remove ${path} if it is dead`}`,
  )
}
