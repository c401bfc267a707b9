import { join } from 'node:path'
import { expect, test } from 'vitest'
import { followHistory } from '../../src/commands/history.ts'
import type { Scratch } from '../io/git-scratch.ts'
import { makeRepository, open, override } from '../io/git-scratch.ts'

/** What is known of a file and of its destination, in short. */
async function pastIn({ folder }: Scratch, at: string, file: string, key: string) {
  const history = await followHistory(await open(join(folder, at)))
  const found = history?.overrides.get(file)
  const by = (origin: { day: string; author: string; pullRequest?: string } | undefined) =>
    origin && [origin.day, origin.author, ...(origin.pullRequest ? [origin.pullRequest] : [])]
  return {
    written: by(found?.written)?.join(' '),
    changed: by(found?.changed)?.join(' '),
    extensions: found?.extensions,
    spans: history?.destinations
      .get(key)
      ?.map(({ path, from, until }) => `${path} ${from.day} ${until?.day ?? 'now'}`),
  }
}

/** Two overrides, one of them extended, and a third that came and went; then the folder moves. */
function startIn(folder: string): Scratch {
  const scratch = makeRepository()
  const at = (name: string) => join(folder, name)
  scratch.commit('Start', { 'README.md': 'hello' }, { day: '2026-01-01' })
  const files = {
    [at('a.yaml')]: override('a.example', '2026-02-01'),
    [at('sub/b.yaml')]: override('b.example'),
  }
  scratch.commit('Add (#1)', files, { day: '2026-01-02' })
  scratch.commit('Old', { [at('old.yaml')]: override('old.example') }, { day: '2026-01-03' })
  scratch.commit('Remove', { [at('old.yaml')]: null }, { day: '2026-01-04' })
  const extended = { [at('a.yaml')]: override('a.example', '2026-03-01') }
  scratch.commit('Extend (#2)', extended, { day: '2026-01-05', author: 'Bob' })
  return scratch
}

const extended = {
  written: '2026-01-02 Alice #1',
  changed: '2026-01-05 Bob #2',
  extensions: 1,
  spans: ['a.yaml 2026-01-02 now'],
}

test.each([
  ['policies', 'mail/policies'],
  ['mail/policies', 'policies'],
  ['policies', 'Policies'],
  ['', 'policies'],
  ['policies', ''],
  ['a-*[b]', ':(top)c'],
])('history follows the folder from "%s" to "%s"', async (from, to) => {
  const scratch = startIn(from)
  const files = ['a.yaml', 'sub/b.yaml']
  const moves = {
    ...Object.fromEntries(files.map(name => [join(from, name), null])),
    [join(to, 'a.yaml')]: override('a.example', '2026-03-01'),
    [join(to, 'sub/b.yaml')]: override('b.example'),
  }
  scratch.commit('Move', moves, { day: '2026-01-20', author: 'Mover' })
  // From the top of the repository, the old folder was always inside.
  const inside = to === '' ? from : ''
  expect(await pastIn(scratch, to, 'a.yaml', 'a.example')).toEqual({
    ...extended,
    spans: [`${join(inside, 'a.yaml')} 2026-01-02 now`],
  })
  expect((await pastIn(scratch, to, 'sub/b.yaml', 'b.example')).written).toBe('2026-01-02 Alice #1')
  expect((await pastIn(scratch, to, '-', 'old.example')).spans).toEqual([
    `${join(inside, 'old.yaml')} 2026-01-03 2026-01-04`,
  ])
})

test('what else the move did to files counts for the one who moved', async () => {
  const scratch = startIn('policies')
  const moves = {
    policies: null,
    'mail/a.yaml': override('a.example', '2026-05-01'),
    'mail/renamed.yaml': override('old.example'),
    'mail/c.yaml': override('c.example'),
  }
  scratch.commit('Move', moves, { day: '2026-01-20', author: 'Mover' })
  expect(await pastIn(scratch, 'mail', 'a.yaml', 'a.example')).toEqual({
    ...extended,
    changed: '2026-01-20 Mover',
    extensions: 2,
  })
  expect((await pastIn(scratch, 'mail', '-', 'b.example')).spans).toEqual([
    'sub/b.yaml 2026-01-02 2026-01-20',
  ])
  expect((await pastIn(scratch, 'mail', 'c.yaml', 'c.example')).written).toBe('2026-01-20 Mover')
})

test('a folder that moved away and back was never gone', async () => {
  const scratch = startIn('policies')
  const a = override('a.example', '2026-03-01')
  const by = { day: '2026-01-20', author: 'Mover' }
  scratch.commit('Away', { policies: null, 'mail/policies/a.yaml': a }, by)
  scratch.commit('Back', { mail: null, 'policies/a.yaml': a }, by)
  expect(await pastIn(scratch, 'policies', 'a.yaml', 'a.example')).toEqual(extended)
})

test('a branch that is older than the move keeps its author when it is merged', async () => {
  const scratch = startIn('policies')
  scratch.git('branch', 'older')
  const moves = { policies: null, 'mail/a.yaml': override('a.example', '2026-03-01') }
  scratch.commit('Move (#3)', moves, { day: '2026-01-20', author: 'Mover' })
  scratch.git('checkout', '-q', 'older')
  const change = { 'policies/a.yaml': override('a.example', '2026-04-01') }
  scratch.commit('Extend again', change, { day: '2026-01-21', author: 'Dora' })
  scratch.git('checkout', '-q', 'main')
  scratch.merge('older', 'Merge pull request #4 from dora', { day: '2026-01-22' })
  expect(await pastIn(scratch, 'mail', 'a.yaml', 'a.example')).toEqual({
    ...extended,
    changed: '2026-01-22 Dora #4',
    extensions: 2,
  })
})

