import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import overrideSchema from '../schema/override.schema.json' with { type: 'json' }
import settingsSchema from '../schema/settings.schema.json' with { type: 'json' }
import { rules } from '../src/check/rules.ts'
import { run } from '../src/cli.ts'
import { kinds } from '../src/language/kind.ts'
import { parameterFacts, parameterNames } from '../src/language/parameters.ts'
import { policies } from '../src/language/policy.ts'
import { defaultSettings } from '../src/language/settings.ts'
import { outcomesOf } from '../src/outcomes/acting.ts'

const project = join(import.meta.dirname, '..')
const path = join(project, 'README.md')

/** A copy of the overrides with a history of one commit, for what the examples tell of it. */
let repository = ''

beforeAll(() => {
  repository = mkdtempSync(join(tmpdir(), 'tlspolicy-readme-'))
  cpSync(join(project, 'policies'), join(repository, 'policies'), { recursive: true })
  const env = {
    PATH: process.env.PATH,
    HOME: repository,
    GIT_AUTHOR_NAME: 'Ann Example',
    GIT_AUTHOR_EMAIL: 'ann@example.org',
    GIT_COMMITTER_NAME: 'Ann Example',
    GIT_COMMITTER_EMAIL: 'ann@example.org',
    GIT_AUTHOR_DATE: '2026-11-18T12:00:00Z',
    GIT_COMMITTER_DATE: '2026-11-18T12:00:00Z',
  }
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: repository, env })
  git('init', '--quiet', '--initial-branch=main')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'Mail to broken-dane.example goes out again (#42)')
})
afterAll(() => rmSync(repository, { recursive: true }))

interface Schema {
  readonly description?: string
  readonly default?: unknown
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n')
}

const code = (text: string) => `\`${text}\``

function fieldRows({ properties = {}, required = [] }: Schema, prefix = ''): string[][] {
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = `${prefix}${name}`
    if (field.properties && name !== 'parameters') return fieldRows(field, `${path}.`)
    const needed = required.includes(name) ? 'mandatory' : ''
    const fallback = field.default === undefined ? needed : code(JSON.stringify(field.default))
    return [[code(path), fallback, (field.description ?? '').replaceAll('|', '\\|')]]
  })
}

/** The blocks that the tool writes, by the name of the comment before them. */
const blocks: Readonly<Record<string, () => string>> = {
  rules: () =>
    table(
      ['rule', '', 'what it finds'],
      Object.entries(rules).map(([id, { severity, summary }]) => [
        code(id),
        severity,
        summary.replaceAll('*', '\\*').replaceAll('|', '\\|'),
      ]),
    ),
  fields: () => table(['field', '', ''], fieldRows(overrideSchema)),
  settings: () => table(['key', 'default', ''], fieldRows(settingsSchema)),
  outcomes: () =>
    table(
      ['', ...policies.map(code)],
      kinds.map(kind => [
        code(kind),
        ...policies.map(policy => outcomesOf({ policy, parameters: {} }, defaultSettings)[kind]),
      ]),
    ),
  parameters: () =>
    table(
      ['parameter', 'since', 'at', 'several values are', ''],
      parameterNames.map(name => {
        const { since, policies: admitted, several } = parameterFacts[name]
        const all = admitted.length === policies.length - 1
        const levels = all ? 'all but `none`' : admitted.map(code).join(', ')
        const from = since === '3.4' ? '' : `Postfix ${since}`
        const { description } = overrideSchema.properties.parameters.properties[name]
        return [code(name), from, levels, several, description]
      }),
    ),
}

async function runExample(line: string, cwd: string): Promise<string> {
  let output = ''
  const stream = { write: (text: string) => (output += text) }
  const world = {
    cwd,
    env: { PATH: process.env.PATH },
    stdout: stream,
    stderr: stream,
    today: () => '2026-11-22' as const,
    now: () => new Date('2026-11-22T12:00:00Z'),
  }
  await run(line.split(' ').slice(2), world)
  return output
}

/** Replaces each match by what is made of it, one after the other. */
async function replaceAll(
  text: string,
  pattern: RegExp,
  make: (found: readonly string[]) => string | Promise<string>,
): Promise<string> {
  let result = text
  for (const found of text.matchAll(pattern)) {
    const made = await make(found.map(part => part ?? ''))
    result = result.replace(found[0], () => made)
  }
  return result
}

/** The README with everything in it that the tool says; a comment names the folder of an example. */
async function rewrite(readme: string): Promise<string> {
  const withTables = await replaceAll(
    readme,
    /<!-- (\w+) -->\n(?:\n\|[\s\S]*?<!-- end -->\n)?/g,
    ([whole = '', name = '']) =>
      blocks[name] ? `<!-- ${name} -->\n\n${blocks[name]()}\n\n<!-- end -->\n` : whole,
  )
  const withFiles = await replaceAll(
    withTables,
    /```yaml\n# (policies\/\S+)\n[\s\S]*?```/g,
    ([, file = '']) => `\`\`\`yaml\n# ${file}\n${readFileSync(join(project, file), 'utf8')}\`\`\``,
  )
  return replaceAll(
    withFiles,
    /(?:<!-- in (\S+) -->\n)?```console\n(\$ tlspolicy .*)\n[\s\S]*?```/g,
    async ([, folder = '', line = '']) => {
      const comment = folder === '' ? '' : `<!-- in ${folder} -->\n`
      const output = await runExample(line, folder === '' ? repository : join(project, folder))
      return `${comment}\`\`\`console\n${line}\n${output}\`\`\``
    },
  )
}

test('the tables and examples of the README are what the tool says', async () => {
  const rewritten = await rewrite(readFileSync(path, 'utf8'))
  // `vitest -u` writes them anew.
  await expect(rewritten).toMatchFileSnapshot(path)
})
