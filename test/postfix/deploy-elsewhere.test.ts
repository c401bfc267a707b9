import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeWithPostfix } from './available.ts'
import type { MailHost } from './host.ts'
import { commitPolicies, makeMailHost, override } from './host.ts'

/** Where Postfix sees the folder of its tables: a path that no test makes on this machine. */
const inside = '/mnt/conf'

/**
 * A command as `docker exec -i postfix`: it runs another in a file system of its own, in which the host's
 * folder of tables is `inside`, with an environment that is not ours. `input` is what becomes of its input.
 */
function makeContainer(host: MailHost, name: string, input = ''): string {
  const path = join(host.folder, name)
  const script = `#!/bin/sh
exec unshare --mount --propagation private sh -c '
mount -t tmpfs tmpfs /mnt && mkdir ${inside} /mnt/etc &&
mount --bind ${join(host.folder, 'tables')} ${inside} &&
mount --bind ${join(host.folder, 'etc')} /mnt/etc || exit 125
cd / && exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin MAIL_CONFIG=/mnt/etc "$@"' sh "$@" ${input}
`
  writeFileSync(path, script, { mode: 0o755 })
  return path
}

function prepare() {
  const host = makeMailHost()
  host.configure({ smtp_tls_policy_maps: `lmdb:${inside}/tls_policy` })
  const container = makeContainer(host, 'container')
  // Only in the container is there a Postfix with a configuration.
  host.env.MAIL_CONFIG = '/nowhere'
  commitPolicies(host, { 'a.yaml': override('a.example', 'may') })
  const there = ['--exec', container]
  return { host, there, both: [...there, '--folder', 'tables'] }
}

describeWithPostfix('deploy to a Postfix in a container', () => {
  test('installs, replaces and puts back a table in a folder that is mounted there', async () => {
    const { host, both } = prepare()
    const first = await host.tlspolicy('deploy', ...both)
    expect(first).toMatchObject({ status: 0, stderr: '' })
    expect(first.stdout).toContain(`installed ${host.table}: 1 entry of commit`)
    expect(await host.tlspolicy('status', '--deep', ...both)).toMatchObject({ status: 0 })
    commitPolicies(host, { 'a.yaml': override('a.example', 'encrypt') })
    expect(await host.tlspolicy('deploy', ...both)).toMatchObject({ status: 0, stderr: '' })
    const answer = () => host.ask(['a.example']).get('a.example')
    host.env.MAIL_CONFIG = join(host.folder, 'etc')
    expect(answer()).toBe('encrypt')
    const back = await host.tlspolicy('deploy', '--rollback', ...both)
    expect(back).toMatchObject({ status: 0, stderr: '' })
    expect(answer()).toBe('may')
    expect(host.leftovers()).toEqual([])
  })

  test('tells how to name the folder', async () => {
    const { host, there } = prepare()
    const advice = /name with --folder the (?:one|folder) that .* "?\/mnt\/conf/
    for (const command of ['deploy', 'status'])
      expect(await host.tlspolicy(command, ...there)).toMatchObject({
        status: 3,
        stderr: expect.stringMatching(advice),
      })
    mkdirSync(join(host.folder, 'other'))
    const wrong = await host.tlspolicy('deploy', ...there, '--folder', 'other')
    expect(wrong).toMatchObject({ status: 3, stderr: expect.stringMatching(advice) })
  })

  test('tells that the container does not pass on its input', async () => {
    const { host } = prepare()
    const deaf = makeContainer(host, 'deaf', '</dev/null')
    const found = await host.tlspolicy('deploy', '--exec', deaf, '--folder', 'tables')
    expect(found).toMatchObject({ status: 3, stderr: expect.stringContaining('"docker exec -i"') })
    expect(host.leftovers()).toEqual([])
  })
})
