import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { History } from '../../src/review/history.ts'
import { readHistory } from '../../src/review/history.ts'
import type { Scratch } from '../io/git-scratch.ts'
import { git, makeFolder, makeRepository, open, override } from '../io/git-scratch.ts'

async function historyOf({ folder }: Scratch, commit = 'HEAD'): Promise<History> {
  const repository = await open(join(folder, 'policies'))
  return readHistory((await repository.log(await repository.resolve(commit))) ?? 'shallow')
}

/** An origin in short: day, author, pull request, reviewers. */
function said(origin: NonNullable<ReturnType<History['overrides']['get']>>['written'] | undefined) {
  if (!origin) return undefined
  const { day, author, pullRequest, reviewers } = origin
  return [day, author, pullRequest ?? '-', ...reviewers].join(' ')
}

function spansOf(history: History, key: string) {
  const spans = history.destinations.get(key) ?? []
  return spans.map(({ path, from, until }) => `${path} ${from.day} ${until?.day ?? 'now'}`)
}

const a = 'policies/a.yaml'

test('an override has its writer, its last change, and its review dates', async () => {
  const scratch = makeRepository()
  const { commit } = scratch
  commit('Add (#1)', { [a]: override('a.example', '2026-02-01') }, { day: '2026-01-01' })
  const later = { author: 'Bob', day: '2026-01-20' }
  commit('Extend (#2)', { [a]: override('a.example', '2026-03-01') }, later)
  commit('Shorten', { [a]: override('a.example', '2026-02-15') }, { day: '2026-01-21' })
  const last = commit(
    'Extend (#4)\n\nReviewed-by: Carol <c@example.org>\nApproved-By: Dan',
    { [a]: override('a.example', '2026-04-01') },
    { author: 'Eve', day: '2026-02-14' },
  )
  commit('Another', { 'policies/b.yaml': override('b.example') }, { day: '2026-02-20' })
  const history = await historyOf(scratch)
  const found = history.overrides.get('a.yaml')
  expect(said(found?.written)).toBe('2026-01-01 Alice #1')
  expect(said(found?.changed)).toBe('2026-02-14 Eve #4 Carol <c@example.org> Dan')
  expect(found?.changed.commit).toBe(last)
  expect(found?.reviewDates).toEqual(['2026-02-01', '2026-03-01', '2026-02-15', '2026-04-01'])
  expect(found?.extensions).toBe(2)
  expect([...history.overrides.keys()].toSorted()).toEqual(['a.yaml', 'b.yaml'])
})

test('a file that moves stays the same override, changed or not', async () => {
  const scratch = makeRepository()
  const { commit } = scratch
  commit('One', { [a]: override('a.example') }, { day: '2026-01-01' })
  commit('Two', { [a]: null, 'policies/sub/A.yml': override('a.example') }, { day: '2026-01-02' })
  const moved = (await historyOf(scratch)).overrides.get('sub/A.yml')
  expect([said(moved?.written), said(moved?.changed)]).toEqual([
    '2026-01-01 Alice -',
    '2026-01-01 Alice -',
  ])
  const text =
    'destination: ["A.Example"]\npolicy: encrypt\njustification: All words are new here.\nreview_date: 2027-01-01\n'
  commit('Three', { 'policies/sub/A.yml': null, 'policies/c.yaml': text }, { day: '2026-01-03' })
  const history = await historyOf(scratch)
  const found = history.overrides.get('c.yaml')
  expect([said(found?.written), said(found?.changed), found?.extensions]).toEqual([
    '2026-01-01 Alice -',
    '2026-01-03 Alice -',
    1,
  ])
  expect([...history.overrides.keys()]).toEqual(['c.yaml'])
  expect(spansOf(history, 'a.example')).toEqual(['a.yaml 2026-01-01 now'])
})

test('a file that only looks like a removed one is another override', async () => {
  const scratch = makeRepository()
  scratch.commit('One', { [a]: override('a.example') }, { day: '2026-01-01' })
  const b = { [a]: null, 'policies/b.yaml': override('b.example') }
  scratch.commit('Two', b, { day: '2026-01-02' })
  const history = await historyOf(scratch)
  expect(said(history.overrides.get('b.yaml')?.written)).toBe('2026-01-02 Alice -')
  expect(spansOf(history, 'a.example')).toEqual(['a.yaml 2026-01-01 2026-01-02'])
})

