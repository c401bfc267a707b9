import { constants, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { attempt } from './attempt.ts'
import type { Ownership } from './durable.ts'
import { ownershipOf, settle, syncPath, writeDurably } from './durable.ts'
import { Failure } from './failure.ts'
import { buildAside, readBack } from './install-build.ts'
import type { Place, TableFiles } from './install-files.ts'
import { filesOf, markOf, previousFilesOf, temporaryName } from './install-files.ts'
import type { Lock } from './install-lock.ts'
import type { Postfix } from './postfix.ts'

/** What is to be installed. */
export interface Installation {
  readonly text: Uint8Array
  /** What each key has to answer. */
  readonly answers: ReadonlyMap<string, string>
  /** Keys that must have no answer any more. */
  readonly gone: readonly string[]
  /** The manifest, with that by which the index is known. */
  readonly manifest: (state: 'pending' | 'done', index: string) => string
  /** The manifest of what is in force, to keep a copy of all three; null where a copy is there. */
  readonly keep: string | null
}

/**
 * Installs a table: built and read back beside the old one, then put in its place by renaming. The one
 * switch is that of the index; before it the old table answers every key, and after it the new one.
 * Throws a Failure that says what is in force.
 */
export async function installTable(
  place: Place,
  installation: Installation,
  { postfix, lock }: Tools,
): Promise<void> {
  const build = temporaryName(place)
  let isBegun = false
  try {
    mkdirSync(build, { mode: 0o700 })
    const built = await buildAside(place, build, installation, postfix)
    if (installation.keep !== null) keepPrevious(place, build, installation.keep)
    lock.assertHeld()
    isBegun = true
    await replace(place, build, built, installation, postfix)
  } catch (error) {
    const reason = attemptMessage(error)
    const state = isBegun
      ? 'run deploy again: it finds out which table is in force'
      : 'the installed table is as it was'
    throw new Failure(`${reason}; ${state}`)
  } finally {
    rmSync(build, { recursive: true, force: true })
  }
}

export interface Tools {
  readonly postfix: Postfix
  readonly lock: Lock
}

/** Replaces the manifest alone: of a table that is in force already. */
export function writeManifest(place: Place, manifest: string): void {
  const { manifest: path } = filesOf(place)
  attempt(`write ${path}`, () => {
    const beside = temporaryName(place)
    writeDurably(beside, manifest, ownershipOf(path))
    renameSync(beside, path)
    syncPath(dirname(path))
  })
}

function attemptMessage(error: unknown): string {
  try {
    return attempt('install the table', () => {
      throw error
    })
  } catch (failure) {
    return (failure as Error).message
  }
}

/** Copies of what is in force. The manifest comes last: what it does not describe is no copy. */
function keepPrevious(place: Place, build: string, manifest: string): void {
  const [now, previous] = [filesOf(place), previousFilesOf(place)]
  const copy = (from: string, to: string) => {
    if (!existsSync(from)) return rmSync(to, { force: true })
    const beside = join(build, basename(to))
    copyFileSync(from, beside, constants.COPYFILE_FICLONE)
    settle(beside, ownershipOf(from))
    renameSync(beside, to)
  }
  copy(now.index, previous.index)
  copy(now.text, previous.text)
  moveManifest(build, manifest, previous.manifest, ownershipOf(now.manifest))
}

function moveManifest(build: string, text: string, to: string, like?: Ownership): void {
  const beside = join(build, basename(to))
  writeDurably(beside, text, like)
  renameSync(beside, to)
  syncPath(dirname(to))
}

async function replace(
  place: Place,
  build: string,
  built: TableFiles,
  { answers, gone, manifest }: Installation,
  postfix: Postfix,
): Promise<void> {
  const files = filesOf(place)
  const mark = markOf(built.index) ?? ''
  const like = ownershipOf(files.manifest)
  moveManifest(build, manifest('pending', mark), files.manifest, like)
  renameSync(built.text, files.text)
  renameSync(built.index, files.index)
  syncPath(dirname(files.index))
  if (markOf(files.index) !== mark)
    throw new Failure(`${files.index} was replaced by somebody else at the same time`)
  // One key tells whether Postfix reads the table that was built, and not another of that name.
  const [one] = answers
  await readBack(postfix, place, new Map(one ? [one] : []), gone.slice(0, 1))
  moveManifest(build, manifest('done', mark), files.manifest, like)
}
