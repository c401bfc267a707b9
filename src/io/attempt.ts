import { Failure } from './failure.ts'

/** Does what a message says; a fault of the system becomes a Failure. */
export function attempt<T>(what: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    if (error instanceof Failure) throw error
    throw new Failure(`cannot ${what}: ${explain(error as NodeJS.ErrnoException)}`)
  }
}

const advice: Readonly<Record<string, string>> = {
  EACCES: 'the user who runs this may not do that; run it as the owner of the file, or as root',
  EPERM: 'the user who runs this may not do that; run it as the owner of the file, or as root',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device; make room and run this again',
  EDQUOT: 'the disk quota is used up; make room and run this again',
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder; name a file',
}

function explain({ code = '', message }: NodeJS.ErrnoException): string {
  return Object.hasOwn(advice, code) ? `${advice[code]} (${code})` : message
}
