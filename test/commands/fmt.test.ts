import { expect, test } from 'vitest'
import { makeFolder, sound } from './upkeep.ts'

const crooked = sound.replace('policy: may', 'policy:   "may"')

test('files that differ are formatted, with their mode, and only those that are named', async () => {
  const folder = makeFolder()
  folder.write('_settings.yaml', 'require:   []\n')
  folder.write('a.yaml', crooked, 0o600)
  folder.write('b.yaml', crooked.replace('partner', 'b'))
  const { status, stdout } = await folder.tlspolicy('fmt', 'policies/a.yaml')
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'policies/a.yaml formatted\n' })
  expect(folder.read('a.yaml')).toBe(sound)
  expect(folder.mode('a.yaml')).toBe(0o600)
  expect(folder.read('b.yaml')).toContain('"may"')
  await folder.tlspolicy('fmt')
  expect((await folder.tlspolicy('fmt')).stdout).toBe('no changes\n')
  expect(folder.read('_settings.yaml')).toBe('require:   []\n')
})

test('a check lists what differs and changes nothing', async () => {
  const folder = makeFolder()
  folder.write('a.yaml', crooked)
  folder.write('b.yaml', sound.replace('partner', 'b'))
  const { status, stdout } = await folder.tlspolicy('fmt', '--check')
  expect({ status, stdout }).toEqual({
    status: 1,
    stdout: 'policies/a.yaml differs from what fmt would write\n',
  })
  expect(folder.read('a.yaml')).toBe(crooked)
})

test('a file that is no YAML is named and left alone', async () => {
  const folder = makeFolder()
  folder.write('a.yaml', 'destination: [\n')
  const { status, stdout } = await folder.tlspolicy('fmt')
  expect(status).toBe(1)
  expect(stdout).toContain('policies/a.yaml cannot be read')
  expect(folder.read('a.yaml')).toBe('destination: [\n')
})

test('a name outside of the folder is refused', async () => {
  const folder = makeFolder()
  expect((await folder.tlspolicy('fmt', 'x.yaml')).status).toBe(2)
})
