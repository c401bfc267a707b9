import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { describeWithPostfix } from '../postfix/available.ts'
import { commitPolicies, makeMailHost, override, writePolicies } from '../postfix/host.ts'

const types = ['lmdb', 'cdb', 'hash', 'btree'] as const

describeWithPostfix('deploy', () => {
  test.each(types)('installs, replaces and puts back a %s table', async type => {
    const host = makeMailHost(type)
    const first = commitPolicies(host, { 'a.yaml': override('a.example', 'may') })
    const deployed = await host.tlspolicy('deploy')
    expect(deployed).toMatchObject({ status: 0, stderr: '' })
    expect(deployed.stdout).toContain('new override for a.example')
    expect(host.ask(['a.example'])).toEqual(new Map([['a.example', 'may']]))
    const manifest = JSON.parse(readFileSync(`${host.table}.tlspolicy.json`, 'utf8'))
    expect(manifest).toMatchObject({ state: 'done', commit: first, entries: 1, uncommitted: false })
    expect(await host.tlspolicy('status')).toMatchObject({ status: 0 })

    const again = await host.tlspolicy('deploy')
    expect(again.status).toBe(0)
    expect(again.stdout).toContain('nothing to do')

    commitPolicies(host, { 'a.yaml': null, 'b.yaml': override('b.example', 'encrypt') })
    expect(await host.tlspolicy('status')).toMatchObject({ status: 1 })
    const second = await host.tlspolicy('deploy')
    expect(second).toMatchObject({ status: 0, stderr: '' })
    expect(second.stdout).toContain('override for a.example removed')
    expect(host.ask(['a.example', 'b.example'])).toEqual(new Map([['b.example', 'encrypt']]))

    const back = await host.tlspolicy('deploy', '--rollback')
    expect(back).toMatchObject({ status: 0, stderr: '' })
    expect(back.stdout).toContain('or the next deploy brings it back\n')
    expect(host.ask(['a.example', 'b.example'])).toEqual(new Map([['a.example', 'may']]))
    expect(await host.tlspolicy('status')).toMatchObject({ status: 1 })
    expect(await host.tlspolicy('deploy', '--rollback')).toMatchObject({ status: 0, stderr: '' })
    expect(host.ask(['a.example', 'b.example'])).toEqual(new Map([['b.example', 'encrypt']]))
    expect(await host.tlspolicy('status')).toMatchObject({ status: 0 })
    expect(host.leftovers()).toEqual([])
  })

  test('an index that is made anew leaves the previous table where it is', async () => {
    const host = makeMailHost()
    commitPolicies(host, { 'a.yaml': override('a.example', 'may') })
    expect(await host.tlspolicy('deploy')).toMatchObject({ status: 0 })
    commitPolicies(host, { 'a.yaml': override('a.example', 'none') })
    expect(await host.tlspolicy('deploy')).toMatchObject({ status: 0 })
    rmSync(`${host.table}.lmdb`)
    const repaired = await host.tlspolicy('deploy')
    expect(repaired.stdout).toContain('its index is made anew')
    expect(repaired.stdout).not.toContain('is kept as')
    rmSync(`${host.table}.lmdb`)
    const manifest = `${host.table}.tlspolicy.json`
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"done"', '"pending"'))
    expect(await host.tlspolicy('deploy')).toMatchObject({ status: 0, stderr: '' })
    expect(await host.tlspolicy('deploy', '--rollback')).toMatchObject({ status: 0 })
    expect(host.ask(['a.example'])).toEqual(new Map([['a.example', 'may']]))
  })

  test('a dry run prints the plan and changes nothing', async () => {
    const host = makeMailHost()
    commitPolicies(host, { 'a.yaml': override('a.example', 'none') })
    const before = host.leftovers()
    const { status, stdout } = await host.tlspolicy('deploy', '--dry-run')
    expect(status).toBe(0)
    expect(stdout).toContain('weaker: new override for a.example')
    expect(stdout).toContain('nothing was changed')
    expect(() => readFileSync(host.table)).toThrow('ENOENT')
    expect(host.leftovers()).toEqual(before)
  })

  test('takes a compiled table on a host without policies', async () => {
    const host = makeMailHost()
    writePolicies(host, { 'a.yaml': override('a.example', 'may') })
    await host.tlspolicy('compile', '--output', 'compiled')
    const options = ['--table', 'compiled', '--policies', 'nowhere']
    expect(await host.tlspolicy('deploy', ...options)).toMatchObject({ status: 0, stderr: '' })
    expect(host.ask(['a.example'])).toEqual(new Map([['a.example', 'may']]))
    expect(await host.tlspolicy('status', ...options)).toMatchObject({ status: 0 })
  })
})
