import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { rules } from '../src/check/rules.ts'
import { run } from '../src/cli.ts'
import { largestFile } from '../src/language/source.ts'

/** Root may read everything, so that the system's refusal is played where a name says "locked". */
vi.mock('node:fs', async importOriginal => {
  const real = await importOriginal<typeof fs>()
  const refusing =
    <Arguments extends readonly unknown[], Result>(call: (...args: Arguments) => Result) =>
    (...args: Arguments): Result => {
      if (/\blocked\b/.test(String(args[0]))) throw new Error('EACCES: permission denied')
      return call(...args)
    }
  return { ...real, openSync: refusing(real.openSync), readdirSync: refusing(real.readdirSync) }
})

const cases = join(import.meta.dirname, 'cases')

const override = `destination: partner.example
policy: may
justification: Their TLSA record names the certificate of last year; postmaster told on 2026-11-18.
review_date: 2026-12-15
`

/** Files of a case that not every file system or checkout can hold; they are made in a copy of it. */
const unstorable: Readonly<Record<string, (policies: string) => void>> = {
  'not-a-file': policies => void execFileSync('mkfifo', [join(policies, 'partner.yaml')]),
  unreadable: write({ 'locked.yaml': override, 'locked/partner.yaml': override }),
  'too-large': write({
    'with-the-log.yaml': `${override}# ${'warning: certificate not verified '.repeat(largestFile / 32)}`,
  }),
  'file-name': write({
    'partner\n.yaml': override,
    'partner\u001b[2K.yaml': override,
    'partner\u200b.yaml': override,
    'teams\u202e/partner.yaml': override,
  }),
  'path-collision': write({
    'Partner.yaml': override.replace('15', '14'),
    'partner.yaml': override.replace('partner', 'e'),
    'm\u00fcnchen.yaml': override.replace('partner', 'a'),
    'mu\u0308nchen.yaml': override.replace('partner', 'b'),
    'Teams/billing.yaml': override.replace('partner', 'c'),
    'teams/sales.yaml': override.replace('partner', 'd'),
  }),
}

function write(files: Readonly<Record<string, string>>): (policies: string) => void {
  return policies => {
    for (const [path, text] of Object.entries(files)) {
      fs.mkdirSync(join(policies, path, '..'), { recursive: true })
      fs.writeFileSync(join(policies, path), text)
    }
  }
}

const copies: string[] = []
afterAll(() => {
  for (const copy of copies) fs.rmSync(copy, { recursive: true })
})

/** The folder in which a case runs. */
function folderOf(id: string): string {
  const make = unstorable[id]
  if (!make) return join(cases, id)
  const copy = fs.mkdtempSync(join(tmpdir(), 'case-'))
  copies.push(copy)
  fs.mkdirSync(join(copy, 'policies'))
  make(join(copy, 'policies'))
  return copy
}

/** Runs the command in the first line of the page, and writes the page again. */
async function play(id: string): Promise<string> {
  const page = fs.readFileSync(join(cases, id, 'check.out'), 'utf8')
  const command = page.split('\n', 1)[0] ?? ''
  const argv = command.split(' ').slice(2)
  const output: string[] = []
  const stream = { write: (text: string) => output.push(text) }
  const status = await run(argv, {
    cwd: folderOf(id),
    env: {},
    stdout: stream,
    stderr: stream,
    now: () => new Date('2026-11-22T12:00:00Z'),
    today: () => {
      throw new Error('a case names its day')
    },
  })
  return `${command}\n${output.join('')}status: ${status}\n`
}

function rulesNamed(page: string): ReadonlySet<string> {
  return new Set(
    [...page.matchAll(/^(?:error|warning|notice)\[(.+?)\]/gm)].map(([, id]) => id ?? ''),
  )
}

test.each(Object.keys(rules))('%s', async id => {
  const page = await play(id)
  await expect(page).toMatchFileSnapshot(join(cases, id, 'check.out'))
  expect([...rulesNamed(page)]).toEqual([id])
})

const others = fs.readdirSync(cases).filter(id => !(id in rules))

test.each(others)('%s', async id => {
  expect(id, 'a folder belongs to a rule, or shows what is right').toMatch(/^ok(-|$)/)
  const page = await play(id)
  await expect(page).toMatchFileSnapshot(join(cases, id, 'check.out'))
  expect(page).toMatch(/^\d+ overrides?, no faults\nstatus: 0\n$/m)
})
