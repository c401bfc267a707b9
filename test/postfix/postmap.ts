import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

export interface IndexedTable {
  /** The answers to keys; undefined where the table has none. */
  readonly ask: (keys: readonly string[]) => readonly (string | undefined)[]
  /** Each key, a tab and its value, sorted; a key may hold a tab after a backslash. */
  readonly dump: () => readonly string[]
}

const env = { PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin`, LC_ALL: 'C' }

/** A table as the installed postmap indexes it, with a configuration of its own. */
export function indexTable(text: string | Uint8Array, type = 'lmdb'): IndexedTable {
  const folder = mkdtempSync(join(tmpdir(), 'tlspolicy-postmap-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'main.cf'), 'compatibility_level = 3.6\n')
  writeFileSync(join(folder, 'table'), text)
  const table = `${type}:${join(folder, 'table')}`
  execFileSync('postmap', ['-c', folder, table], { env, stdio: ['ignore', 'ignore', 'ignore'] })
  const read = (args: readonly string[], input = '') =>
    spawnSync('postmap', ['-c', folder, ...args, table], { env, input, encoding: 'utf8' }).stdout
  return {
    ask: keys => {
      const answers = pairs(read(['-q', '-'], keys.map(key => `${key}\n`).join('')))
      return keys.map(key => answers.get(key))
    },
    dump: () => linesOf(read(['-s'])).toSorted(),
  }
}

function pairs(text: string): Map<string, string> {
  return new Map(
    linesOf(text).map(line => {
      const at = line.indexOf('\t')
      return [line.slice(0, at), line.slice(at + 1)] as const
    }),
  )
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter(line => line !== '')
}
