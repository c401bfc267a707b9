import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { overrideText } from './overrides.mjs'

/**
 * Makes a repository of policies with a long history: each commit adds a share of the overrides, every
 * third also moves a review date, and every tenth a file.
 * @param {string} folder
 * @param {{ overrides: number, commits: number }} size
 */
export function writeRepository(folder, { overrides, commits }) {
  mkdirSync(folder, { recursive: true })
  const git = (/** @type {string[]} */ args, input = '') =>
    execFileSync('git', args, { cwd: folder, input, maxBuffer: 2 ** 30 })
  git(['init', '--quiet', '--initial-branch=main'])
  const each = overrides / commits
  const lines = Array.from({ length: commits }, (_, commit) => commitLines(commit, each))
  git(['fast-import', '--quiet'], lines.join(''))
  git(['reset', '--quiet', '--hard', 'main'])
}

/**
 * @param {number} commit
 * @param {number} each
 */
function commitLines(commit, each) {
  const time = 1_700_000_000 + commit * 3600
  const subject = `Change of day ${commit} (#${commit})`
  const who = `Ann Example <ann@example.org> ${time} +0000`
  const added = Array.from({ length: each }, (_, index) => fileLines(commit * each + index))
  const older = Math.floor((commit * each) / 2)
  const moved = commit > 0 && commit % 3 === 0 ? fileLines(older, 1 + (commit % 5)) : ''
  const renamed = commit > 0 && commit % 10 === 0 ? renameLines(older - 1) : ''
  return `commit refs/heads/main
committer ${who}
data ${subject.length}
${subject}
${added.join('')}${moved}${renamed}
`
}

/**
 * @param {number} index
 * @param {number} [moved]
 */
function fileLines(index, moved = 0) {
  const text = overrideText(index, moved)
  return `M 100644 inline ${pathOf(index)}\ndata ${text.length}\n${text}\n`
}

/** @param {number} index */
function renameLines(index) {
  return `R ${pathOf(index)} policies/moved/recipient-${index}.yaml\n`
}

/** @param {number} index */
function pathOf(index) {
  return `policies/${String(Math.floor(index / 1000)).padStart(3, '0')}/recipient-${index}.yaml`
}
