import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Failure } from '../../src/io/failure.ts'
import { writeFileAtomically } from '../../src/io/write.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tlspolicy-write-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const isRoot = process.getuid?.() === 0
const at = (path: string) => join(folder, path)
const textOf = (path: string) => readFileSync(at(path), 'utf8')
const modeOf = (path: string) => (statSync(at(path)).mode & 0o7777).toString(8)

function expectFailure(path: string, ...words: readonly string[]): void {
  for (const word of [path, ...words])
    expect(() => writeFileAtomically(at(path), 'new')).toThrow(word)
  expect(() => writeFileAtomically(at(path), 'new')).toThrow(Failure)
}

test('a new file gets the mode that is asked for, less the umask', () => {
  const umask = process.umask(0o022)
  writeFileAtomically(at('table'), 'new')
  writeFileAtomically(at('secret'), 'new', 0o600)
  process.umask(umask)
  expect(textOf('table')).toBe('new')
  expect(modeOf('table')).toBe('644')
  expect(modeOf('secret')).toBe('600')
  expect(readdirSync(folder).sort()).toEqual(['secret', 'table'])
})

test('a file that is there keeps its mode, whatever the umask', () => {
  for (const mode of [0o600, 0o640, 0o664, 0o777]) {
    writeFileSync(at('table'), 'old')
    chmodSync(at('table'), mode)
    writeFileAtomically(at('table'), 'new', 0o600)
    expect(modeOf('table')).toBe(mode.toString(8))
    expect(textOf('table')).toBe('new')
  }
})

test.runIf(isRoot)('a file that is there keeps its owner and its group', () => {
  writeFileSync(at('table'), 'old')
  chmodSync(at('table'), 0o640)
  chownSync(at('table'), 65_534, 12)
  writeFileAtomically(at('table'), 'new')
  const { uid, gid } = statSync(at('table'))
  expect({ uid, gid, mode: modeOf('table'), text: textOf('table') }).toEqual({
    uid: 65_534,
    gid: 12,
    mode: '640',
    text: 'new',
  })
})

test('a reader keeps the old text, and another name of the file keeps it as well', () => {
  writeFileSync(at('table'), 'old')
  linkSync(at('table'), at('kept'))
  writeFileAtomically(at('table'), 'new')
  expect(textOf('kept')).toBe('old')
  expect(textOf('table')).toBe('new')
})

test('a link stays, and what it leads to is replaced', () => {
  mkdirSync(at('real'))
  writeFileSync(at('real/table'), 'old')
  symlinkSync('real/table', at('link'))
  symlinkSync('link', at('second'))
  writeFileAtomically(at('second'), 'new')
  expect(readlinkSync(at('second'))).toBe('link')
  expect(readlinkSync(at('link'))).toBe('real/table')
  expect(textOf('real/table')).toBe('new')
  expect(readdirSync(at('real'))).toEqual(['table'])
})

test('a link to nothing, or to itself, is left as it is', () => {
  symlinkSync('nowhere', at('dangling'))
  symlinkSync('loop', at('loop'))
  expectFailure('dangling')
  expectFailure('loop')
  expect(readdirSync(folder).sort()).toEqual(['dangling', 'loop'])
  expect(readlinkSync(at('dangling'))).toBe('nowhere')
})

test('a folder, a pipe and a link to a device are left as they are', () => {
  mkdirSync(at('folder'))
  execFileSync('mkfifo', [at('pipe')])
  symlinkSync('/dev/null', at('null'))
  for (const path of ['folder', 'pipe', 'null']) expectFailure(path, 'no regular file')
  expect(lstatSync(at('folder')).isDirectory()).toBe(true)
  expect(lstatSync(at('pipe')).isFIFO()).toBe(true)
  expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true)
  expect(() => writeFileAtomically('/dev/null', 'new')).toThrow('no regular file')
  expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true)
})

test('folders that are missing are made', () => {
  writeFileAtomically(at('a/b/table'), 'new')
  expect(textOf('a/b/table')).toBe('new')
})

test('a file where a folder should be is a failure, and stays', () => {
  writeFileSync(at('file'), 'old')
  expectFailure('file/table')
  expectFailure('file/deeper/table')
  expect(textOf('file')).toBe('old')
})

test('the longest name that a file can have is written, and a longer one is a failure', () => {
  writeFileAtomically(at('x'.repeat(255)), 'new')
  expect(textOf('x'.repeat(255))).toBe('new')
  expectFailure('x'.repeat(256))
})

test('what a dead run has left does not disturb', () => {
  writeFileSync(at('table'), 'old')
  mkdirSync(at(`.table.${process.pid}.new`))
  writeFileSync(at('.tlspolicy-1.new'), 'half')
  writeFileAtomically(at('table'), 'new')
  expect(textOf('table')).toBe('new')
  expect(textOf('.tlspolicy-1.new')).toBe('half')
})

test('in a folder that may not be written the old file stays, and nothing else', () => {
  writeFileSync(at('table'), 'old')
  chmodSync(at('table'), 0o666)
  chmodSync(folder, 0o555)
  if (isRoot) process.seteuid?.(65_534)
  try {
    expectFailure('table', 'EACCES')
    expectFailure('fresh', 'EACCES')
    expectFailure('a/table', 'EACCES')
  } finally {
    if (isRoot) process.seteuid?.(0)
    chmodSync(folder, 0o755)
  }
  expect(textOf('table')).toBe('old')
  expect(readdirSync(folder)).toEqual(['table'])
})

test.runIf(isRoot)('a file of somebody else is not taken over', () => {
  chmodSync(folder, 0o777)
  writeFileSync(at('table'), 'old')
  process.seteuid?.(65_534)
  try {
    expectFailure('table', 'EPERM')
  } finally {
    process.seteuid?.(0)
  }
  expect(textOf('table')).toBe('old')
  expect(statSync(at('table')).uid).toBe(0)
  expect(readdirSync(folder)).toEqual(['table'])
})

/** A disk of 64 KiB at the folder; undefined, and a line that says so, where nobody may mount one. */
function mountSmallDisk(): (() => void) | undefined {
  const asRoot = (...[program, ...rest]: readonly [string, ...string[]]) =>
    isRoot
      ? execFileSync(program, rest, { stdio: 'pipe' })
      : execFileSync('sudo', ['-n', program, ...rest], { stdio: 'pipe' })
  try {
    asRoot('mount', '-t', 'tmpfs', '-o', 'size=64k,mode=0777', 'tmpfs', folder)
    return () => asRoot('umount', folder)
  } catch (error) {
    if (process.env.CI) throw error
    console.warn(`not tried: a full disk, since nothing can be mounted here: ${error}`)
    return undefined
  }
}

test('on a full disk the old file stays, and nothing else', () => {
  const unmount = mountSmallDisk()
  if (!unmount) return
  try {
    writeFileSync(at('table'), 'old')
    const large = 'x'.repeat(100_000)
    expect(() => writeFileAtomically(at('table'), large)).toThrow('ENOSPC')
    expect(() => writeFileAtomically(at('fresh'), large)).toThrow(Failure)
    expect(textOf('table')).toBe('old')
    expect(existsSync(at('fresh'))).toBe(false)
    expect(readdirSync(folder)).toEqual(['table'])
    writeFileAtomically(at('table'), 'new')
    expect(textOf('table')).toBe('new')
  } finally {
    unmount()
  }
})
