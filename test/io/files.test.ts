import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Failure } from '../../src/io/failure.ts'
import { readPolicyFiles } from '../../src/io/files.ts'

let base = ''
let folder = ''
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tlspolicy-files-'))
  folder = join(base, 'policies')
  mkdirSync(folder)
})
afterEach(() => rmSync(base, { recursive: true }))

const limits = { largestFile: 1000, settingsPath: '_settings.yaml' }

/** Paths, each with its text or with the reason for which it is not read. */
function read(path = folder): Record<string, string> {
  const files = readPolicyFiles(path, limits).map(file => [
    file.path,
    'refused' in file ? `refused: ${file.refused}` : Buffer.from(file.bytes).toString(),
  ])
  return Object.fromEntries(files)
}

function write(...paths: readonly (string | Buffer)[]): void {
  for (const path of paths)
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(path)]), 'text')
}

/** Root may read everything; another user is asked then. */
function asNobody<Result>(ask: () => Result): Result {
  if (process.geteuid?.() !== 0) return ask()
  chmodSync(base, 0o755)
  process.seteuid?.(65_534)
  try {
    return ask()
  } finally {
    process.seteuid?.(0)
  }
}

test('overrides are read from all folders, and the settings from the first alone', () => {
  mkdirSync(join(folder, 'a/b'), { recursive: true })
  write(
    'one.yaml',
    'a/two.yml',
    'a/b/three.yaml',
    '_settings.yaml',
    'a/_settings.yaml',
    'README.md',
  )
  expect(read()).toEqual({
    'one.yaml': 'text',
    'a/two.yml': 'text',
    'a/b/three.yaml': 'text',
    '_settings.yaml': 'text',
  })
})

test('what begins with a dot or an underscore is not read', () => {
  mkdirSync(join(folder, '_old'))
  mkdirSync(join(folder, '.git'))
  write('_draft.yaml', '.hidden.yaml', '_old/a.yaml', '.git/a.yaml')
  expect(read()).toEqual({})
})

test('a file that only looks like an override is named', () => {
  write('a.YAML', 'b.yaml.bak', 'c.yaml~', '_settings.yml', '_Settings.yaml', 'd.txt', 'yaml')
  const ignored = ['a.YAML', 'b.yaml.bak', 'c.yaml~', '_settings.yml', '_Settings.yaml']
  expect(read()).toEqual(Object.fromEntries(ignored.map(path => [path, 'refused: ignored-file'])))
})

test('links are named, and never followed', () => {
  writeFileSync(join(base, 'secret.yaml'), 'secret')
  mkdirSync(join(base, 'elsewhere'))
  writeFileSync(join(base, 'elsewhere/a.yaml'), 'secret')
  const links = {
    'out.yaml': '../secret.yaml',
    elsewhere: '../elsewhere',
    self: '.',
    'loop.yaml': 'loop.yaml',
    'nowhere.yaml': 'nowhere',
    'zero.yaml': '/dev/zero',
    '_settings.yaml': '../secret.yaml',
  }
  for (const [path, target] of Object.entries(links)) symlinkSync(target, join(folder, path))
  expect(read()).toEqual(
    Object.fromEntries(Object.keys(links).map(path => [path, 'refused: symbolic-link'])),
  )
})

test('the folder itself may be a link', () => {
  write('one.yaml')
  symlinkSync('policies', join(base, 'link'))
  expect(read(join(base, 'link'))).toEqual({ 'one.yaml': 'text' })
})

test('pipes, sockets and folders with the name of a file are named, and nobody waits', async () => {
  execFileSync('mkfifo', [join(folder, 'pipe.yaml')])
  mkdirSync(join(folder, 'folder.yaml'))
  mkdirSync(join(folder, '_settings.yaml'))
  write('folder.yaml/a.yaml', '_settings.yaml/b.yaml')
  const server = createServer()
  await new Promise<void>(resolve => server.listen(join(folder, 'socket.yaml'), resolve))
  const found = read()
  await new Promise(resolve => server.close(resolve))
  expect(found).toEqual({
    'pipe.yaml': 'refused: not-a-file',
    'folder.yaml': 'refused: not-a-file',
    '_settings.yaml': 'refused: not-a-file',
    'socket.yaml': 'refused: not-a-file',
  })
})

