import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formatTable } from '../../src/table/text.ts'
import { judge } from '../judgement.ts'
import { describeWith } from '../postfix/available.ts'
import type { Lab } from './lab.ts'
import { startLab } from './lab.ts'
import { LAB_NEEDS } from './needs.mjs'

const recipient = 'tlsa-match.test'
const others = [...Array(2000).keys()].map(index => `d${index}.example`)

/** How often the table is replaced; TLSPOLICY_REPLACEMENTS asks for more. */
const replacements = Number(process.env.TLSPOLICY_REPLACEMENTS ?? 40)

const override = (
  destinations: readonly string[],
  policy: string,
) => `destination: ${JSON.stringify(destinations)}
policy: ${policy}
justification: Their certificate expired, and the new one is announced for Friday.
review_date: 2026-12-15
`

describeWith(LAB_NEEDS, 'mail that flows while the table is replaced', () => {
  let lab: Lab
  let folder: string
  beforeAll(async () => {
    lab = await startLab()
    folder = mkdtempSync(join(tmpdir(), 'tlspolicy-flow-'))
  }, 60_000)
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await lab?.stop()
  })

  function compileTable(name: string, policy: string): string {
    const { entries } = judge([override([recipient], policy), override(others, policy)])
    const path = join(folder, name)
    writeFileSync(path, formatTable(entries))
    return path
  }

  test('is never deferred, and goes by one of the two tables', async () => {
    await lab.repair(recipient)
    const tables = [compileTable('plain', 'none'), compileTable('verified', 'dane-only')]
    const script = join(import.meta.dirname, 'replace.mjs')
    const env = ['env', `MAIL_CONFIG=${lab.postfixConfig}`, `HOME=${folder}`, process.execPath]
    const first = await lab.exec([...env, script, '1', ...tables], { cwd: folder })
    expect(first).toMatchObject({ status: 0, stdout: '1\n' })
    const replacing = lab.exec([...env, script, String(replacements), ...tables], { cwd: folder })
    let isOver = false
    const over = replacing.then(ended => {
      isOver = true
      return ended
    })
    const outcomes = new Map<string, number>()
    while (!isOver)
      for (const { status, outcome } of await lab.sendMany([recipient, recipient, recipient]))
        outcomes.set(`${status} ${outcome}`, (outcomes.get(`${status} ${outcome}`) ?? 0) + 1)
    expect(await over).toMatchObject({ stdout: `${replacements}\n`, stderr: '' })
    expect([...outcomes.keys()].sort()).toEqual(['sent plaintext', 'sent verified'])
    expect([...outcomes.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(20)
  }, 600_000)
})
