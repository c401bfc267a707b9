import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'

const source = join(import.meta.dirname, '../src')

/** The floors of the house, the lower ones last; a file imports from its own floor and those below. */
const floors = [
  'commands',
  'register',
  'install',
  'probe',
  'log',
  'review',
  'check',
  'table',
  'outcomes',
  'language',
] as const

/** Each package has one home, and modules of Node that touch the world have none but io. */
const homes: Readonly<Record<string, readonly string[]>> = {
  ajv: ['language/schema.ts'],
  commander: [
    'cli.ts',
    'cli/door.ts',
    'cli/host.ts',
    'cli/options.ts',
    'cli/reviewing.ts',
    'cli/upkeep.ts',
  ],
  'nodemailer/lib/mail-composer': ['register/forms/mail-message.ts'],
  'simple-git': ['io/git-start.ts'],
  'string-width': ['language/columns.ts'],
  tldts: ['language/public-suffix.ts'],
  yaml: [
    'language/document.ts',
    'language/layout.ts',
    'language/syntax.ts',
    'language/write-value.ts',
  ],
}

/** Modules of Node that neither read nor write anything outside the process. */
const pureModules = ['node:crypto', 'node:module', 'node:net', 'node:path', 'node:url']

interface Import {
  readonly file: string
  readonly from: string
  readonly typeOnly: boolean
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(file =>
  file.endsWith('.ts'),
)

const imports = files.flatMap(file => {
  const text = readFileSync(join(source, file), 'utf8')
  const found = text.matchAll(
    /(?:^|\n)(?:import|export)( type)?[^'"\n;]*?(?:\{[^}]*\})?[^'"\n;]*? from '([^']+)'|import\('([^']+)'\)|^import '([^']+)'/g,
  )
  return [...found].map(
    ([, type, from, dynamic, bare]): Import => ({
      file,
      from: from ?? dynamic ?? bare ?? '',
      typeOnly: type !== undefined,
    }),
  )
})

const folderOf = (file: string) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '')
const targetOf = ({ file, from }: Import) =>
  relative(source, join(source, dirname(file), from)).replaceAll('\\', '/')
const isLocal = ({ from }: Import) => from.startsWith('.') && !from.endsWith('.json')

test('imports are found at all', () => {
  expect(imports.length).toBeGreaterThan(200)
  expect(
    imports
      .filter(isLocal)
      .map(targetOf)
      .filter(target => !files.includes(target)),
  ).toEqual([])
})

test('a floor imports from itself and from the floors below it', () => {
  const wrong = imports.filter(isLocal).filter(found => {
    const from = floors.indexOf(folderOf(found.file) as (typeof floors)[number])
    const to = floors.indexOf(folderOf(targetOf(found)) as (typeof floors)[number])
    return from >= 0 && to >= 0 && to < from
  })
  expect(wrong).toEqual([])
})

test('only commands and the door import io', () => {
  const outside = imports
    .filter(isLocal)
    .filter(found => folderOf(targetOf(found)) === 'io')
    .filter(({ file }) => !['commands', 'io', ''].includes(folderOf(file)))
  expect(outside).toEqual([])
})

test('io imports nothing above it but types of the language', () => {
  const above = imports
    .filter(isLocal)
    .filter(found => folderOf(found.file) === 'io' && folderOf(targetOf(found)) !== 'io')
    .filter(found => !(found.typeOnly && folderOf(targetOf(found)) === 'language'))
  expect(above).toEqual([])
})

test('each package has one home', () => {
  const packages = imports
    .filter(({ from }) => !from.startsWith('.') && !from.startsWith('node:'))
    .filter(({ file, from }) => !homes[from]?.includes(file))
  expect(packages).toEqual([])
})

test('between the door and io nothing touches the world', () => {
  const worldly = imports.filter(
    ({ file, from }) =>
      from.startsWith('node:') &&
      !pureModules.includes(from) &&
      !['io', ''].includes(folderOf(file)),
  )
  expect(worldly).toEqual([])
  for (const file of files.filter(file => !['io', ''].includes(folderOf(file)))) {
    const text = readFileSync(join(source, file), 'utf8')
    expect(text, file).not.toMatch(/\bprocess\.|\bDate\.now\(|\bnew Date\(\)|\bconsole\./)
  }
})
