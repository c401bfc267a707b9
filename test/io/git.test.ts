import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openRepository } from '../../src/io/git.ts'
import { env, git, makeFolder, makeRepository, open, override } from './git-scratch.ts'

const limits = { largestFile: 65_536, settingsPath: '_settings.yaml' }
const unknown = '0'.repeat(40)

test('a folder outside of Git has no repository', async () => {
  expect(await openRepository(makeFolder(), env, limits)).toBeUndefined()
})

test('the policies folder is named inside its repository, with or without folders above it', async () => {
  const { folder, write } = makeRepository()
  write('mail/policies/a.yaml', '')
  expect((await open(join(folder, 'mail/policies'))).folder).toBe('mail/policies')
  expect((await open(folder)).folder).toBe('')
})

test('without Git it says so', async () => {
  const { folder } = makeRepository()
  await expect(openRepository(folder, { PATH: makeFolder() }, limits)).rejects.toThrow(
    'git was not found; install it',
  )
})

test('a folder that is gone has its place, and the files of earlier commits', async () => {
  const { folder, write, commit } = makeRepository()
  write('mail/policies/a.yaml', 'text')
  write('mail/b.txt', 'text')
  const before = commit('one')
  rmSync(join(folder, 'mail/policies'), { recursive: true })
  const gone = await open(join(folder, 'mail/policies'))
  expect(gone.folder).toBe('mail/policies')
  expect((await gone.filesAt(before)).map(({ path }) => path)).toEqual(['a.yaml'])
  expect(await gone.log()).toContain('+++ b/a.yaml')
  expect(await (await open(join(folder, 'mail/other'))).filesAt(before)).toEqual([])
})

test('a bare repository, and the inside of .git, are refused', async () => {
  const { folder, commit } = makeRepository()
  commit('one', { 'policies/a.yaml': override('a.example') })
  const bare = makeFolder()
  git(bare, ['clone', '-q', '--bare', folder, 'bare.git'])
  for (const inside of [join(bare, 'bare.git'), join(folder, '.git')])
    await expect(openRepository(inside, env, limits)).rejects.toThrow('this is a bare repository')
})

test('a folder of the repository that looks like a bare repository is not believed', async () => {
  const { folder, commit } = makeRepository()
  commit('one')
  const trap = join(folder, 'policies')
  git(folder, ['init', '-q', '--bare', trap])
  await expect(openRepository(trap, env, limits)).rejects.toThrow('this is a bare repository')
})

test.skipIf(process.getuid?.() !== 0)(
  'a repository of somebody else is refused, with the command that allows it',
  async () => {
    const { folder, commit } = makeRepository()
    commit('one')
    execFileSync('chown', ['-R', '12345', folder])
    await expect(openRepository(folder, env, limits)).rejects.toThrow(
      `it belongs to another user; if you trust it, run: git config --global --add safe.directory ${folder}`,
    )
    const home = makeFolder()
    writeFileSync(join(home, '.gitconfig'), `[safe]\n\tdirectory = ${folder}\n`)
    expect((await open(folder, { HOME: home })).folder).toBe('')
    expect((await open(folder, { SUDO_UID: '12345' })).folder).toBe('')
    chownSync(folder, 0, 0)
  },
)

test('a branch, a tag, a short hash and HEAD are found', async () => {
  const { folder, commit, git } = makeRepository()
  const one = commit('one')
  const two = commit('two')
  git('tag', '-a', '-m', 'a tag', 'v1', one)
  const repository = await open(folder)
  expect(await repository.resolve('v1')).toBe(one)
  expect(await repository.resolve('HEAD~1')).toBe(one)
  expect(await repository.resolve('main')).toBe(two)
  expect(await repository.resolve(two.slice(0, 10))).toBe(two)
  expect(await repository.headCommit()).toBe(two)
})

test.each([
  '--output=written',
  '--upload-pack=written',
  '-h',
  '--all',
  '^main',
  'main..HEAD',
  'HEAD:policies',
  'no-such-branch',
  unknown,
  'a\0b',
  'a\nb',
])('%j is no commit', async ref => {
  await expectUnknown(ref)
})

