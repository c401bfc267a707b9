import { askHead, checkHash } from './git-base.ts'
import type { Git } from './git-run.ts'

/**
 * Each commit of the history as review/history.ts reads it: what only Git writes begins a line, and
 * what people wrote never does (message lines are indented, file lines come after +, - or a space).
 * Merges are compared with their first parent, and files are shown whole.
 */
const options = [
  '--format=commit %H %P%ntime %ct%nauthor %an%nsubject %s%n%w(0,1,1)%b%w()',
  '--encoding=UTF-8',
  '--full-history',
  '--sparse',
  '--root',
  '--diff-merges=first-parent',
  '--patch',
  '--unified=65536',
  '--inter-hunk-context=0',
  '--no-follow',
  '--no-renames',
  '--text',
  '--full-index',
  '--no-ext-diff',
  '--no-textconv',
  '--submodule=short',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '-O/dev/null',
  '--no-color',
  '--no-notes',
  '--no-decorate',
  '--no-show-signature',
] as const

/**
 * The history of a folder, named from the top of the repository, up to a commit or to HEAD; empty
 * without any. One process.
 */
export async function readLog(git: Git, folder: string, commit?: string): Promise<string> {
  const head = commit ?? (await askHead(git))
  if (head === undefined) return ''
  const relative = folder === '' ? '--no-relative' : `--relative=${folder}`
  return git.text(['log', ...options, relative, checkHash(head), '--', `:(top,literal)${folder}`])
}
