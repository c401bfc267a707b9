import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { formatTable } from '../../src/table/text.ts'
import { judge } from '../judgement.ts'
import { describeWithPostfix } from './available.ts'
import type { MailHost } from './host.ts'
import { askIndex, deadHolder, makeMailHost, override } from './host.ts'

const dying = join(import.meta.dirname, 'dying.mjs')

/** Random moments at which a deploy is killed; TLSPOLICY_MOMENTS asks for more. */
const moments = Number(process.env.TLSPOLICY_MOMENTS ?? 8)

/** A compiled table; no key has the same value in two of them, and each has a key of its own. */
function compileTable(host: MailHost, name: string, policy: string, size: number): string {
  const keys = [...Array(size).keys()].map(index => `d${index}.example`)
  const files = keys.flatMap((_, index) =>
    index % 100 === 0 ? [override(JSON.stringify(keys.slice(index, index + 100)), policy)] : [],
  )
  const { entries } = judge([...files, override(`${name}.example`, policy)])
  const path = join(host.folder, name)
  writeFileSync(path, formatTable(entries))
  return path
}

const options = ['--allow-large-change', '--policies', 'nowhere', '--table']

interface Outcome {
  readonly code: number | null
  readonly signal: string | null
}

async function deployAndDie(host: MailHost, table: string, moment: number): Promise<Outcome> {
  const args = [dying, String(moment), 'deploy', ...options, table]
  const child = spawn(process.execPath, args, { cwd: host.folder, env: host.env, stdio: 'ignore' })
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  return { code, signal }
}

/** Which of the tables answers every key; undefined for a mixture. */
function whichAnswers(host: MailHost, type: string, size: number): string | undefined {
  const keys = [...Array(size).keys()].map(index => `d${index}.example`)
  const own = ['old.example', 'new.example']
  const answers = askIndex(`${type}:${host.table}`, [...keys, ...own], host.env)
  const values = new Set(keys.map(key => answers.get(key)))
  const found = own.filter(key => answers.has(key)).join()
  if (values.size !== 1) return undefined
  const told = `${[...values].join()} ${found}`
  return { 'may old.example': 'old', 'encrypt new.example': 'new' }[told]
}

describeWithPostfix('a deploy that is killed', () => {
  test.each(['lmdb', 'cdb', 'hash'])(
    'leaves the old %s table or the new one at every step, and the next one ends it',
    async type => {
      const host = makeMailHost(type)
      const [old, next] = [
        compileTable(host, 'old', 'may', 20),
        compileTable(host, 'new', 'encrypt', 20),
      ]
      expect(await host.tlspolicy('deploy', ...options, old)).toMatchObject({ status: 0 })
      const seen = new Set<string | undefined>()
      // The other types differ in the index alone, so that every seventh step will do.
      for (let moment = 1; ; moment += type === 'lmdb' ? 1 : 7) {
        const { signal, code } = await deployAndDie(host, next, moment)
        const answering = whichAnswers(host, type, 20)
        seen.add(answering)
        expect(answering, `at step ${moment}`).toBeDefined()
        if (signal === null) {
          expect({ code, answering }).toEqual({ code: 0, answering: 'new' })
          expect(moment).toBeGreaterThan(20)
          break
        }
        const ended = await host.tlspolicy('deploy', ...options, next)
        expect(ended, `after step ${moment}`).toMatchObject({ status: 0, stderr: '' })
        expect(whichAnswers(host, type, 20)).toBe('new')
        expect(host.leftovers(), `after step ${moment}`).toEqual([])
        const back = await host.tlspolicy('deploy', '--rollback', ...options.slice(0, 1))
        expect(back, `back after step ${moment}`).toMatchObject({ status: 0, stderr: '' })
        expect(whichAnswers(host, type, 20), `back after step ${moment}`).toBe('old')
      }
      expect([...seen].toSorted()).toEqual(['new', 'old'])
    },
    60_000,
  )

  test('leaves no lock behind where it was about to take over that of a dead one', async () => {
    const host = makeMailHost()
    const table = compileTable(host, 'old', 'may', 1)
    expect(await host.tlspolicy('deploy', ...options, table)).toMatchObject({ status: 0 })
    const lock = `${host.table}.tlspolicy.lock`
    for (const moment of [6, 7, 8]) {
      writeFileSync(lock, JSON.stringify(deadHolder()))
      // The second one dies while it takes over the claim of the first.
      await deployAndDie(host, table, moment)
      await deployAndDie(host, table, moment)
      const ended = await host.tlspolicy('deploy', ...options, table)
      expect(ended, `after step ${moment}`).toMatchObject({ status: 0, stderr: '' })
      expect(host.leftovers(), `after step ${moment}`).toEqual([])
    }
  }, 60_000)

  test('leaves the old table or the new one at any moment, with postmap killed too', async () => {
    const size = 20_000
    const host = makeMailHost()
    const tables = [
      compileTable(host, 'old', 'may', size),
      compileTable(host, 'new', 'encrypt', size),
    ]
    const begin = performance.now()
    for (const table of tables)
      expect(await deployAndDie(host, table, 0)).toEqual({ code: 0, signal: null })
    const longest = (performance.now() - begin) / 2
    const seen: (string | undefined)[] = []
    for (let count = 0; count < moments; count += 1) {
      const table = tables[count % 2] ?? ''
      const child = spawn(process.execPath, [dying, '0', 'deploy', ...options, table], {
        cwd: host.folder,
        env: host.env,
        stdio: 'ignore',
        detached: true,
      })
      const ended = once(child, 'exit')
      await sleep(longest * (0.3 + 0.8 * Math.random()))
      // Every other time all that it started dies with it.
      if (child.exitCode === null && child.pid)
        process.kill(count % 4 < 2 ? -child.pid : child.pid, 'SIGKILL')
      await ended
      seen.push(whichAnswers(host, 'lmdb', size))
    }
    expect(seen.filter(answering => answering === undefined)).toEqual([])
    expect(await host.tlspolicy('deploy', ...options, tables[1] ?? '')).toMatchObject({ status: 0 })
    expect(whichAnswers(host, 'lmdb', size)).toBe('new')
    expect(host.leftovers()).toEqual([])
  }, 1_800_000)
})
