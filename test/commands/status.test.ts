import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { describeWithPostfix } from '../postfix/available.ts'
import type { MailHost } from '../postfix/host.ts'
import { commitPolicies, makeMailHost, override } from '../postfix/host.ts'

const schema = JSON.parse(
  readFileSync(new URL('../../schema/status.schema.json', import.meta.url), 'utf8'),
)

/** The kinds of drift, of an answer that is as the schema says. */
async function driftOf(host: MailHost, ...argv: readonly string[]): Promise<readonly string[]> {
  const { status, stdout, stderr } = await host.tlspolicy('status', '--format', 'json', ...argv)
  expect(stderr).toBe('')
  const answer = JSON.parse(stdout)
  expect(new Ajv().validate(schema, answer), stdout).toBe(true)
  const kinds = answer.differences.map(({ kind }: { kind: string }) => kind)
  expect({ status, drift: answer.drift }).toEqual({
    status: kinds.length > 0 ? 1 : 0,
    drift: kinds.length > 0,
  })
  return kinds
}

async function deployed(): Promise<MailHost> {
  const host = makeMailHost()
  commitPolicies(host, {
    'a.yaml': override('a.example', 'may'),
    'b.yaml': override('b.example', 'may'),
  })
  expect(await driftOf(host)).toEqual(['not-installed'])
  expect(await host.tlspolicy('deploy')).toMatchObject({ status: 0 })
  expect(await driftOf(host, '--deep')).toEqual([])
  return host
}

describeWithPostfix('status', () => {
  test('tells each entry that Git has otherwise', async () => {
    const host = await deployed()
    commitPolicies(host, {
      'a.yaml': null,
      'b.yaml': override('b.example', 'none'),
      'c.yaml': override('c.example', 'none'),
    })
    expect((await driftOf(host)).toSorted()).toEqual(['changed', 'extra', 'missing'])
  })

  test('tells an index that was built of another text, and is content with one of the same', async () => {
    const host = await deployed()
    const text = readFileSync(host.table)
    execFileSync('postmap', [`lmdb:${host.table}`], { env: host.env })
    expect(await driftOf(host)).toEqual([])
    writeFileSync(host.table, String(text).replace('a.example may', 'a.example none'))
    execFileSync('postmap', [`lmdb:${host.table}`], { env: host.env })
    writeFileSync(host.table, text)
    expect(await driftOf(host)).toEqual(['index'])
    rmSync(`${host.table}.lmdb`)
    expect(await driftOf(host)).toEqual(['index'])
    expect(await host.tlspolicy('deploy')).toMatchObject({ status: 0 })
    expect(await driftOf(host)).toEqual([])
  })

  test('tells what was edited by hand, a deploy that was interrupted and an unused table', async () => {
    const host = await deployed()
    const text = readFileSync(host.table, 'utf8')
    writeFileSync(host.table, `${text}mine.example none\n`)
    expect(await driftOf(host)).toContain('edited')
    writeFileSync(host.table, text)
    utimesSync(host.table, 1, 1)
    expect(await driftOf(host)).toEqual([])
    const manifest = `${host.table}.tlspolicy.json`
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"done"', '"pending"'))
    expect(await driftOf(host)).toEqual(['interrupted'])
    expect(await host.tlspolicy('deploy')).toMatchObject({ status: 0 })
    host.configure({ smtp_tls_policy_maps: 'lmdb:/etc/postfix/other' })
    expect(await driftOf(host, '--to', `lmdb:${host.table}`)).toEqual(['unused'])
  })

  test('tells what is in force where a text was edited and not indexed', async () => {
    const host = await deployed()
    const text = readFileSync(host.table, 'utf8')
    writeFileSync(host.table, `${text.replace(/^a.example .*$/m, '')}mine.example none\n`)
    const { stdout } = await host.tlspolicy('status')
    const words = stdout.replace(/\n +/g, ' ')
    expect(words).toContain('the index answers nothing for mine.example, and its text says "none"')
    expect(words).toContain('the index answers "may" for a.example, and its text says nothing')
  })

  test.each(['', 'garbage'])('tells an index that cannot be read: %j', async content => {
    const host = await deployed()
    writeFileSync(`${host.table}.lmdb`, content)
    const { status, stdout } = await host.tlspolicy('status', '--format', 'json')
    expect({ status, ...JSON.parse(stdout) }).toMatchObject({
      ...{ status: 1, drift: true },
      differences: [{ kind: 'index', message: expect.stringContaining('Postfix defers mail') }],
    })
    const repaired = await host.tlspolicy('deploy')
    expect(repaired.stdout).toContain('is the same; its index is made anew\n')
    expect(await driftOf(host)).toEqual([])
  })

  test('tells a manifest that is damaged, and shows nothing of it as it is', async () => {
    const host = await deployed()
    const manifest = `${host.table}.tlspolicy.json`
    const text = readFileSync(manifest, 'utf8')
    const hostile = text.replace(/"user": "/, '$&\\u001b[31m').replace('"done"', '"pending"')
    writeFileSync(manifest, hostile)
    for (const words of [['status'], ['deploy', '--dry-run']])
      expect((await host.tlspolicy(...words)).stdout).toMatch(/by \\u001b\[31m\w+/)
    writeFileSync(manifest, text.slice(0, 100))
    const { stdout } = await host.tlspolicy('status')
    expect(stdout).toContain(`not-ours: the manifest of ${host.table}`)
    expect(await host.tlspolicy('deploy')).toMatchObject({ status: 0 })
    expect(await driftOf(host)).toEqual([])
  })
})