test('an override keeps its history where two files change places, or one takes a name that was left', async () => {
  const scratch = makeRepository()
  const [one, two, three] = [a, 'policies/b.yaml', 'policies/c.yaml']
  scratch.commit('One', { [one]: override('a.example') }, { day: '2026-01-01' })
  scratch.commit('Two', { [two]: override('b.example') }, { day: '2026-01-02', author: 'Bob' })
  const swap = { [one]: override('b.example'), [two]: override('a.example') }
  scratch.commit('Swap', swap, { day: '2026-01-03', author: 'Eve' })
  const swapped = (await historyOf(scratch)).overrides
  expect(said(swapped.get('a.yaml')?.written)).toBe('2026-01-02 Bob -')
  expect(said(swapped.get('a.yaml')?.changed)).toBe('2026-01-02 Bob -')
  expect(said(swapped.get('b.yaml')?.written)).toBe('2026-01-01 Alice -')
  const reuse = { [one]: override('new.example'), [three]: override('b.example', '2027-01-01') }
  scratch.commit('Reuse', reuse, { day: '2026-01-04', author: 'Eve' })
  const { overrides } = await historyOf(scratch)
  expect(said(overrides.get('a.yaml')?.written)).toBe('2026-01-04 Eve -')
  expect(said(overrides.get('c.yaml')?.written)).toBe('2026-01-02 Bob -')
  expect(said(overrides.get('c.yaml')?.changed)).toBe('2026-01-04 Eve -')
  expect(overrides.get('c.yaml')?.extensions).toBe(1)
})

test('a destination that leaves a list for a file of its own, or for another list, takes its history along', async () => {
  const scratch = makeRepository()
  const list = override('[a.example, b.example, c.example]')
  scratch.commit('List', { [a]: list }, { day: '2026-01-01' })
  scratch.commit('Other', { 'policies/o.yaml': override('o.example') }, { day: '2026-01-02' })
  const split = {
    [a]: override('b.example'),
    'policies/own.yaml': override('a.example'),
    'policies/o.yaml': override('[o.example, c.example]'),
  }
  scratch.commit('Split', split, { day: '2026-01-03', author: 'Bob' })
  const history = await historyOf(scratch)
  const written = (file: string) => said(history.overrides.get(file)?.written)
  expect(written('own.yaml')).toBe('2026-01-01 Alice -')
  expect(written('a.yaml')).toBe('2026-01-01 Alice -')
  expect(written('o.yaml')).toBe('2026-01-02 Alice -')
  expect(spansOf(history, 'c.example')).toEqual(['a.yaml 2026-01-01 now'])
})

test('a destination that is corrected leaves the file the override that it was', async () => {
  const scratch = makeRepository()
  scratch.commit('One', { [a]: override('exmaple.net') }, { day: '2026-01-01' })
  scratch.commit('Typo', { [a]: override('example.net') }, { day: '2026-01-02', author: 'Bob' })
  const history = await historyOf(scratch)
  expect(said(history.overrides.get('a.yaml')?.written)).toBe('2026-01-01 Alice -')
  expect(said(history.overrides.get('a.yaml')?.changed)).toBe('2026-01-02 Bob -')
  expect(spansOf(history, 'example.net')).toEqual(['a.yaml 2026-01-02 now'])
})

test('a destination remembers the overrides that it had, in whatever files', async () => {
  const scratch = makeRepository()
  const { commit } = scratch
  commit('1', { [a]: override('a.example') }, { day: '2025-01-01' })
  commit('2', { [a]: null }, { day: '2025-02-01', author: 'Bob' })
  const list = override('\n  - "[mx.a.example]:25"\n  - A.example.')
  commit('3', { 'policies/b.yaml': list.replace('A.example.', 'A.EXAMPLE') }, { day: '2025-03-01' })
  commit('4', { 'policies/b.yaml': `${override('x.example')}` }, { day: '2025-04-01' })
  commit(
    '5',
    { 'policies/c.yaml': `${override('a.example')}active: false\n` },
    { day: '2025-05-01' },
  )
  commit('6', { 'policies/c.yaml': override('"a.example"') }, { day: '2025-06-01' })
  const history = await historyOf(scratch)
  expect(spansOf(history, 'a.example')).toEqual([
    'a.yaml 2025-01-01 2025-02-01',
    'b.yaml 2025-03-01 2025-04-01',
    'c.yaml 2025-06-01 now',
  ])
  expect(history.destinations.get('a.example')?.[0]?.until?.author).toBe('Bob')
  expect(spansOf(history, '[mx.a.example]:25')).toEqual(['b.yaml 2025-03-01 2025-04-01'])
  expect(said(history.overrides.get('c.yaml')?.written)).toBe('2025-05-01 Alice -')
})

