import { chmodSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Scratch } from './git-scratch.ts'
import { git, makeFolder, makeRepository, onDisk, open, override, summary } from './git-scratch.ts'

/** A program that leaves a mark in the folder that is returned. */
function makeTrap() {
  const folder = makeFolder()
  const program = join(folder, 'program')
  writeFileSync(program, `#!/bin/sh\ntouch "${folder}/ran-$$"\nexit 1\n`)
  chmodSync(program, 0o755)
  return { program, ran: () => readdirSync(folder).filter(name => name.startsWith('ran')) }
}

function makeHistory(): Scratch & { readonly base: string; readonly head: string } {
  const scratch = makeRepository()
  const text = (reviewDate: string) => `${override('a.example', reviewDate)}\n\n# the end\n`
  const base = scratch.commit('one', {
    'policies/a.yaml': text('2026-12-15'),
    'policies/ü.yaml': override('b.example'),
  })
  scratch.git('checkout', '-q', '-b', 'side')
  scratch.commit('zwei für später', { 'policies/a.yaml': text('2027-01-15') })
  scratch.git('checkout', '-q', 'main')
  const head = scratch.merge('side', 'Merge pull request #1 from side')
  return { ...scratch, base, head }
}

async function readAll(history: ReturnType<typeof makeHistory>) {
  const { folder, base, head } = history
  const repository = await open(join(folder, 'policies'))
  return {
    files: summary(await repository.filesAt(head)),
    between: await repository.changedFiles(base, head),
    onDisk: await repository.changedFiles(base, onDisk(history)),
    removed: [await repository.removedFiles(base, head), await repository.removedFiles(base, null)],
    log: await repository.log(head),
    base: await repository.reviewBase({}),
    found: await repository.resolve('main'),
  }
}

/** Every setting that names a program which reading might run. */
function setTraps(repository: Scratch, program: string) {
  const settings = {
    'core.fsmonitor': program,
    'core.hooksPath': join(program, '..'),
    'core.pager': program,
    'core.sshCommand': program,
    'core.gitProxy': program,
    'core.askPass': program,
    'core.editor': program,
    'core.alternateRefsCommand': program,
    'pager.log': program,
    'diff.external': program,
    'diff.evil.command': program,
    'diff.evil.textconv': program,
    'filter.evil.clean': program,
    'filter.evil.smudge': program,
    'filter.evil.required': 'true',
    'gpg.program': program,
    'log.showSignature': 'true',
    'trailer.see.command': program,
    'alias.log': `!${program}`,
    'alias.rev-parse': `!${program}`,
  }
  for (const [name, value] of Object.entries(settings)) repository.git('config', name, value)
  writeFileSync(join(repository.folder, '.git/info/attributes'), '* diff=evil filter=evil\n')
}

test('nothing that a repository says runs a program', async () => {
  const trap = makeTrap()
  const history = makeHistory()
  signHead(history)
  const before = await readAll({ ...history, head: history.git('rev-parse', 'HEAD') })
  setTraps(history, trap.program)
  expect(await readAll({ ...history, head: history.git('rev-parse', 'HEAD') })).toEqual(before)
  expect(trap.ran()).toEqual([])
  // The trap works: these are the same questions, asked carelessly.
  for (const args of [
    ['status'],
    ['log', '-p', '--ext-diff', '--no-show-signature'],
    ['log', '-1'],
  ])
    try {
      git(history.folder, args)
    } catch {}
  expect(trap.ran().length).toBeGreaterThan(1)
})

/** Puts a signature, which nobody ever made, on the last commit. */
function signHead({ folder, git: run }: Scratch) {
  const signature = 'gpgsig -----BEGIN PGP SIGNATURE-----\n \n abcd\n -----END PGP SIGNATURE-----'
  const text = git(folder, ['cat-file', 'commit', 'HEAD']).replace('\n\n', `\n${signature}\n\n`)
  const path = join(makeFolder(), 'commit')
  writeFileSync(path, `${text}\n`)
  run('reset', '-q', '--soft', run('hash-object', '-t', 'commit', '-w', path))
}

