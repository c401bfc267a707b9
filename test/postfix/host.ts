import { execFileSync, spawnSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { run } from '../../src/cli.ts'
import type { Result } from '../commands/repository.ts'

/** A folder with a Postfix configuration of its own, that no daemon reads. */
export interface MailHost {
  readonly folder: string
  /** The path of the table's text. */
  readonly table: string
  /** Runs a command line of ours there. */
  readonly tlspolicy: (...argv: readonly string[]) => Promise<Result>
  /** What the installed index answers for each key. */
  readonly ask: (keys: readonly string[]) => ReadonlyMap<string, string>
  /** Names in the folder of the table that neither Postfix nor a table needs. */
  readonly leftovers: () => readonly string[]
  readonly configure: (settings: Readonly<Record<string, string>>, master?: string) => void
  readonly env: Record<string, string>
}

const master = 'smtp unix - - n - - smtp\ntlsproxy unix - - n - 0 tlsproxy\n'

/** A mail host with a table of a type, gone when the test is. `parent` is where its folder is made. */
export function makeMailHost(type = 'lmdb', parent = tmpdir()): MailHost {
  const folder = mkdtempSync(join(parent, 'tlspolicy-host-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const table = join(folder, 'tables', 'tls_policy')
  mkdirSync(join(folder, 'tables'))
  mkdirSync(join(folder, 'etc'))
  const env: Record<string, string> = {
    PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin`,
    HOME: folder,
    MAIL_CONFIG: join(folder, 'etc'),
  }
  const defaults = {
    compatibility_level: '3.6',
    default_database_type: 'lmdb',
    queue_directory: join(folder, 'queue'),
    smtp_tls_policy_maps: `${type}:${table}`,
    smtp_tls_security_level: 'dane',
    smtp_dns_support_level: 'dnssec',
    smtp_tls_CAfile: '/etc/ssl/ca.pem',
    smtp_tls_fingerprint_digest: 'sha256',
  }
  const configure: MailHost['configure'] = (settings, services = master) => {
    const lines = Object.entries({ ...defaults, ...settings }).map(pair => pair.join(' = '))
    const main = join(folder, 'etc', 'main.cf')
    writeFileSync(main, `${lines.join('\n')}\n`)
    // Postfix's commands read a file again and again that was written within the last second.
    utimesSync(main, 1_700_000_000, 1_700_000_000)
    writeFileSync(join(folder, 'etc', 'master.cf'), services)
  }
  configure({})
  return {
    folder,
    table,
    env,
    configure,
    tlspolicy: async (...argv) => {
      const out = { stdout: '', stderr: '' }
      const status = await run(argv, {
        cwd: folder,
        env,
        stdout: { write: text => (out.stdout += text) },
        stderr: { write: text => (out.stderr += text) },
        today: () => '2026-11-22',
        now: () => new Date('2026-11-22T12:00:00Z'),
      })
      return { status, ...out }
    },
    ask: keys => askIndex(`${type}:${table}`, keys, env),
    leftovers: () =>
      readdirSync(join(folder, 'tables')).filter(name => /^\.|\.lock|tmp/.test(name)),
  }
}

/** What the lock of a deploy holds that ended without releasing it. */
export function deadHolder(): Readonly<Record<string, unknown>> {
  const { pid } = spawnSync('true')
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  return {
    ...{ id: '00000000-0000-4000-8000-000000000000', pid, host: hostname(), boot },
    space: readlinkSync('/proc/self/ns/pid'),
    ...{ started: '1', user: 'root', since: '2026-11-01T00:00:00Z' },
  }
}

/** What `postmap -q -` answers. Throws where the table cannot be read. */
export function askIndex(
  table: string,
  keys: readonly string[],
  env: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const options = {
    env,
    input: `${keys.join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: 2 ** 27,
  } as const
  const { stdout, stderr } = spawnSync('postmap', ['-q', '-', table], options)
  if (/fatal/.test(stderr)) throw new Error(stderr)
  const lines = stdout.split('\n').filter(line => line !== '')
  return new Map(lines.map(line => [line.split('\t', 1).join(), line.replace(/^[^\t]*\t/, '')]))
}

/** The policies folder below the host's, in a Git repository with one commit for each call. */
export function commitPolicies(
  host: MailHost,
  files: Readonly<Record<string, string | null>>,
): string {
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', host.folder, ...args], {
      env: { ...host.env, GIT_CONFIG_NOSYSTEM: '1' },
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim()
  mkdirSync(join(host.folder, 'policies'), { recursive: true })
  git('init', '--quiet', '--initial-branch=main')
  git('config', 'user.name', 'Ann')
  git('config', 'user.email', 'ann@example.org')
  writePolicies(host, files)
  git('add', '--all', 'policies')
  git('commit', '--quiet', '--allow-empty', '--message', 'Change the policies')
  return git('rev-parse', 'HEAD')
}

/** Writes files below the policies folder; null removes one. */
export function writePolicies(
  { folder }: MailHost,
  files: Readonly<Record<string, string | null>>,
): void {
  mkdirSync(join(folder, 'policies'), { recursive: true })
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, 'policies', name)
    if (text === null) rmSync(path)
    else writeFileSync(path, text)
  }
}

/** The text of an override. */
export function override(destination: string, policy: string, more = ''): string {
  return `destination: ${destination}
policy: ${policy}
${more}justification: Their certificate expired, and the new one is announced for Friday.
review_date: 2026-12-15
`
}
