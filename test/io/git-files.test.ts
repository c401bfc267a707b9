import { chmodSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { largestFile } from '../../src/language/source.ts'
import type { Scratch } from './git-scratch.ts'
import {
  env,
  git,
  makeFolder,
  makeRepository,
  onDisk,
  open,
  override,
  summary,
} from './git-scratch.ts'

const policies = ({ folder }: Scratch) => open(join(folder, 'policies'))

/** What differs, as `path before after`. */
async function changes(scratch: Scratch, base: string, head?: string) {
  const changed = await (await policies(scratch)).changedFiles(base, head ?? onDisk(scratch))
  const said = (file: { readonly path: string } | null) =>
    file === null ? '-' : 'refused' in file ? file.refused : 'read'
  return changed.map(({ path, before, after }) => `${path} ${said(before)} ${said(after)}`)
}

test('a commit and the folder on disk give the same files, whatever there is', async () => {
  const scratch = makeRepository()
  const { folder, write, commit } = scratch
  const names = [
    'a.yaml',
    'sub/b.yml',
    '_settings.yaml',
    '_draft.yaml',
    '.hidden/c.yaml',
    'README.md',
  ]
  const odd = [
    'd.YAML',
    'e.yaml.bak',
    'sub/_settings.yaml',
    '_SETTINGS.yaml',
    'f\u200b.yaml',
    'ü "\\.yaml',
  ]
  for (const name of [...names, ...odd])
    write(`policies/${name}`, override(`x${name.length}.example`))
  write('policies/folder.yaml/inside.yaml', '')
  write('policies/hid\u200bden/inside.yaml', '')
  write('policies/large.yaml', 'x'.repeat(largestFile + 1))
  write('policies/largest.yaml', 'x'.repeat(largestFile))
  write('policies/empty.yaml', '')
  symlinkSync('a.yaml', join(folder, 'policies/link.yaml'))
  symlinkSync('/etc', join(folder, 'policies/linked'))
  const head = commit('all')
  const repository = await policies(scratch)
  const files = onDisk(scratch)
  expect(summary(await repository.filesAt(head))).toEqual(summary(files))
  expect(summary(files)).toMatchObject({
    'link.yaml': 'refused: symbolic-link',
    linked: 'refused: symbolic-link',
    'd.YAML': 'refused: ignored-file',
    'large.yaml': 'refused: too-large',
    'folder.yaml': 'refused: not-a-file',
    'ü "\\.yaml': override('x9.example'),
  })
  expect(await changes(scratch, head)).toEqual([])
})

test('a name that is not UTF-8 is refused, and two of them are no crash', async () => {
  const scratch = makeRepository()
  const { folder, commit } = scratch
  commit('one', { 'policies/a.yaml': override('a.example') })
  const blob = git(folder, ['hash-object', '-w', 'policies/a.yaml'])
  const tree = Buffer.concat([
    ...[0xe9, 0xff].flatMap(byte => [
      Buffer.from('100644 '),
      Buffer.from([byte, ...Buffer.from('.yaml'), 0]),
      Buffer.from(blob, 'hex'),
    ]),
  ])
  scratch.write('tree.bin', tree)
  const inner = git(folder, ['hash-object', '-t', 'tree', '-w', 'tree.bin'])
  rmSync(join(folder, 'tree.bin'))
  git(folder, ['read-tree', '--prefix=policies/odd', inner])
  git(folder, ['commit', '-q', '-m', 'odd'])
  const head = git(folder, ['rev-parse', 'HEAD'])
  const files = await (await policies(scratch)).filesAt(head)
  expect(files.filter(file => 'refused' in file)).toEqual([
    { path: 'odd/\ufffd.yaml', refused: 'file-name' },
  ])
  expect(await changes(scratch, `${head}`, git(folder, ['rev-parse', 'HEAD~1']))).toEqual([
    'odd/\ufffd.yaml file-name -',
  ])
})

test('a submodule in the folder is refused, and what is in it belongs to another commit', async () => {
  const scratch = makeRepository()
  const other = makeRepository()
  other.commit('one', { 'b.yaml': override('b.example') })
  const before = scratch.commit('one', { 'policies/a.yaml': override('a.example') })
  scratch.git('submodule', '--quiet', 'add', other.folder, 'policies/theirs')
  const head = scratch.commit('with a submodule')
  const files = await (await policies(scratch)).filesAt(head)
  expect(Object.keys(summary(files))).toEqual(['a.yaml', 'theirs'])
  expect(summary(files)).toMatchObject({ theirs: 'refused: not-a-file' })
  expect(await changes(scratch, before, head)).toEqual(['theirs - not-a-file'])
  expect(await changes(scratch, head)).toEqual([])
})

test('a folder that only the head has was empty before', async () => {
  const scratch = makeRepository()
  const before = scratch.commit('one', { 'README.md': 'hello' })
  const head = scratch.commit('two', { 'policies/a.yaml': override('a.example') })
  const repository = await policies(scratch)
  expect(await repository.filesAt(before)).toEqual([])
  expect(await changes(scratch, before, head)).toEqual(['a.yaml - read'])
  expect(await changes(scratch, head, before)).toEqual(['a.yaml read -'])
})

test('where the folder is the whole repository, its paths are those of the repository', async () => {
  const scratch = makeRepository()
  const head = scratch.commit('one', { 'a.yaml': override('a.example'), 'b/c.yaml': '' })
  const repository = await open(scratch.folder)
  expect((await repository.filesAt(head)).map(({ path }) => path)).toEqual(['a.yaml', 'b/c.yaml'])
  expect(await repository.changedFiles(head, onDisk(scratch, ''))).toEqual([])
})

test('files beside the folder, and folders that begin with the same name, are not its own', async () => {
  const scratch = makeRepository()
  const files = { 'policies/a.yaml': '', 'policies-old/b.yaml': '', 'c.yaml': '' }
  const head = scratch.commit('one', files)
  const repository = await policies(scratch)
  expect((await repository.filesAt(head)).map(({ path }) => path)).toEqual(['a.yaml'])
})

test('the working tree counts with what is changed, staged, untracked and ignored', async () => {
  const scratch = makeRepository()
  const text = override('a.example')
  const base = scratch.commit('one', {
    '.gitignore': 'ignored.yaml\n',
    'policies/same.yaml': text,
    'policies/changed.yaml': text,
    'policies/removed.yaml': text,
    'policies/Case.yaml': text,
    'policies/old.yaml': override('old.example'),
  })
  scratch.write('policies/changed.yaml', override('b.example'))
  scratch.write('policies/untracked.yaml', text)
  scratch.write('policies/ignored.yaml', text)
  scratch.write('policies/staged.yaml', text)
  scratch.git('add', 'policies/staged.yaml')
  scratch.git('rm', '-q', 'policies/removed.yaml')
  scratch.git('mv', 'policies/old.yaml', 'policies/new.yaml')
  scratch.git('mv', 'policies/Case.yaml', 'policies/case.yaml')
  expect(await changes(scratch, base)).toEqual([
    'Case.yaml read -',
    'case.yaml - read',
    'changed.yaml read read',
    'ignored.yaml - read',
    'new.yaml - read',
    'old.yaml read -',
    'removed.yaml read -',
    'staged.yaml - read',
    'untracked.yaml - read',
  ])
  const repository = await policies(scratch)
  const [, , changed] = await repository.changedFiles(base, onDisk(scratch))
  expect(summary([changed?.before ?? [], changed?.after ?? []].flat())).toEqual({
    'changed.yaml': override('b.example'),
  })
  expect(summary([changed?.before ?? []].flat())).toEqual({ 'changed.yaml': text })
})

test('line ends are no change: neither a checkout with CRLF nor a commit that turns them', async () => {
  const scratch = makeRepository()
  const text = override('a.example')
  const base = scratch.commit('one', { 'policies/a.yaml': text, 'policies/b.yaml': text })
  scratch.git('config', 'core.autocrlf', 'true')
  rmSync(join(scratch.folder, 'policies'), { recursive: true })
  scratch.git('checkout', '-q', '--', '.')
  const crlf = text.replaceAll('\n', '\r\n')
  expect(summary(onDisk(scratch))).toEqual({ 'a.yaml': crlf, 'b.yaml': crlf })
  expect(await changes(scratch, base)).toEqual([])
  scratch.git('config', 'core.autocrlf', 'false')
  const turned = scratch.commit('CRLF')
  expect(await changes(scratch, base, turned)).toEqual([])
  scratch.write('policies/a.yaml', text)
  scratch.write('policies/b.yaml', text.replace('policy', '\rpolicy'))
  expect(await changes(scratch, turned)).toEqual(['b.yaml read read'])
})

/** A Git that writes down how it is called and what it is told; the rest is real. */
function makeWitness() {
  const folder = makeFolder()
  const real = env.PATH?.split(':').find(folder => existsSync(join(folder, 'git')))
  const script = `#!/bin/sh
echo "$*" >> ${folder}/calls
case "$*" in
*cat-file*) tee -a ${folder}/input | ${real}/git "$@" ;;
*) exec ${real}/git "$@" ;;
esac
`
  writeFileSync(join(folder, 'git'), script)
  chmodSync(join(folder, 'git'), 0o755)
  const lines = (name: string) => readFileSync(join(folder, name), 'utf8').trim().split('\n')
  return { path: `${folder}:${env.PATH}`, lines }
}

test('however many files there are, Git is started as often', async () => {
  const count = async (files: number) => {
    const { path, lines } = makeWitness()
    const scratch = makeRepository()
    const base = scratch.commit('none')
    for (let index = 0; index < files; index += 1)
      scratch.write(`policies/${index}.yaml`, override(`a${index}.example`))
    const head = scratch.commit('all')
    const repository = await open(join(scratch.folder, 'policies'), { PATH: path })
    await repository.filesAt(head)
    await repository.changedFiles(base, head)
    await repository.changedFiles(base, onDisk(scratch))
    await repository.log(head)
    return lines('calls').length
  }
  expect(await count(100)).toBe(await count(1))
})

test.each(['sha1', 'sha256'])('with %s, what is alike is not read from Git', async format => {
  const { path, lines } = makeWitness()
  const scratch = makeRepository(`--object-format=${format}`)
  const base = scratch.commit('one', {
    'policies/same.yaml': override('same.example'),
    'policies/crlf.yaml': override('crlf.example'),
    'policies/stored.yaml': override('stored.example').replaceAll('\n', '\r\n'),
    'policies/changed.yaml': override('changed.example'),
  })
  scratch.write('policies/crlf.yaml', override('crlf.example').replaceAll('\n', '\r\n'))
  scratch.write('policies/changed.yaml', override('other.example'))
  const repository = await open(join(scratch.folder, 'policies'), { PATH: path })
  expect(await repository.changedFiles(base, onDisk(scratch))).toHaveLength(1)
  expect(lines('input')).toEqual([scratch.git('rev-parse', `${base}:policies/changed.yaml`)])
})