test('what a partial clone lacks is not fetched behind your back', async () => {
  const trap = makeTrap()
  const history = makeHistory()
  const settings = {
    'core.repositoryFormatVersion': '1',
    'extensions.partialClone': 'origin',
    'remote.origin.promisor': 'true',
    'remote.origin.url': `ext::${trap.program} %s`,
    'remote.origin.uploadPack': trap.program,
    'protocol.ext.allow': 'always',
  }
  for (const [name, value] of Object.entries(settings)) history.git('config', name, value)
  const blob = history.git('rev-parse', 'HEAD:policies/a.yaml')
  rmSync(join(history.folder, '.git/objects', blob.slice(0, 2), blob.slice(2)))
  const repository = await open(join(history.folder, 'policies'))
  const advice = 'git fetch --refetch --no-filter'
  await expect(repository.filesAt(history.head)).rejects.toThrow(advice)
  await expect(repository.changedFiles(history.base, history.head)).rejects.toThrow(advice)
  await expect(repository.log(history.head)).rejects.toThrow(advice)
  expect(trap.ran()).toEqual([])
  expect(() => git(history.folder, ['cat-file', 'blob', blob])).toThrow()
  expect(trap.ran()).not.toEqual([])
})

test('a partial clone is made whole as the message says', async () => {
  const { folder, head } = makeHistory()
  git(folder, ['config', 'uploadpack.allowFilter', 'true'])
  const clone = makeFolder()
  git(clone, ['clone', '-q', '--bare', '--filter=blob:none', `file://${folder}`, '.git'])
  git(clone, ['config', 'core.bare', 'false'])
  const repository = await open(clone)
  await expect(repository.filesAt(head)).rejects.toThrow('git fetch --refetch --no-filter')
  git(clone, ['fetch', '-q', '--refetch', '--no-filter'])
  expect(await repository.filesAt(head)).toHaveLength(2)
})

test('settings and attributes that change what Git prints change nothing', async () => {
  const history = makeHistory()
  const before = await readAll(history)
  const settings = {
    'color.ui': 'always',
    'core.quotePath': 'true',
    'core.bigFileThreshold': '1',
    'core.abbrev': '4',
    'diff.noprefix': 'true',
    'diff.mnemonicPrefix': 'true',
    'diff.orderFile': '/nowhere',
    'diff.renames': 'copies',
    'diff.relative': 'false',
    'diff.context': '0',
    'diff.interHunkContext': '9',
    'diff.suppressBlankEmpty': 'true',
    'diff.algorithm': 'patience',
    'diff.ignoreSubmodules': 'all',
    'diff.submodule': 'log',
    'diff.wsErrorHighlight': 'all',
    'diff.colorMoved': 'zebra',
    'format.pretty': 'oneline',
    'log.showRoot': 'false',
    'log.follow': 'true',
    'log.diffMerges': 'off',
    'log.decorate': 'full',
    'log.abbrevCommit': 'true',
    'log.date': 'relative',
    'notes.displayRef': '*',
    'i18n.logOutputEncoding': 'ISO-8859-1',
  }
  for (const [name, value] of Object.entries(settings)) history.git('config', name, value)
  history.git('notes', 'add', '-m', 'a note')
  writeFileSync(join(history.folder, '.git/info/attributes'), '* binary\n')
  expect(await readAll(history)).toEqual(before)
})

test('replaced commits and grafts are not believed', async () => {
  const history = makeHistory()
  const before = await readAll(history)
  history.git('replace', '-f', history.base, history.head)
  writeFileSync(join(history.folder, '.git/info/grafts'), `${history.head}\n`)
  expect(git(history.folder, ['rev-list', '--count', history.head])).toBe('1')
  expect(await readAll(history)).toEqual(before)
})

test('reading leaves the repository as it was', async () => {
  const history = makeHistory()
  const files = () => readdirSync(join(history.folder, '.git'), { recursive: true }).toSorted()
  const before = files()
  await readAll(history)
  expect(files()).toEqual(before)
  expect(existsSync(join(history.folder, '.git/index.lock'))).toBe(false)
})