test.runIf(process.getuid?.() === 0)('devices are named, and not opened', () => {
  execFileSync('mknod', [join(folder, 'zero.yaml'), 'c', '1', '5'])
  expect(read()).toEqual({ 'zero.yaml': 'refused: not-a-file' })
})

test('names that cannot be shown are refused, of files and of folders', () => {
  const names = [
    'a\n.yaml',
    'b\u001b[2J.yaml',
    'c\u202e.yaml',
    'd\u200b.yaml',
    'e\u3164.yaml',
    'f\r.yaml',
  ]
  write(...names, Buffer.from('g\xff.yaml', 'latin1'))
  mkdirSync(join(folder, 'h\n'))
  mkdirSync(Buffer.concat([Buffer.from(`${folder}/i`), Buffer.from([0xff])]))
  write('h\n/a.yaml')
  const all = [...names, 'g\ufffd.yaml', 'h\n', 'i\ufffd']
  expect(read()).toEqual(Object.fromEntries(all.map(path => [path, 'refused: file-name'])))
})

test('odd names that can be shown are read', () => {
  const names = [
    ' a.yaml',
    '#b.yaml',
    '::error::c.yaml',
    'd|e`f.yaml',
    'ü中👩.yaml',
    `${'x'.repeat(250)}.yaml`,
  ]
  write(...names)
  expect(read()).toEqual(Object.fromEntries(names.map(path => [path, 'text'])))
})

test('a file is read up to the limit, and not beyond', () => {
  write('fits.yaml', 'large.yaml', 'huge.yaml')
  truncateSync(join(folder, 'fits.yaml'), 1000)
  truncateSync(join(folder, 'large.yaml'), 1001)
  truncateSync(join(folder, 'huge.yaml'), 1e12)
  const { 'fits.yaml': fits, ...others } = read()
  expect(fits?.length).toBe(1000)
  expect(others).toEqual({ 'large.yaml': 'refused: too-large', 'huge.yaml': 'refused: too-large' })
})

test('what cannot be read is named, and the rest is read', () => {
  mkdirSync(join(folder, 'locked'))
  write('locked.yaml', 'locked/a.yaml', 'open.yaml')
  chmodSync(join(folder, 'locked.yaml'), 0)
  chmodSync(join(folder, 'locked'), 0)
  const found = asNobody(read)
  chmodSync(join(folder, 'locked'), 0o700)
  expect(found).toEqual({
    'locked.yaml': 'refused: unreadable',
    locked: 'refused: unreadable',
    'open.yaml': 'text',
  })
})

test('two thousand folders inside each other are read', () => {
  let path = folder
  for (let depth = 0; depth < 1500; depth += 1) path += '/d'
  execFileSync('mkdir', ['-p', path])
  writeFileSync(join(path, 'a.yaml'), 'text')
  expect(Object.values(read())).toEqual(['text'])
})

test('a folder that cannot be read is a failure that names it', () => {
  writeFileSync(join(base, 'file'), 'text')
  symlinkSync('loop', join(base, 'loop'))
  symlinkSync('nowhere', join(base, 'dangling'))
  execFileSync('mkfifo', [join(base, 'pipe')])
  mkdirSync(join(base, 'locked/inside'), { recursive: true })
  chmodSync(join(base, 'locked'), 0)
  const paths = [
    'nowhere',
    'file',
    'loop',
    'dangling',
    'pipe',
    'locked',
    'locked/inside',
    'x'.repeat(5000),
  ]
  for (const path of paths)
    asNobody(() => {
      expect(() => read(join(base, path))).toThrow(Failure)
      expect(() => read(join(base, path))).toThrow(JSON.stringify(join(base, path)))
    })
  chmodSync(join(base, 'locked'), 0o700)
})

test('another repository in the folder is refused, and the folder itself may be one', () => {
  mkdirSync(join(folder, 'theirs'))
  write('a.yaml', 'theirs/b.yaml', 'theirs/.git')
  mkdirSync(join(folder, '.git'))
  expect(read()).toEqual({ 'a.yaml': 'text', theirs: 'refused: not-a-file' })
})
