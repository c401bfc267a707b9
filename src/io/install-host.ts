import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Postfix } from './postfix.ts'

export interface Reader {
  /** The user that Postfix's clients run as. */
  readonly owner: string
  /** The folder in which they run, '' where they see the whole file system. */
  readonly root: string
  /** Whether Postfix runs elsewhere, so that its files cannot be looked at from here. */
  readonly isElsewhere: boolean
}

/** Why Postfix's clients cannot read files of certificates, by file; those that they can are left out. */
export async function findUnreadable(
  postfix: Postfix,
  files: readonly string[],
  reader: Reader,
): Promise<ReadonlyMap<string, string>> {
  if (files.length === 0) return new Map()
  const user = reader.isElsewhere ? undefined : await findUser(postfix, reader.owner)
  const found = await Promise.all(
    files.map(async file => {
      const path = join(reader.root, file)
      const fault = reader.isElsewhere ? await whyMissing(postfix, path) : whyUnreadable(path, user)
      return fault === undefined ? [] : [[file, faultOf(fault, path, reader)] as const]
    }),
  )
  return new Map(found.flat())
}

function faultOf(fault: string, path: string, { root, owner }: Reader): string {
  const where = root === '' ? '' : `, since master.cf runs smtp in a chroot (${root})`
  return `${path} ${fault}, and Postfix reads it as ${owner}${where}`
}

interface User {
  readonly uid: number
  readonly gid: number
}

async function findUser(postfix: Postfix, name: string): Promise<User | undefined> {
  const [uid, gid] = await Promise.all([
    postfix.run('id', ['-u', '--', name]),
    postfix.run('id', ['-g', '--', name]),
  ])
  if (uid.status !== 0 || gid.status !== 0) return undefined
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

async function whyMissing(postfix: Postfix, path: string): Promise<string | undefined> {
  const { status } = await postfix.run('test', ['-r', path])
  return status === 0 ? undefined : 'is not there'
}

/** A client gives its groups up but one, so that mode bits tell all; an ACL may still permit more. */
function whyUnreadable(path: string, user: User | undefined): string | undefined {
  try {
    if (!statSync(path).isFile()) return 'is no file'
    for (let at = dirname(path), inner = path; inner !== at; inner = at, at = dirname(at))
      if (user && !permits(at, user, 0o1)) return `lies in ${at}, which is closed`
    if (user ? !permits(path, user, 0o4) : !isReadableHere(path)) return 'is not readable'
    return holdsCertificate(path) ? undefined : 'holds no certificate in PEM form'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'is not there' : 'is not readable'
  }
}

function permits(path: string, { uid, gid }: User, bit: number): boolean {
  const stats = statSync(path)
  const shift = stats.uid === uid ? 6 : stats.gid === gid ? 3 : 0
  return uid === 0 || ((stats.mode >> shift) & bit) !== 0
}

function isReadableHere(path: string): boolean {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch {
    return false
  }
}

function holdsCertificate(path: string): boolean {
  return /^-----BEGIN (?:(?:X509 |TRUSTED )?CERTIFICATE|PUBLIC KEY)-----/m.test(
    readFileSync(path, 'latin1'),
  )
}