test('a move that a pull request merges is followed', async () => {
  const scratch = startIn('policies')
  scratch.git('checkout', '-q', '-b', 'move')
  scratch.git('mv', 'policies', 'mail')
  scratch.commit('Move', {}, { day: '2026-01-20', author: 'Mover' })
  scratch.git('checkout', '-q', 'main')
  scratch.commit('Beside', { 'README.md': 'more' }, { day: '2026-01-21' })
  scratch.merge('move', 'Merge pull request #9 from move', { day: '2026-01-22' })
  expect(await pastIn(scratch, 'mail', 'a.yaml', 'a.example')).toEqual(extended)
})

test('what a branch changed before it moved the folder is by the one who changed it', async () => {
  const scratch = startIn('policies')
  scratch.git('checkout', '-q', '-b', 'move')
  const change = { 'policies/a.yaml': override('a.example', '2026-04-01') }
  scratch.commit('Extend again', change, { day: '2026-01-19', author: 'Dora' })
  scratch.git('mv', 'policies', 'mail')
  scratch.commit('Move', {}, { day: '2026-01-20', author: 'Mover' })
  scratch.git('checkout', '-q', 'main')
  scratch.merge('move', 'Merge pull request #9 from move', { day: '2026-01-22' })
  expect(await pastIn(scratch, 'mail', 'a.yaml', 'a.example')).toEqual({
    ...extended,
    changed: '2026-01-22 Dora #9',
    extensions: 2,
  })
})

test('files that come while others go, or are copied, are new', async () => {
  const scratch = startIn('policies')
  const others = { 'policies/a.yaml': null, 'mail/n.yaml': override('a.example') }
  scratch.commit('Another', others, { day: '2026-01-20', author: 'Mover' })
  expect((await pastIn(scratch, 'mail', 'n.yaml', 'a.example')).written).toBe('2026-01-20 Mover')
  scratch.commit('Copy', { 'copy/sub/b.yaml': override('b.example') }, { day: '2026-01-21' })
  expect((await pastIn(scratch, 'copy', 'sub/b.yaml', 'b.example')).written).toBe(
    '2026-01-21 Alice',
  )
  const notes = { 'docs/x.yaml': 'a note', 'new/y.yaml': override('y.example') }
  scratch.commit('Note', notes, { day: '2026-01-22' })
  const swap = { 'docs/x.yaml': null, 'third/x.yaml': override('x.example') }
  scratch.commit('Swap', swap, { day: '2026-01-23' })
  expect((await pastIn(scratch, 'third', 'x.yaml', 'x.example')).written).toBe('2026-01-23 Alice')
})

test('a file that leaves a folder with others takes no other history with it', async () => {
  const scratch = startIn('staging')
  const promoted = {
    'staging/a.yaml': null,
    'production/a.yaml': override('a.example', '2026-03-01'),
  }
  scratch.commit('Promote', promoted, { day: '2026-01-20', author: 'Mover' })
  expect(await pastIn(scratch, 'production', 'a.yaml', 'a.example')).toEqual({
    written: '2026-01-20 Mover',
    changed: '2026-01-20 Mover',
    extensions: 0,
    spans: ['a.yaml 2026-01-20 now'],
  })
  expect((await pastIn(scratch, 'production', '-', 'b.example')).spans).toBeUndefined()
})

test('settings that stay behind, and other YAML at the top, do not hide a move', async () => {
  const scratch = startIn('policies')
  scratch.commit('Settings', { 'policies/_settings.yaml': 'review: {}\n' }, { day: '2026-01-19' })
  const moves = {
    'policies/a.yaml': null,
    'policies/sub': null,
    'mail/a.yaml': override('a.example', '2026-03-01'),
  }
  scratch.commit('Move', moves, { day: '2026-01-20', author: 'Mover' })
  expect(await pastIn(scratch, 'mail', 'a.yaml', 'a.example')).toEqual(extended)
  const top = startIn('')
  top.commit('Beside', { 'compose.yaml': 'services: {}\n' }, { day: '2026-01-19' })
  const down = { 'a.yaml': null, sub: null, 'policies/a.yaml': override('a.example', '2026-03-01') }
  top.commit('Move', down, { day: '2026-01-20', author: 'Mover' })
  expect(await pastIn(top, 'policies', 'a.yaml', 'a.example')).toEqual(extended)
})

test('a folder that was empty for a time remembers where it came from', async () => {
  const scratch = startIn('old')
  const a = override('a.example', '2026-03-01')
  scratch.commit('Move', { old: null, 'policies/a.yaml': a }, { day: '2026-01-20' })
  scratch.commit('Retire', { policies: null }, { day: '2026-02-01' })
  scratch.commit('Start again', { 'policies/n.yaml': override('n.example') }, { day: '2026-03-01' })
  expect((await pastIn(scratch, 'policies', '-', 'a.example')).spans).toEqual([
    'a.yaml 2026-01-02 2026-02-01',
  ])
  expect((await pastIn(scratch, 'policies', 'n.yaml', 'n.example')).written).toBe(
    '2026-03-01 Alice',
  )
})