test('a name that is too long for a command line is no commit', async () => {
  await expectUnknown('x'.repeat(3_000_000))
})

async function expectUnknown(ref: string) {
  const { folder, commit } = makeRepository()
  commit('one', { 'policies/a.yaml': '' })
  const before = readdirSync(folder)
  const failure = await (await open(folder)).resolve(ref).catch((error: Error) => error)
  expect(failure).toMatchObject({ message: expect.stringMatching(/^there is no commit "/) })
  expect(String(failure).length).toBeLessThan(400)
  expect(String(failure)).toMatch(/^[^\0-\x1f]+$/)
  expect(readdirSync(folder)).toEqual(before)
}

test('the message says what to write, or what to fetch', async () => {
  const { folder, commit } = makeRepository()
  commit('one')
  const repository = await open(folder)
  await expect(repository.resolve('')).rejects.toThrow('the name of a commit is empty')
  await expect(repository.resolve('origin/main')).rejects.toThrow('git fetch origin main')
  await expect(repository.resolve('origin/$(x)')).rejects.not.toThrow('git fetch origin $(x)')
})

test('a tag with the name of a branch is not taken for it', async () => {
  const { folder, commit, git } = makeRepository()
  const one = commit('one')
  const two = commit('two')
  git('tag', 'main', one)
  git('config', 'core.warnAmbiguousRefs', 'false')
  const repository = await open(folder)
  await expect(repository.resolve('main')).rejects.toThrow(
    'write "refs/heads/main" or "refs/tags/main"',
  )
  expect(await repository.resolve('refs/heads/main')).toBe(two)
  expect(await repository.resolve('refs/tags/main')).toBe(one)
})

test('a branch or a tag that is named like a hash, or HEAD, does not stand in the way', async () => {
  const { folder, commit, git } = makeRepository()
  const one = commit('one')
  const two = commit('two')
  for (const name of [one, 'HEAD'])
    for (const kind of ['heads', 'tags']) git('update-ref', `refs/${kind}/${name}`, two)
  git('update-ref', 'refs/heads/HEAD', one)
  const repository = await open(folder)
  expect(await repository.resolve(one)).toBe(one)
  expect(await repository.resolve('HEAD')).toBe(two)
  expect(await repository.resolve('HEAD~1')).toBe(one)
  expect(await repository.headCommit()).toBe(two)
})

test('only a hash that was resolved gets further', async () => {
  const { folder, commit } = makeRepository()
  const one = commit('one')
  const repository = await open(folder)
  for (const ref of ['main', '--output=written', '']) {
    await expect(repository.filesAt(ref)).rejects.toThrow('there is no commit')
    await expect(repository.mergeBase(one, ref)).rejects.toThrow('there is no commit')
    await expect(repository.changedFiles(ref, [])).rejects.toThrow('there is no commit')
    await expect(repository.log(ref)).rejects.toThrow('there is no commit')
  }
})

test('a relative folder in PATH finds no program in the repository', async () => {
  const { folder, commit, write } = makeRepository()
  commit('one')
  write('git', '#!/bin/sh\ntouch ran\n')
  chmodSync(join(folder, 'git'), 0o755)
  await open(folder, { PATH: `.::bin:${env.PATH}` })
  expect(readdirSync(folder)).not.toContain('ran')
})

test('a worktree and a submodule are repositories of their own', async () => {
  const { folder, commit, git: run } = makeRepository()
  const inner = commit('one', { 'policies/a.yaml': override('a.example') })
  const beside = makeFolder()
  run('worktree', 'add', '-q', '-b', 'other', beside)
  const tree = await open(join(beside, 'policies'))
  expect([tree.folder, await tree.headCommit()]).toEqual(['policies', inner])
  const outer = makeRepository()
  outer.git('submodule', '--quiet', 'add', folder, 'sub')
  const outside = outer.commit('with a submodule')
  const sub = await open(join(outer.folder, 'sub/policies'))
  expect([sub.folder, await sub.headCommit()]).toEqual(['policies', inner])
  expect(await (await open(outer.folder)).headCommit()).toBe(outside)
})
