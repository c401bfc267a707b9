import type { Stats } from 'node:fs'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Failure } from './failure.ts'

/**
 * Writes a file so that a reader sees the old text or the new one, whatever happens meanwhile.
 * Owner and mode of a file that is there are kept; a new one gets `mode` less the umask. Throws a Failure where it cannot be written.
 */
export function writeFileAtomically(path: string, text: string, mode = 0o666): void {
  const old = statSync(path, { throwIfNoEntry: false })
  if (old && !old.isFile())
    throw new Failure(`${path} is no regular file, and is left as it is; name another file`)
  const target = old ? realpathSync(path) : path
  const beside = join(dirname(target), `.${basename(target)}.${process.pid}.new`)
  try {
    mkdirSync(dirname(target), { recursive: true })
    rmSync(beside, { force: true })
    writeFileSync(beside, text, { flag: 'wx', flush: true, mode })
    if (old) keepOwnerAndMode(beside, old)
    renameSync(beside, target)
  } catch (error) {
    rmSync(beside, { force: true })
    throw new Failure(`cannot write ${path}: ${(error as Error).message}`)
  }
}

function keepOwnerAndMode(path: string, { uid, gid, mode }: Stats): void {
  const now = statSync(path)
  if (now.uid !== uid || now.gid !== gid) chownSync(path, uid, gid)
  chmodSync(path, mode & 0o7777)
}
