import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { formatTable } from '../../src/table/text.ts'
import { judge } from '../judgement.ts'
import { describeWithPostfix } from './available.ts'
import type { MailHost } from './host.ts'
import { makeMailHost, override } from './host.ts'

function compileTable(host: MailHost, policy: string, size = 3): string {
  const keys = [...Array(size).keys()].map(index => `d${index}.example`)
  const files = keys.map(key => override(key, policy))
  const path = join(host.folder, policy)
  writeFileSync(path, formatTable(judge(files).entries))
  return path
}

const options = ['deploy', '--policies', 'nowhere', '--allow-large-change', '--table']

/** A host on which a table of `may` is installed, and one of `encrypt` is to be. */
async function prepare() {
  const host = makeMailHost()
  expect(await host.tlspolicy(...options, compileTable(host, 'may'))).toMatchObject({ status: 0 })
  const next = compileTable(host, 'encrypt')
  const policy = () => host.ask(['d0.example']).get('d0.example')
  return { host, next, policy, deploy: () => host.tlspolicy(...options, next) }
}

describeWithPostfix('deploy', () => {
  const postmaps: readonly (readonly [string, string, string])[] = [
    ['dies halfway', 'head -c 5000 "$REAL.lmdb" > "$2.lmdb"; kill -9 $$', 'it was killed'],
    ['ends well with half an index', 'true > "$2.lmdb"', 'postmap cannot read'],
    ['makes no index', 'exit 0', 'made no tls_policy.lmdb'],
    [
      'finds no space',
      'echo "postmap: fatal: write: No space left on device" >&2; exit 1',
      'No space',
    ],
  ]
  test.each(postmaps)('does not trust a postmap that %s', async (_, script, words) => {
    const prepared = await prepare()
    const { host } = prepared
    const bin = join(host.folder, 'bin')
    mkdirSync(bin)
    const text = `#!/bin/sh
[ "$1" = -q ] && exec /usr/sbin/postmap "$@"
set -- "$1" "\${1#*:}"
REAL=${host.table}
${script}
`
    writeFileSync(join(bin, 'postmap'), text, { mode: 0o755 })
    const { PATH = '' } = host.env
    host.env.PATH = `${bin}:${PATH}`
    const { status, stderr } = await prepared.deploy()
    host.env.PATH = PATH
    expect({ status, stderr }).toEqual({ status: 3, stderr: expect.stringContaining(words) })
    expect(stderr).toContain('the installed table is as it was')
    expect(prepared.policy()).toBe('may')
    expect(host.leftovers()).toEqual([])
    expect(await prepared.deploy()).toMatchObject({ status: 0 })
  })

  test('has installed the table though postqueue cannot be run', async () => {
    const { host, deploy, policy } = await prepare()
    const bin = join(host.folder, 'bin')
    mkdirSync(bin)
    symlinkSync('postqueue', join(bin, 'postqueue'))
    host.env.PATH = `${bin}:${host.env.PATH ?? ''}`
    const { status, stdout } = await deploy()
    expect(status).toBe(0)
    expect(stdout).toMatch(/the mail that waits is unknown: .*postqueue.*ELOOP.*; postqueue -f/)
    expect(policy()).not.toBe('may')
  })

  test('says at once that there is no such folder', async () => {
    const { host, next } = await prepare()
    const begin = performance.now()
    const { status, stderr } = await host.tlspolicy(...options, next, '--to', 'lmdb:/nowhere/table')
    expect({ status, stderr }).toEqual({ status: 3, stderr: expect.stringContaining('no such') })
    expect(performance.now() - begin).toBeLessThan(8000)
  })
})
