import { accessSync, constants, lstatSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Postfix } from './postfix.ts'

export interface Reader {
  /** The user that Postfix's clients run as. */
  readonly owner: string
  /** The folders in which they run, '' where they see the whole file system. */
  readonly roots: readonly string[]
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
  const found = new Map<string, string>()
  for (const root of reader.roots)
    for (const file of files) {
      const fault = reader.isElsewhere
        ? await whyMissing(postfix, join(root, file))
        : whyUnreadable(root, file, user)
      if (fault !== undefined) found.set(file, faultOf(fault, root, file, reader))
    }
  return found
}

function faultOf(fault: string, root: string, file: string, { owner }: Reader): string {
  const where = root === '' ? '' : `, since master.cf runs smtp in a chroot (${root})`
  return `${join(root, file)} ${fault}, and Postfix reads it as ${owner}${where}`
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
function whyUnreadable(root: string, file: string, user: User | undefined): string | undefined {
  try {
    const { path, closed } = follow(root, file, user)
    const leads = path === join(root, file) ? '' : `leads to ${path}, which `
    if (closed) return `lies in ${path}, which is closed`
    if (!statSync(path).isFile()) return `${leads}is no file`
    if (user ? !permits(path, user, 0o4) : !isReadableHere(path)) return `${leads}is not readable`
    return holdsCertificate(path) ? undefined : `${leads}holds no certificate in PEM form`
  } catch (error) {
    const { code, path = '' } = error as NodeJS.ErrnoException
    const leads = join(root, file).startsWith(path) ? '' : `leads to ${path}, which `
    return `${leads}${code === 'ENOENT' ? 'is not there' : 'is not readable'}`
  }
}

/** As many as Linux follows. */
const mostLinks = 40

/** Where a file lies for a process of which `root` is the whole file system, or the folder that is closed to it. */
function follow(root: string, file: string, user: User | undefined) {
  const top = root || '/'
  let path = top
  let names = file.split('/')
  for (let links = 0; names.length > 0; ) {
    const [name = '', ...more] = names
    names = more
    if (name === '' || name === '.') continue
    if (user && !permits(path, user, 0o1)) return { path, closed: true }
    if (name === '..') {
      path = path === top ? top : dirname(path)
      continue
    }
    const next = join(path, name)
    if (!lstatSync(next).isSymbolicLink()) path = next
    else {
      links += 1
      if (links > mostLinks) throw Object.assign(new Error('too many links'), { path: next })
      const target = readlinkSync(next)
      names = [...target.split('/'), ...names]
      if (target.startsWith('/')) path = top
    }
  }
  return { path, closed: false }
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