test('a pull request that was merged counts once, on its day, with its authors', async () => {
  const scratch = makeRepository()
  const { commit, git, merge } = scratch
  commit('root', {}, { day: '2026-01-01' })
  git('checkout', '-q', '-b', 'topic')
  commit('draft', { [a]: override('a.example', '2026-02-01') }, { day: '2026-01-02' })
  commit('draft', { [a]: override('a.example', '2026-03-01') }, { day: '2026-01-03' })
  commit(
    'words',
    { [a]: override('a.example', '2026-03-01', 'Yes.') },
    { day: '2026-01-04', author: 'Bob' },
  )
  git('checkout', '-q', 'main')
  commit('other', { 'policies/b.yaml': override('b.example') }, { day: '2026-01-05' })
  merge('topic', 'Merge pull request #12 from org/topic\n\nReviewed-by: Dan', {
    author: 'Dan',
    day: '2026-01-10',
  })
  const history = await historyOf(scratch)
  const found = history.overrides.get('a.yaml')
  expect(said(found?.written)).toBe('2026-01-10 Alice #12 Dan')
  expect(said(found?.changed)).toBe('2026-01-10 Bob #12 Dan')
  expect([found?.reviewDates, found?.extensions]).toEqual([['2026-03-01'], 0])
  expect(said(history.overrides.get('b.yaml')?.written)).toBe('2026-01-05 Alice -')
})

test('a file that a branch renamed is still by the one who wrote it there', async () => {
  const scratch = makeRepository()
  scratch.commit('Start', { 'policies/b.yaml': override('b.example') }, { day: '2026-01-01' })
  scratch.git('checkout', '-q', '-b', 'side')
  const write = {
    [a]: override('a.example'),
    'policies/b.yaml': override('b.example', '2027-01-01'),
    'policies/d.yaml': override('d.example'),
  }
  scratch.commit('Write', write, { day: '2026-01-02', author: 'Dora' })
  const rename = {
    [a]: null,
    'policies/b.yaml': null,
    'policies/d.yaml': null,
    'policies/a2.yaml': override('a.example'),
    'policies/b2.yaml': override('b.example', '2027-01-01'),
    'policies/d2.yaml': override('d.example', '2027-02-02'),
    'policies/e.yaml': override('e.example'),
  }
  scratch.commit('Rename', rename, { day: '2026-01-03', author: 'Mover' })
  scratch.git('checkout', '-q', 'main')
  scratch.merge('side', 'Merge pull request #5 from side', { day: '2026-01-05' })
  const { overrides } = await historyOf(scratch)
  const of = (file: string) => {
    const found = overrides.get(file)
    return [said(found?.written), said(found?.changed)]
  }
  expect(of('a2.yaml')).toEqual(['2026-01-05 Dora #5', '2026-01-05 Dora #5'])
  expect(of('b2.yaml')).toEqual(['2026-01-01 Alice -', '2026-01-05 Dora #5'])
  expect(of('d2.yaml')).toEqual(['2026-01-05 Dora #5', '2026-01-05 Mover #5'])
  expect(of('e.yaml')).toEqual(['2026-01-05 Mover #5', '2026-01-05 Mover #5'])
})

test('commits beside the folder, and merges that equal their branch, hide nothing', async () => {
  const scratch = makeRepository()
  const { commit, git, merge } = scratch
  commit('root', { 'policies/b.yaml': override('b.example') }, { day: '2026-01-01' })
  git('checkout', '-q', '-b', 'topic')
  commit('beside', { 'README.md': '2' }, { day: '2026-01-02' })
  commit('add', { [a]: override('a.example', '2026-02-01') }, { day: '2026-01-03', author: 'Bob' })
  commit('beside', { 'README.md': '3' }, { day: '2026-01-04' })
  git('checkout', '-q', 'main')
  commit('beside', { LICENSE: '1' }, { day: '2026-01-05' })
  merge('topic', 'Merge pull request #5 from topic', { day: '2026-01-06' })
  commit('beside', { LICENSE: '2' }, { day: '2026-01-07' })
  const { overrides } = await historyOf(scratch)
  const found = overrides.get('a.yaml')
  expect(said(found?.written)).toBe('2026-01-06 Bob #5')
  expect(said(found?.changed)).toBe('2026-01-06 Bob #5')
  expect(said(overrides.get('b.yaml')?.written)).toBe('2026-01-01 Alice -')
})

