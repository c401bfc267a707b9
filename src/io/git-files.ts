import { createHash } from 'node:crypto'
import type { Refusal, SourceFile } from '../language/source.ts'
import { Failure } from './failure.ts'
import type { ReadLimits } from './files.ts'
import type { Git } from './git-run.ts'
import type { EntryKind } from './policy-names.ts'
import { judgeName } from './policy-names.ts'

/** A file of a commit, with the hash of its content; nothing of it is read yet. */
export type Listed =
  | { readonly path: string; readonly hash: string }
  | { readonly path: string; readonly refused: Refusal }

/**
 * The policy files of a commit, by the rules that hold for a folder on disk. The folder is named
 * from the top of the repository.
 */
export async function listFiles(
  git: Git,
  folder: string,
  commit: string,
  limits: ReadLimits,
): Promise<ReadonlyMap<string, Listed>> {
  const below = folder === '' ? '' : `${folder}/`
  const args = ['-r', '-l', '-z', '--full-tree', commit, '--', `:(top,literal)${below}`]
  const lines = (await git.text(['ls-tree', ...args])).split('\0')
  const listed = new Map<string, Listed>()
  for (const line of lines) {
    if (line === '') continue
    const found = /^(\d+) \w+ ([\da-f]+) +(\d+|-)\t(.*)$/s.exec(line)
    // The size of an object that the clone lacks is "BAD".
    if (!found) throw missing()
    const [, mode = '', hash = '', size = '', whole = ''] = found
    const path = whole.slice(below.length)
    const judged = judgePath(path, kindOf(mode), limits.settingsPath)
    if (judged === 'skip') continue
    if (judged !== 'read') listed.set(judged.path, judged)
    else if (Number(size) > limits.largestFile) listed.set(path, { path, refused: 'too-large' })
    else listed.set(path, { path, hash })
  }
  return listed
}

function kindOf(mode: string): EntryKind {
  if (mode === '120000') return 'symbolic-link'
  return mode === '160000' ? 'submodule' : 'file'
}

/** A commit names files alone, so that each folder above one is judged with it. */
export function judgePath(path: string, kind: EntryKind, settingsPath: string) {
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
    const folder = path.slice(0, end)
    const judged = judgeName(folder, 'folder', settingsPath)
    if (judged === 'skip') return judged
    if (judged !== 'read') return { path: folder, refused: judged }
  }
  const judged = judgeName(path, kind, settingsPath)
  return judged === 'skip' || judged === 'read' ? judged : { path, refused: judged }
}

/** The content of each hash; one process, whatever their number. */
export async function readBlobs(
  git: Git,
  hashes: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const blobs = new Map<string, Uint8Array>()
  if (hashes.size === 0) return blobs
  const input = [...hashes, ''].join('\n')
  const output = await git.catFile(['--batch', '--buffer'], input)
  let at = 0
  while (at < output.length) {
    const end = output.indexOf(0x0a, at)
    const [hash = '', type, size] = output.toString('latin1', at, end).split(' ')
    if (type !== 'blob') throw missing()
    const start = end + 1
    at = start + Number(size) + 1
    blobs.set(hash, output.subarray(start, at - 1))
  }
  if (blobs.size < hashes.size) throw missing()
  return blobs
}

function missing(): Failure {
  return new Failure(
    'this clone lacks files of the commit; a partial clone gets them with: git fetch --refetch --no-filter',
  )
}

/** The listed files with their content. */
export async function readFiles(
  git: Git,
  listed: readonly Listed[],
): Promise<readonly SourceFile[]> {
  const hashes = listed.flatMap(file => ('hash' in file ? [file.hash] : []))
  const blobs = await readBlobs(git, new Set(hashes))
  return listed.map(file => withContent(file, blobs))
}

export function withContent(file: Listed, blobs: ReadonlyMap<string, Uint8Array>): SourceFile {
  if ('refused' in file) return file
  const bytes = blobs.get(file.hash)
  if (!bytes) throw missing()
  return { path: file.path, bytes }
}

/** The name that Git would give to the content: SHA-1 or SHA-256, as long as the other hash. */
export function hashOf(bytes: Uint8Array, like: string): string {
  const hash = createHash(like.length === 40 ? 'sha1' : 'sha256')
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}

/** The same text with LF: a checkout may have written CRLF (core.autocrlf, eol=crlf). */
export function withLineFeeds(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(0x0d)) return bytes
  return bytes.filter((byte, index) => byte !== 0x0d || bytes[index + 1] !== 0x0a)
}
