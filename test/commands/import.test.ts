import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeWithPostfix } from '../postfix/available.ts'
import { indexTable } from '../postfix/postmap.ts'
import type { TestRepository } from './repository.ts'
import { makeRepository } from './repository.ts'

const program = join(import.meta.dirname, '../../dist/bin.js')

const table = `# TLS of our partners.

# The bank's contract of 2020 asks for verified TLS at their own servers.
Bank.Example       secure  match=.bank.example:bank.example
branch.bank.example\tsecure match=.bank.example:bank.example

#old.example encrypt
.gov.example  ENCRYPT protocols=TLSv1.2
[mx.example]:587 encrypt
# Their guide to TLS prints it so; it was copied in 2023.
broken.example may protocols=!SSLv2,!SSLv3
pinned.example fingerprint
  match=${'ab'.repeat(32)}
  match=${'cd'.repeat(32)}
clinic.example may # their certificate expired on 2026-11-16
dup.example encrypt
dup.example may
`

function repositoryWith(text: string): TestRepository {
  const repository = makeRepository()
  writeFileSync(join(repository.path, 'tls_policy'), text)
  return repository
}

const filesOf = ({ path }: TestRepository) => readdirSync(join(path, 'policies')).toSorted()
const textOf = ({ path }: TestRepository, file: string) =>
  readFileSync(join(path, 'policies', file), 'utf8')

/** What a person would do after an import. */
function justify(repository: TestRepository): void {
  for (const file of filesOf(repository)) {
    const text = textOf(repository, file)
    const said = 'justification: The partner asked for it in its contract of May 2026.'
    repository.write({ [file]: text.replace(/^justification: "".*$/m, said) })
  }
}

test('each entry becomes an override, with its comment as justification', async () => {
  const repository = repositoryWith(table)
  const { status, stdout } = await repository.tlspolicy('import', 'tls_policy')
  expect(status).toBe(1)
  expect(filesOf(repository)).toEqual([
    'bank.example.yaml',
    'branch.bank.example.yaml',
    'broken.example.yaml',
    'clinic.example.yaml',
    'dup.example.yaml',
    'gov.example.yaml',
    'mx.example-587.yaml',
    'pinned.example.yaml',
  ])
  expect(textOf(repository, 'bank.example.yaml')).toBe(`# Imported from tls_policy, line 4.
# It said: Bank.Example secure match=.bank.example:bank.example
destination: bank.example
policy: secure
parameters:
  match: [.bank.example, bank.example]
justification: The bank's contract of 2020 asks for verified TLS at their own servers.
review_date: 2026-11-30
`)
  expect(textOf(repository, 'branch.bank.example.yaml')).toContain(
    `# Above the entries before it: The bank's contract of 2020 asks for verified TLS at their own
# servers.
justification: "" # imported without a justification: write why this override exists
`,
  )
  expect(stdout).toContain('wrote 8 overrides in policies')
  expect(stdout).toContain('Not imported: 1\n  line 17: dup.example may\n')
  expect(stdout).toContain('  line 11: "!SSLv3" belongs to "protocols": Postfix separates with ":"')
  expect(stdout).toContain('  line 1: TLS of our partners.')
  expect(stdout).toContain('  above line 8: old.example encrypt')
  expect(stdout).toContain('Imported without a justification: 5;')
})

test('a check fails until somebody has said why', async () => {
  const repository = repositoryWith(table)
  await repository.tlspolicy('import', 'tls_policy')
  const before = await repository.tlspolicy('check')
  expect(before.status).toBe(1)
  expect(before.stdout.match(/imported without a justification, or not/g)).toHaveLength(5)
  justify(repository)
  const after = await repository.tlspolicy('check', '--changed-since', 'HEAD')
  expect(after.stdout).not.toContain('error')
})

