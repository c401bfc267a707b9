import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeWithPostfix } from '../postfix/available.ts'
import type { MailHost } from '../postfix/host.ts'
import { commitPolicies, makeMailHost, override, writePolicies } from '../postfix/host.ts'

/** A refusal names the option, changes nothing, and yields to it. */
async function expectRefusal(host: MailHost, option: string, ...argv: readonly string[]) {
  const files = () => [host.table, `${host.table}.lmdb`].map(path => read(path))
  const before = files()
  const refused = await host.tlspolicy('deploy', ...argv)
  expect(refused.status, refused.stdout + refused.stderr).toBe(1)
  expect(refused.stderr.replace(/\s+/g, ' ')).toContain(option)
  expect(files()).toEqual(before)
  const permitted = await host.tlspolicy('deploy', ...argv, option)
  expect(permitted, option).toMatchObject({ status: 0, stderr: '' })
  return refused
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

const ten = Object.fromEntries(
  [...Array(10).keys()].map(n => [`n${n}.yaml`, override(`n${n}.example`, 'encrypt')]),
)

describeWithPostfix('deploy refuses', () => {
  test('a table that people keep by hand, and puts it back with a rollback', async () => {
    const host = makeMailHost()
    writeFileSync(host.table, '# by hand\nold.example\tmay,ciphers=high\n')
    execFileSync('postmap', [`lmdb:${host.table}`], { env: host.env })
    commitPolicies(host, { 'a.yaml': override('a.example', 'may') })
    const { stderr } = await expectRefusal(host, '--adopt')
    expect(stderr).toContain('tlspolicy import')
    expect(await host.tlspolicy('deploy', '--rollback')).toMatchObject({ status: 0, stderr: '' })
    expect(readFileSync(host.table, 'utf8')).toContain('# by hand')
    expect(host.ask(['old.example'])).toEqual(new Map([['old.example', 'may,ciphers=high']]))
    await expectRefusal(host, '--adopt')
  })

  test('a table that was compiled and indexed by hand, and knows it for its own', async () => {
    const host = makeMailHost()
    commitPolicies(host, { 'a.yaml': override('a.example', 'may') })
    expect(await host.tlspolicy('compile', '-o', host.table)).toMatchObject({ status: 0 })
    commitPolicies(host, { 'a.yaml': override('a.example', 'encrypt') })
    const { status, stderr } = await host.tlspolicy('deploy')
    expect(status).toBe(1)
    expect(stderr.replace(/\n +/g, ' ')).toContain('compiled by tlspolicy, and put there by other')
    expect(stderr).toContain('--adopt')
    expect(stderr).not.toContain('import')
  })

  test('a table that was edited by hand', async () => {
    const host = makeMailHost()
    commitPolicies(host, { 'a.yaml': override('a.example', 'may') })
    expect(await host.tlspolicy('deploy')).toMatchObject({ status: 0 })
    writeFileSync(host.table, `${readFileSync(host.table, 'utf8')}mine.example none\n`)
    const status = await host.tlspolicy('status')
    expect(status.status).toBe(1)
    expect(status.stdout).toContain('edited')
    await expectRefusal(host, '--adopt')
    expect(readFileSync(`${host.table}.previous`, 'utf8')).toContain('mine.example none')
  })

  test('policies that are not committed, and calls them drift until they are', async () => {
    const host = makeMailHost()
    commitPolicies(host, { 'a.yaml': override('a.example', 'may') })
    writePolicies(host, { 'b.yaml': override('b.example', 'may') })
    await expectRefusal(host, '--uncommitted')
    expect((await host.tlspolicy('status')).stdout).toContain('uncommitted')
    commitPolicies(host, {})
    expect(await host.tlspolicy('status')).toMatchObject({ status: 0 })
    expect((await host.tlspolicy('deploy')).stdout).toContain('nothing to do')
    expect(readFileSync(`${host.table}.tlspolicy.json`, 'utf8')).toContain('"uncommitted": false')
  })

  test('a commit that is older than the installed one, or from another history', async () => {
    const host = makeMailHost()
    const first = commitPolicies(host, { 'a.yaml': override('a.example', 'may') })
    commitPolicies(host, { 'b.yaml': override('b.example', 'may') })
    expect(await host.tlspolicy('deploy')).toMatchObject({ status: 0 })
    execFileSync('git', ['-C', host.folder, 'reset', '--quiet', '--hard', first], { env: host.env })
    await expectRefusal(host, '--allow-older')
    rmSync(join(host.folder, '.git'), { recursive: true })
    commitPolicies(host, { 'c.yaml': override('c.example', 'may') })
    await expectRefusal(host, '--allow-older')
  })

  test('to remove or weaken more than three in ten entries, and an empty table', async () => {
    const host = makeMailHost()
    commitPolicies(host, ten)
    expect(await host.tlspolicy('deploy')).toMatchObject({ status: 0 })
    commitPolicies(host, {
      'n0.yaml': null,
      'n1.yaml': null,
      'n2.yaml': override('n2.example', 'none'),
    })
    expect(await host.tlspolicy('deploy')).toMatchObject({ status: 0 })
    commitPolicies(host, ten)
    expect(await host.tlspolicy('deploy')).toMatchObject({ status: 0 })
    commitPolicies(host, {
      'n0.yaml': null,
      'n1.yaml': null,
      'n2.yaml': override('n2.example', 'none'),
      'n3.yaml': override('n3.example', 'may'),
    })
    await expectRefusal(host, '--allow-large-change')
    commitPolicies(
      host,
      Object.fromEntries(
        Object.keys(ten)
          .slice(2)
          .map(name => [name, null]),
      ),
    )
    await expectRefusal(host, '--allow-large-change')
  })

  test('a table other than the reviewed one', async () => {
    const host = makeMailHost()
    commitPolicies(host, { 'a.yaml': override('a.example', 'may') })
    const wrong = await host.tlspolicy('deploy', '--expect', `sha256:${'0'.repeat(64)}`)
    expect(wrong.status).toBe(1)
    const digest = /sha256:[\da-f]{64}/.exec(wrong.stderr.replace(/\s+/g, ' '))?.[0] ?? ''
    expect(await host.tlspolicy('deploy', '--expect', digest)).toMatchObject({ status: 0 })
    const again = await host.tlspolicy('deploy', '--expect', '0'.repeat(64))
    expect(again.status).toBe(1)
    expect(await host.tlspolicy('deploy', '--expect', 'sha256:12')).toMatchObject({ status: 2 })
  })

  test('a table that was changed after it was compiled', async () => {
    const host = makeMailHost()
    writePolicies(host, { 'a.yaml': override('a.example', 'may') })
    await host.tlspolicy('compile', '--output', 'compiled')
    const path = join(host.folder, 'compiled')
    writeFileSync(path, `${readFileSync(path, 'utf8')}b.example none\n`)
    const refused = await host.tlspolicy('deploy', '--table', 'compiled')
    expect(refused.status).toBe(3)
    expect(refused.stderr).toContain('changed or cut')
  })

  interface Fault {
    readonly policy: string
    readonly more?: string
    readonly settings?: Readonly<Record<string, string>>
    readonly master?: string
  }
  const faults: readonly Fault[] = [
    { policy: 'dane-only', settings: { smtp_dns_support_level: '' } },
    { policy: 'secure', settings: { smtp_tls_CAfile: '' } },
    { policy: 'secure', more: 'parameters: { tafile: /nonexistent/ca.pem }\n' },
    {
      policy: 'may',
      more: 'parameters: { connection_reuse: "yes" }\n',
      master: 'smtp unix - - n - - smtp\n',
    },
    {
      policy: 'fingerprint',
      more: `parameters: { match: "${'ab'.repeat(32)}" }\n`,
      settings: { smtp_tls_fingerprint_digest: 'sha1' },
    },
  ]
  test.each(faults)('what this host would defer: $policy $more', async fault => {
    const { policy, more = '', settings = {}, master } = fault
    const host = makeMailHost()
    host.configure(settings, master)
    commitPolicies(host, { 'a.yaml': override('a.example', policy, more) })
    await expectRefusal(host, '--allow-host-faults')
  })

  test.each([
    ['texthash:/etc/postfix/tls_policy', 'postfix reload'],
    ['proxy:lmdb:/etc/postfix/tls_policy', 'proxymap'],
    ['', 'smtp_tls_policy_maps ='],
  ])('a host that reads %s', async (maps, words) => {
    const host = makeMailHost()
    host.configure({ smtp_tls_policy_maps: maps })
    commitPolicies(host, { 'a.yaml': override('a.example', 'may') })
    const refused = await host.tlspolicy('deploy')
    expect(refused.status).toBe(3)
    expect(refused.stderr).toContain(words)
  })

  test('nothing where main.cf and master.cf only overrule the table, but says so', async () => {
    const host = makeMailHost()
    host.configure(
      { smtp_tls_policy_maps: `socketmap:inet:127.0.0.1:8642:postfix, lmdb:${host.table}` },
      'smtp unix - - n - - smtp -o smtp_tls_security_level=may\n',
    )
    commitPolicies(host, { 'a.yaml': override('a.example', 'may') })
    const { status, stdout } = await host.tlspolicy('deploy')
    expect(status).toBe(0)
    const told = stdout.replace(/\s+/g, ' ')
    expect(told).toContain(
      `smtp_tls_policy_maps = lmdb:${host.table}, socketmap:inet:127.0.0.1:8642:postfix`,
    )
    expect(told).toContain('-o smtp_tls_security_level="may"')
    expect((await host.tlspolicy('status')).status).toBe(1)
  })
})
