import { randomUUID } from 'node:crypto'
import type { Stats } from 'node:fs'
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { Failure } from './failure.ts'

/**
 * Writes a file so that a reader sees the old text or the new one, whatever happens meanwhile.
 * A link stays, and the file that it leads to is replaced; owner and mode of that file are kept. A
 * new file gets `mode` less the umask. `ready` is called right before the switch, and may throw.
 * Throws a Failure where it cannot be written, and then leaves the file as it was.
 */
export function writeFileAtomically(
  path: string,
  text: string,
  mode = 0o666,
  ready: () => void = () => {},
): void {
  try {
    const old = statSync(path, { throwIfNoEntry: false })
    if (old && !old.isFile()) throw new Error('it is no regular file; name another file')
    const isThere = lstatSync(path, { throwIfNoEntry: false }) !== undefined
    const target = isThere ? realpathSync(path) : path
    mkdirSync(dirname(target), { recursive: true })
    replace(target, text, { mode, old, ready })
  } catch (error) {
    throw new Failure(`cannot write ${path}: ${(error as Error).message}`)
  }
}

interface Switch {
  readonly mode: number
  readonly old: Stats | undefined
  readonly ready: () => void
}

function replace(target: string, text: string, { mode, old, ready }: Switch): void {
  const beside = join(dirname(target), `.tlspolicy-${randomUUID()}.new`)
  try {
    writeFileSync(beside, text, { flag: 'wx', flush: true, mode: old ? 0o600 : mode })
    if (old) keepOwnerAndMode(beside, old)
    ready()
    renameSync(beside, target)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}

function keepOwnerAndMode(path: string, { uid, gid, mode }: Stats): void {
  const now = statSync(path)
  if (now.uid !== uid || now.gid !== gid) chownSync(path, uid, gid)
  chmodSync(path, mode & 0o7777)
}
