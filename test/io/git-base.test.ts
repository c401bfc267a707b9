import { join } from 'node:path'
import { expect, test } from 'vitest'
import { git, makeFolder, makeRepository, open, override, scratchAt } from './git-scratch.ts'

test('a repository without a commit has no base, and says so', async () => {
  const repository = await open(makeRepository().folder)
  await expect(repository.headCommit()).rejects.toThrow('this repository has no commit yet')
  await expect(repository.reviewBase({})).rejects.toThrow('this repository has no commit yet')
  await expect(repository.resolve('HEAD')).rejects.toThrow('this repository has no commit yet')
})

test('without a remote, main is what a branch is compared with, and on main the last commit', async () => {
  const { folder, commit, git } = makeRepository()
  const one = commit('one')
  const repository = await open(folder)
  expect(await repository.reviewBase({})).toEqual({ commit: one, name: 'HEAD' })
  git('checkout', '-q', '-b', 'topic')
  commit('two')
  expect(await repository.reviewBase({})).toEqual({ commit: one, name: 'main' })
})

test('a branch is compared with main also while main is checked out', async () => {
  const { folder, commit, git } = makeRepository()
  const one = commit('one')
  git('checkout', '-q', '-b', 'topic')
  const topic = commit('two')
  git('checkout', '-q', 'main')
  const repository = await open(folder)
  expect(await repository.reviewBase({}, topic)).toEqual({ commit: one, name: 'main' })
})

/** A clone with a branch `topic` whose base has moved on. */
function cloneBehind() {
  const upstream = makeRepository()
  const one = upstream.commit('one', { 'policies/a.yaml': override('a.example') })
  const folder = makeFolder()
  git(folder, ['clone', '-q', upstream.folder, '.'])
  const clone = scratchAt(folder)
  clone.git('checkout', '-q', '-b', 'topic')
  const topic = clone.commit('mine', { 'policies/b.yaml': override('b.example') })
  upstream.commit('two', { 'policies/c.yaml': override('c.example') })
  clone.git('fetch', '-q')
  return { upstream, clone, one, topic }
}

test('a branch that is behind is compared with where it began, and removes nothing', async () => {
  const { clone, one, topic } = cloneBehind()
  const repository = await open(join(clone.folder, 'policies'))
  expect(await repository.reviewBase({})).toEqual({ commit: one, name: 'origin/main' })
  expect(await repository.reviewBase({ GITHUB_BASE_REF: '' })).toMatchObject({
    name: 'origin/main',
  })
  const changed = await repository.changedFiles(one, topic)
  expect(changed.map(({ path, before }) => [path, before])).toEqual([['b.yaml', null]])
})

test('the base of a pull request is found by its name, and is the default branch no longer', async () => {
  const { upstream, clone, one } = cloneBehind()
  upstream.git('branch', 'release/2', one)
  clone.git('fetch', '-q')
  clone.git('tag', 'origin/release/2', 'HEAD')
  const repository = await open(clone.folder)
  expect(await repository.reviewBase({ GITHUB_BASE_REF: 'release/2' })).toEqual({
    commit: one,
    name: 'origin/release/2',
  })
  await expect(repository.reviewBase({ GITHUB_BASE_REF: 'gone' })).rejects.toThrow(
    /fetch it with: git fetch origin gone .*fetch-depth: 0/,
  )
})

test('the base can be that of another commit than HEAD', async () => {
  const { clone, one, topic } = cloneBehind()
  clone.git('checkout', '-q', 'origin/main')
  const repository = await open(clone.folder)
  expect(await repository.reviewBase({})).not.toMatchObject({ commit: one })
  expect(await repository.reviewBase({}, topic)).toMatchObject({ commit: one })
})

test('a default branch with another name is known from the remote', async () => {
  const upstream = makeRepository()
  const one = upstream.commit('one')
  upstream.git('branch', '-q', '-m', 'trunk')
  const folder = makeFolder()
  git(folder, ['clone', '-q', upstream.folder, '.'])
  expect(await (await open(folder)).reviewBase({})).toEqual({ commit: one, name: 'origin/trunk' })
  git(folder, ['symbolic-ref', '--delete', 'refs/remotes/origin/HEAD'])
  await expect((await open(folder)).reviewBase({})).rejects.toThrow(
    'git remote set-head origin --auto',
  )
})

test('commits without a common history have no base', async () => {
  const { folder, commit, git } = makeRepository()
  const one = commit('one')
  git('checkout', '-q', '--orphan', 'other')
  const two = commit('two')
  const repository = await open(folder)
  await expect(repository.mergeBase(one, two)).rejects.toThrow('have no history in common')
})

test('in a shallow clone, a base that cannot be seen is to be fetched', async () => {
  const { upstream } = cloneBehind()
  upstream.git('checkout', '-q', '-b', 'side', 'HEAD~1')
  upstream.commit('side')
  const folder = makeFolder()
  git(folder, [
    'clone',
    '-q',
    '--depth',
    '1',
    '--no-single-branch',
    `file://${upstream.folder}`,
    '.',
  ])
  const repository = await open(folder)
  expect(await repository.isShallow()).toBe(true)
  await expect(repository.reviewBase({ GITHUB_BASE_REF: 'main' })).rejects.toThrow(
    'git fetch --unshallow (in a workflow: fetch-depth: 0)',
  )
  git(folder, ['fetch', '-q', '--unshallow'])
  expect(await (await open(folder)).isShallow()).toBe(false)
})

test('where branches merged each other, one of their bases is taken, and nothing looks removed', async () => {
  const { folder, commit, git, merge } = makeRepository()
  commit('root', { 'policies/r.yaml': override('r.example') })
  git('checkout', '-q', '-b', 'side')
  const side = commit('side', { 'policies/s.yaml': override('s.example') })
  git('checkout', '-q', 'main')
  const main = commit('main', { 'policies/m.yaml': override('m.example') })
  merge(side, 'side into main')
  git('checkout', '-q', 'side')
  merge(main, 'main into side')
  const head = commit('more', { 'policies/t.yaml': override('t.example') })
  const repository = await open(join(folder, 'policies'))
  const base = await repository.mergeBase(await repository.resolve('main'), head)
  expect([side, main]).toContain(base)
  const changed = await repository.changedFiles(base, head)
  expect(changed.map(({ path }) => path)).toContain('t.yaml')
  expect(changed.filter(({ after }) => after === null)).toEqual([])
})
