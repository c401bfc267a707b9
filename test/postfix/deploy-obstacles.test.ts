import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { takeLock } from '../../src/io/install-lock.ts'
import { describeWithPostfix } from './available.ts'
import type { MailHost } from './host.ts'
import { commitPolicies, deadHolder, makeMailHost, override } from './host.ts'

/** A mail host on which `may` is installed for a.example, and `encrypt` is committed. */
async function makeDeployed(parent?: string): Promise<MailHost> {
  const host = makeMailHost('lmdb', parent)
  commitPolicies(host, { 'a.yaml': override('a.example', 'may') })
  expect(await host.tlspolicy('deploy')).toMatchObject({ status: 0, stderr: '' })
  commitPolicies(host, { 'a.yaml': override('a.example', 'encrypt') })
  return host
}

const answer = (host: MailHost) => host.ask(['a.example']).get('a.example')

/** The command fails in these words, the old table answers, and nothing is left lying about. */
async function expectUnchanged(host: MailHost, words: RegExp, ...argv: readonly string[]) {
  const { status, stderr } = await host.tlspolicy('deploy', ...argv)
  expect(stderr).toMatch(words)
  expect(status).toBe(3)
  expect(answer(host)).toBe('may')
  expect(host.leftovers()).toEqual([])
}

async function expectInstalled(host: MailHost): Promise<void> {
  expect(await host.tlspolicy('deploy')).toMatchObject({ status: 0, stderr: '' })
  expect(answer(host)).toBe('encrypt')
  expect(host.leftovers()).toEqual([])
}

/** A file system of its own, as large as is said in KiB. */
function mountSmall(kibibytes: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'tlspolicy-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', folder])
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', folder])
    rmSync(folder, { recursive: true })
  })
  return folder
}

describeWithPostfix('a deploy in the way of which something stands', () => {
  test('leaves the old table on a full disk, and goes on when there is room', async () => {
    const disk = mountSmall(1024)
    const host = await makeDeployed(disk)
    const filler = join(disk, 'filler')
    expect(() => writeFileSync(filler, Buffer.alloc(1024 * 1024))).toThrow('ENOSPC')
    await expectUnchanged(host, /no space left|ENOSPC|No space/i)
    rmSync(filler)
    await expectInstalled(host)
  })

  test('leaves the old table in a folder that is read-only', async () => {
    const disk = mountSmall(1024)
    const host = await makeDeployed(disk)
    execFileSync('mount', ['-o', 'remount,ro', disk])
    await expectUnchanged(host, /read-only/i)
    execFileSync('mount', ['-o', 'remount,rw', disk])
    await expectInstalled(host)
  })

  test('says what is missing where Postfix is not', async () => {
    const host = await makeDeployed()
    await expectUnchanged(
      host,
      /there is no command "no-such-docker" here/,
      '--exec',
      'no-such-docker exec',
    )
  })

  test('keeps owner, group and mode of text and index', async () => {
    const host = await makeDeployed()
    const files = [host.table, `${host.table}.lmdb`]
    for (const file of files) {
      chownSync(file, 65_534, 12)
      chmodSync(file, 0o640)
    }
    await expectInstalled(host)
    for (const file of files) {
      const { uid, gid, mode } = statSync(file)
      expect({ uid, gid, mode: mode & 0o7777 }).toEqual({ uid: 65_534, gid: 12, mode: 0o640 })
    }
  })

  test('refuses a table that is a link, a folder, or has a second name', async () => {
    const linked = await makeDeployed()
    execFileSync('mv', [linked.table, `${linked.table}.real`])
    symlinkSync(`${linked.table}.real`, linked.table)
    await expectUnchanged(linked, /symbolic link/)
    const folder = makeMailHost()
    commitPolicies(folder, { 'a.yaml': override('a.example', 'may') })
    mkdirSync(folder.table)
    const refused = await folder.tlspolicy('deploy')
    expect(refused.stderr).toContain(folder.table)
    expect(refused.status).toBe(3)
    const twice = await makeDeployed()
    linkSync(`${twice.table}.lmdb`, `${twice.table}.kept`)
    await expectUnchanged(twice, /hard link|second name|another name/)
  })

  test('mixes nothing when two come at once', async () => {
    const host = await makeDeployed()
    const bin = join(import.meta.dirname, '../../dist/bin.js')
    const ended = await Promise.all(
      [1, 2, 3].map(
        () =>
          new Promise(resolve => {
            const child = spawn(process.execPath, [bin, 'deploy'], {
              cwd: host.folder,
              env: host.env,
            })
            child.on('close', resolve)
          }),
      ),
    )
    expect(ended).toEqual([0, 0, 0])
    expect(answer(host)).toBe('encrypt')
    expect(await host.tlspolicy('status', '--deep')).toMatchObject({ status: 0 })
    expect(host.leftovers()).toEqual([])
  })

  test('names who holds the lock, and takes over that of a dead process', async () => {
    const host = await makeDeployed()
    const place = { path: host.table, type: 'lmdb', suffix: '.lmdb', seenAs: host.table }
    const now = new Date('2026-11-22T12:00:00Z')
    const lock = await takeLock(place, now)
    await expect(takeLock(place, now, 0.1)).rejects.toThrow(
      new RegExp(
        `another deploy holds the table: process ${process.pid} by \\w+ since 2026-11-22T12`,
      ),
    )
    lock.release()
    writeFileSync(`${host.table}.tlspolicy.lock`, JSON.stringify(deadHolder()))
    await expectInstalled(host)
  })

  test('takes no lock of a process that runs in another container', async () => {
    const host = await makeDeployed()
    const place = { path: host.table, type: 'lmdb', suffix: '.lmdb', seenAs: host.table }
    const lock = `${host.table}.tlspolicy.lock`
    writeFileSync(lock, JSON.stringify({ ...deadHolder(), space: 'pid:[1]' }))
    await expect(takeLock(place, new Date(), 0.1)).rejects.toThrow(
      `in another container by root since 2026-11-01T00:00:00Z; wait for it to end, or remove ${lock}`,
    )
  })
})