test('what is there stays, and a second import adds nothing', async () => {
  const repository = repositoryWith('a.example may\nb.example may\n')
  const own = `destination: A.example
policy: encrypt
justification: Their contract of May 2026 asks for encryption of all mail.
review_date: 2026-12-15
`
  repository.write({ 'a.example.yaml': own, 'b.example.yaml': own.replace('A.', 'other.') })
  const { status, stdout } = await repository.tlspolicy('import', 'tls_policy')
  expect(status).toBe(1)
  expect(stdout).toContain(
    '  line 1: a.example may\n    "a.example" is decided in policies/a.example.yaml already: "encrypt"',
  )
  expect(textOf(repository, 'a.example.yaml')).toBe(own)
  expect(filesOf(repository)).toEqual(['a.example.yaml', 'b.example-2.yaml', 'b.example.yaml'])
  const again = await repository.tlspolicy('import', 'tls_policy')
  expect(again.stdout).toContain('wrote 0 overrides')
  expect(again.stdout).toContain('"b.example" is the same in policies/b.example-2.yaml')
  expect(filesOf(repository)).toHaveLength(3)
})

test('destinations with one decision go into one file', async () => {
  const text = `# Both banks ask for it in their contracts of 2020.
a.example encrypt
b.example encrypt

c.example encrypt
d.example may
e.example encrypt
`
  const repository = repositoryWith(text)
  const { stdout } = await repository.tlspolicy(
    ...['import', 'tls_policy', '--group', '--owner', 'mail@example.org'],
  )
  expect(stdout).toContain('wrote 3 overrides for 5 destinations')
  expect(textOf(repository, 'a.example.yaml')).toBe(`# Imported from tls_policy, line 2, line 3.
destination:
  - a.example
  - b.example
policy: encrypt
justification: Both banks ask for it in their contracts of 2020.
review_date: 2026-11-30
owner: mail@example.org
`)
  expect(textOf(repository, 'c.example.yaml')).toContain(
    'destination:\n  - c.example\n  - e.example\n',
  )
})

test("mailcow's entries keep their state", async () => {
  const answer = [
    { id: 7, dest: 'a.example', policy: 'encrypt', parameters: '', active: '0', created: null },
  ]
  const repository = repositoryWith(JSON.stringify(answer))
  expect(await repository.tlspolicy('import', 'tls_policy')).toMatchObject({ status: 0 })
  expect(textOf(repository, 'a.example.yaml')).toContain('active: false\n')
})

test('an owner that is none is refused before anything is written', async () => {
  const repository = repositoryWith('a.example may\n')
  const found = await repository.tlspolicy('import', 'tls_policy', '--owner', 'the mail team')
  expect(found).toMatchObject({ status: 2, stderr: expect.stringContaining('"the mail team"') })
  expect(existsSync(join(repository.path, 'policies'))).toBe(false)
})

test('what cannot be read is no import', async () => {
  const repository = repositoryWith('{"type":"error","msg":"authentication failed"}')
  const found = await repository.tlspolicy('import', 'tls_policy')
  expect(found).toMatchObject({
    status: 3,
    stderr:
      'tlspolicy: cannot import "tls_policy": it is no list of entries: it says "authentication failed"\n',
  })
  expect(existsSync(join(repository.path, 'policies'))).toBe(false)
  expect((await repository.tlspolicy('import', 'nowhere')).status).toBe(3)
})

test('what would be judged by settings that have errors is no import', async () => {
  const repository = repositoryWith(`pinned.example fingerprint match=${'ab'.repeat(16)}\n`)
  repository.write({ '_settings.yaml': 'postfix: { fingerprint_digest: [md5] }\n' })
  expect(await repository.tlspolicy('import', 'tls_policy')).toMatchObject({
    status: 3,
    stderr: expect.stringContaining('policies/_settings.yaml has errors'),
  })
  expect(filesOf(repository)).toEqual(['_settings.yaml'])
})

test('a command that fails on the way to standard input imports nothing', () => {
  const { path: cwd } = makeRepository()
  const options = { cwd, input: '', encoding: 'utf8' } as const
  const { status, stderr } = spawnSync(process.execPath, [program, 'import', '-'], options)
  expect({ status, stderr }).toEqual({
    status: 3,
    stderr: expect.stringContaining('standard input is empty'),
  })
})

