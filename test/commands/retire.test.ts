import { expect, test } from 'vitest'
import { makeFolder, sound } from './upkeep.ts'

const several = sound.replace('partner.example # theirs', '\n  - a.example # A\n  - b.example # B')

test('the file of a single destination goes', async () => {
  const folder = makeFolder()
  folder.write('a.yaml', sound)
  const { status, stdout } = await folder.tlspolicy('retire', 'PARTNER.example')
  expect(status).toBe(0)
  expect(folder.names()).toEqual([])
  expect(stdout).toContain('removed policies/a.yaml')
  expect(stdout).toContain('was delivered')
  expect(stdout).toContain(
    "git commit -m 'Retire the override for partner.example' -- policies/a.yaml",
  )
})

test('one destination of a list goes, and the rest stays byte for byte', async () => {
  const folder = makeFolder()
  folder.write('a.yaml', several)
  expect((await folder.tlspolicy('retire', 'a.example')).status).toBe(0)
  expect(folder.read('a.yaml')).toBe(several.replace('  - a.example # A\n', ''))
})

test('all destinations of a list together are the file', async () => {
  const folder = makeFolder()
  folder.write('a.yaml', several)
  expect((await folder.tlspolicy('retire', 'b.example', 'a.example')).status).toBe(0)
  expect(folder.names()).toEqual([])
})

test('nothing goes where one of the names is unknown', async () => {
  const folder = makeFolder()
  folder.write('a.yaml', several)
  expect((await folder.tlspolicy('retire', 'a.example', 'c.example')).status).toBe(2)
  expect(folder.read('a.yaml')).toBe(several)
  expect((await folder.tlspolicy('retire')).status).toBe(2)
})

test('what is overdue is listed with the command for it, and stays', async () => {
  const folder = makeFolder()
  folder.write('a.yaml', several)
  folder.write('b.yaml', sound.replace('partner.example', '"[mx.example.org]:587"'))
  folder.write('c.yaml', `${sound.replace('partner', 'c')}active: false\n`)
  expect((await folder.tlspolicy('retire', '--overdue')).stdout).toBe('nothing is overdue\n')
  const { status, stdout } = await folder.tlspolicy('retire', '--overdue', '--as-of', '2026-12-16')
  expect(status).toBe(0)
  expect(stdout).toContain('due on 2026-12-15, a day ago\n  tlspolicy retire a.example b.example\n')
  expect(stdout).toContain("tlspolicy retire '[mx.example.org]:587'\n")
  expect(stdout).not.toContain('c.yaml')
  expect(folder.names()).toHaveLength(3)
  expect((await folder.tlspolicy('retire', 'a.example', '--overdue')).status).toBe(2)
})