test('what is merged without a pull request keeps the days and requests of its commits', async () => {
  const scratch = makeRepository()
  const { commit, git, merge } = scratch
  commit('root', {}, { day: '2026-01-01' })
  git('checkout', '-q', '-b', 'theirs')
  commit('direct', { [a]: override('a.example') }, { day: '2026-01-02' })
  git('checkout', '-q', '-b', 'request')
  commit('in a request', { 'policies/b.yaml': override('b.example') }, { day: '2026-01-03' })
  git('checkout', '-q', 'theirs')
  merge('request', "Merge branch 'request' into 'main'\n\nSee merge request mail/policies!7", {
    day: '2026-01-04',
  })
  git('checkout', '-q', 'main')
  commit('mine', { 'policies/c.yaml': override('c.example') }, { day: '2026-01-05', author: 'Bob' })
  merge('theirs', "Merge branch 'main' of git.example.org:mail", { day: '2026-01-09' })
  const { overrides } = await historyOf(scratch)
  expect(said(overrides.get('a.yaml')?.written)).toBe('2026-01-02 Alice -')
  expect(said(overrides.get('b.yaml')?.written)).toBe('2026-01-04 Alice mail/policies!7')
  expect(said(overrides.get('c.yaml')?.written)).toBe('2026-01-05 Bob -')
})

test('what a merge itself changed is the work of who merged', async () => {
  const scratch = makeRepository()
  const { commit, git } = scratch
  commit('root', { [a]: override('a.example', '2026-02-01') }, { day: '2026-01-01' })
  git('checkout', '-q', '-b', 'topic')
  commit('other', { 'policies/b.yaml': override('b.example') }, { day: '2026-01-02' })
  git('checkout', '-q', 'main')
  git('merge', '-q', '--no-ff', '--no-commit', 'topic')
  const changed = { [a]: override('a.example', '2026-09-01') }
  commit('Merge pull request #3 from x', changed, { day: '2026-01-03', author: 'Mallory' })
  const found = (await historyOf(scratch)).overrides.get('a.yaml')
  expect([said(found?.changed), found?.extensions]).toEqual(['2026-01-03 Mallory #3', 1])
})

test('a branch whose changes a merge left out has changed nothing', async () => {
  const scratch = makeRepository()
  const { commit, git } = scratch
  commit('root', { [a]: override('a.example') }, { day: '2026-01-01' })
  git('checkout', '-q', '-b', 'topic')
  commit('remove', { [a]: null }, { day: '2026-01-02' })
  git('checkout', '-q', 'main')
  git('merge', '-q', '-s', 'ours', '-m', 'Merge pull request #3 from x', 'topic')
  const history = await historyOf(scratch)
  expect(said(history.overrides.get('a.yaml')?.changed)).toBe('2026-01-01 Alice -')
  expect(spansOf(history, 'a.example')).toEqual(['a.yaml 2026-01-01 now'])
})

test('line ends and modes are no change, and a version that cannot be read breaks nothing', async () => {
  const scratch = makeRepository()
  const { commit, git } = scratch
  const text = override('a.example')
  commit('one', { [a]: text }, { day: '2026-01-01' })
  commit('two', { [a]: text.replaceAll('\n', '\r\n') }, { day: '2026-01-02' })
  git('update-index', '--chmod=+x', a)
  git('commit', '-q', '-m', 'mode')
  git('reset', '-q', '--hard')
  const before = (await historyOf(scratch)).overrides.get('a.yaml')
  expect(said(before?.changed)).toBe('2026-01-01 Alice -')
  commit('three', { [a]: '<<<<<<<\n' }, { day: '2026-01-03' })
  commit('four', { [a]: override('a.example', '2027-01-01') }, { day: '2026-01-04' })
  const history = await historyOf(scratch)
  const found = history.overrides.get('a.yaml')
  expect([said(found?.written), said(found?.changed), found?.extensions]).toEqual([
    '2026-01-01 Alice -',
    '2026-01-04 Alice -',
    1,
  ])
  expect(spansOf(history, 'a.example')).toEqual(['a.yaml 2026-01-01 now'])
})