test('a comment brings neither a key nor a line of its own', async () => {
  const hostile = 'x\u2028policy: none\u202e'
  const repository = repositoryWith(
    `# ${hostile}\n#   destination: evil.example # "it\na.example may # ${hostile}\n`,
  )
  const { stdout } = await repository.tlspolicy('import', 'tls_policy')
  expect(stdout).not.toMatch(/[\u2028\u202e]/)
  const { stdout: json } = await repository.tlspolicy('check', '--format', 'json')
  expect(JSON.parse(json)).toMatchObject({ counts: { error: 0 }, overrides: 1 })
  const { stdout: compiled } = await repository.tlspolicy('compile', '--format', 'json')
  expect(JSON.parse(compiled)).toMatchObject({ entries: [{ key: 'a.example', value: 'may' }] })
})

test('what was said about an entry that is left out is not lost', async () => {
  const repository = repositoryWith('# The bank asked for it.\nbank.example must\n')
  const { status, stdout } = await repository.tlspolicy('import', 'tls_policy')
  expect(status).toBe(1)
  expect(stdout).toContain('  line 2: bank.example must\n    # The bank asked for it.\n    "must"')
})

test('what fills more than a file may have is not imported', async () => {
  const repository = repositoryWith(`# ${'word '.repeat(20_000)}\na.example may\nb.example may\n`)
  const { status, stdout } = await repository.tlspolicy('import', 'tls_policy')
  expect(status).toBe(1)
  expect(stdout).toContain(
    '  line 2: a.example may\n    with its comments it fills more than 65,536',
  )
  expect(filesOf(repository)).toEqual(['b.example.yaml'])
})

test('a group that is too large for a file becomes several', async () => {
  const names = Array.from({ length: 60 }, (_, index) => `.partner-${index}.example`).join(':')
  const lines = Array.from(
    { length: 90 },
    (_, index) => `A${index}.example secure match=${names}\n`,
  )
  const repository = repositoryWith(lines.join(''))
  const { status, stdout } = await repository.tlspolicy('import', 'tls_policy', '--group')
  expect(status).toBe(0)
  expect(stdout).toContain('wrote 2 overrides for 90 destinations')
  justify(repository)
  const { stdout: json } = await repository.tlspolicy('compile', '--format', 'json')
  expect(JSON.parse(json).entries).toHaveLength(90)
})

test('a tab in a comment is a blank, and braces are left out with a notice', async () => {
  const repository = repositoryWith(
    '#\tBank:\tcontract of 2020\na.example may { ciphers = high }\n',
  )
  const { stdout } = await repository.tlspolicy('import', 'tls_policy')
  expect(textOf(repository, 'a.example.yaml')).toContain(
    'justification: "Bank: contract of 2020"\n',
  )
  expect(stdout).toContain('  line 2: the braces, which an older Postfix refuses, are left out')
})

describeWithPostfix('an import, once it is justified and compiled', () => {
  test('answers as the table did', async () => {
    const repository = repositoryWith(table)
    await repository.tlspolicy('import', 'tls_policy')
    justify(repository)
    const { status, stdout } = await repository.tlspolicy('compile')
    expect(status).toBe(0)
    const [original, compiled] = [indexTable(table), indexTable(stdout)]
    const asked = ['BRANCH.bank.example', '[mx.example]:587', 'dup.example']
    expect(compiled.ask(asked)).toEqual(original.ask(asked))
    expect(compiled.ask(['.gov.example', 'broken.example', 'pinned.example'])).toEqual([
      'encrypt protocols=TLSv1.2',
      'may protocols=!SSLv2:!SSLv3',
      `fingerprint match=${'ab'.repeat(32)}|${'cd'.repeat(32)}`,
    ])
    expect(compiled.dump()).toHaveLength(original.dump().length)
  })
})