test('hidden and underscored files, links and other files were never overrides', async () => {
  const scratch = makeRepository()
  const text = override('a.example')
  const { folder, git: run } = scratch
  scratch.commit('one', {
    'policies/_draft.yaml': text,
    'policies/.x/a.yaml': text,
    'policies/a.txt': text,
  })
  scratch.write('policies/link', text)
  const blob = run('hash-object', '-w', 'policies/link')
  run('update-index', '--add', '--cacheinfo', `120000,${blob},policies/link.yaml`)
  git(folder, ['commit', '-q', '-m', 'a link'])
  const { overrides, destinations } = await historyOf(scratch)
  expect([overrides.size, destinations.size]).toEqual([0, 0])
})

test('odd names of files are kept', async () => {
  const scratch = makeRepository()
  const names = ['ü.yaml', 'with blanks.yaml', 'a"b.yaml', 'a\\b.yaml', 'b/ c.yaml', 'a b/x.yaml']
  const files = names.map((name, index) => [`policies/${name}`, override(`n${index}.example`)])
  scratch.commit('one', Object.fromEntries(files))
  const { overrides } = await historyOf(scratch)
  expect([...overrides.keys()].toSorted()).toEqual(names.toSorted())
})

test('names, messages and files cannot pretend to be commits', async () => {
  const scratch = makeRepository()
  const lie = `commit ${'1'.repeat(40)}\ntime 0\nauthor Mallory\nsubject Lie (#66)\n\ndiff --git a/a.yaml b/a.yaml\n--- a/a.yaml\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n`
  const text = `${override('a.example')}# ${lie.replaceAll('\n', '\n# ')}\n`
  const author = 'Al\u001b[31mice\u2028commit x'
  scratch.commit(`Add\u2028commit x\n\n${lie}`, { [a]: text }, { day: '2026-01-01', author })
  scratch.commit('raw', { 'policies/b.yaml': `${lie}\r${lie}` }, { day: '2026-01-02' })
  const { overrides } = await historyOf(scratch)
  expect([...overrides.keys()]).toEqual(['a.yaml'])
  expect(said(overrides.get('a.yaml')?.changed)).toBe(`2026-01-01 ${author} -`)
})

test('the policies of a whole repository, and of a folder deep inside, have a history', async () => {
  for (const inside of ['', 'mail/out/policies']) {
    const scratch = makeRepository()
    scratch.commit('root', { 'README.md': 'hello' }, { day: '2026-01-01' })
    scratch.commit(
      'one',
      { [join(inside, 'x.yaml')]: override('x.example') },
      { day: '2026-01-02' },
    )
    const repository = await open(join(scratch.folder, inside))
    const log = await repository.log(await repository.headCommit())
    expect(said(readHistory(log ?? '').overrides.get('x.yaml')?.written)).toBe('2026-01-02 Alice -')
  }
})

test('a shallow clone has no history, until it is made whole', async () => {
  const scratch = makeRepository()
  scratch.commit('one', { [a]: override('a.example') }, { day: '2026-01-01' })
  const head = scratch.commit(
    'two',
    { 'policies/b.yaml': override('b.example') },
    { day: '2026-02-01' },
  )
  const clone = makeFolder()
  git(clone, ['clone', '-q', '--depth', '1', `file://${scratch.folder}`, '.'])
  expect(await (await open(clone)).log(head)).toBeUndefined()
  git(clone, ['fetch', '-q', '--unshallow'])
  const log = await (await open(join(clone, 'policies'))).log(head)
  expect(said(readHistory(log ?? '').overrides.get('a.yaml')?.written)).toBe('2026-01-01 Alice -')
})

test('a folder without a commit that touches it has an empty history', async () => {
  const scratch = makeRepository()
  scratch.commit('one', { 'README.md': 'hello' })
  scratch.write('policies/a.yaml', override('a.example'))
  const { overrides, destinations } = await historyOf(scratch)
  expect([overrides.size, destinations.size]).toEqual([0, 0])
  expect(readHistory('').overrides.size).toBe(0)
})
