import { expect, test } from 'vitest'
import { makeFolder, sound } from './upkeep.ts'

const why = 'Their TLSA record names an "old" certificate: #42; the postmaster was told.'
const form = ['--policy', 'may', '--justification', why]

test('an override is written in canonical form, with a date that fits', async () => {
  const folder = makeFolder()
  folder.write('other.yaml', `# yaml-language-server: $schema=../x.json\n${sound}`)
  const added = await folder.tlspolicy(
    ...['add', '[mx.example.org]:587', 'B.example', ...form, '--owner', '@mail'],
    ...['--parameter', 'protocols=>=TLSv1.2', '--parameter', 'exclude=RC4'],
    ...['--parameter', 'exclude=aNULL', '--contacted', 'postmaster@b.example'],
  )
  expect(added).toMatchObject({ status: 0, stderr: '' })
  expect(folder.read('mx.example.org-587.yaml')).toBe(`# yaml-language-server: $schema=../x.json
destination:
  - "[mx.example.org]:587"
  - B.example
policy: may
parameters:
  protocols: ">=TLSv1.2"
  exclude: [RC4, aNULL]
justification: 'Their TLSA record names an "old" certificate: #42; the postmaster was told.'
review_date: 2027-01-06
owner: "@mail"
contacted:
  - { date: 2026-11-23, to: postmaster@b.example }
`)
  expect(added.stdout).toContain('wrote policies/mx.example.org-587.yaml')
  expect(added.stdout).toContain('delivered')
  expect(added.stdout).toMatch(
    /git add -- policies\/mx\.example\.org-587\.yaml && git commit -m 'Add /,
  )
})

test('a name that is taken gets a number, and a file that is named is never overwritten', async () => {
  const folder = makeFolder()
  folder.write('New.example.yaml', sound)
  expect((await folder.tlspolicy('add', 'new.example', ...form)).status).toBe(0)
  expect(folder.names()).toEqual(['New.example.yaml', 'new.example-2.yaml'])
  for (const name of [
    'new.example.yaml',
    '../x.yaml',
    '_x.yaml',
    '/x.yaml',
    'x.txt',
    'a/.b/x.yaml',
  ]) {
    const { status } = await folder.tlspolicy('add', 'c.example', ...form, '--file', name)
    expect(status, name).toBe(2)
  }
  expect(folder.names()).toHaveLength(2)
})

test.each([
  ['duplicate-destination', ['b.example', 'B.example', ...form]],
  ['destination-', ['https://a.example', ...form]],
  ['thin-justification', ['a.example', '--policy', 'may', '--justification', 'todo']],
  ['too-far-ahead', ['a.example', ...form, '--review-date', '2027-11-23']],
  ['overdue', ['a.example', ...form, '--review-date', '2026-11-22']],
  ['parameter-separator', ['a.example', ...form, '--parameter', 'protocols=!SSLv2,!SSLv3']],
  ['unknown-value', ['a.example', '--policy', 'maybe', '--justification', why]],
  ['hidden-character', ['a.example', '--policy', 'may', '--justification', `${why}\u202e`]],
])('what a check refuses is not written: %s', async (rule, argv) => {
  const folder = makeFolder()
  folder.write('a.yaml', sound)
  const { status, stderr } = await folder.tlspolicy('add', ...argv)
  expect(stderr).toContain(`error[${rule}`)
  expect(stderr).toContain('nothing is written')
  expect(status).toBe(1)
  expect(folder.names()).toEqual(['a.yaml'])
})

test.each(['partner.example', 'PARTNER.example'])('what %s has already is named', async name => {
  const folder = makeFolder()
  folder.write('a.yaml', sound)
  const { status, stderr } = await folder.tlspolicy('add', name, ...form, '--emergency')
  expect(stderr).toBe(
    `tlspolicy: "${name}" has an override already: policies/a.yaml (may); change its policy there, or take it out first: tlspolicy retire partner.example\n`,
  )
  expect(status).toBe(1)
  expect(folder.names()).toEqual(['a.yaml'])
})

test.each([
  ['add', 'b.example', ...form],
  ['renew', 'partner.example', '--until', '2027-01-12', '--because', 'They need more time.'],
  ['report'],
])('settings that cannot be read are named before %s judges by them', async (...argv) => {
  const folder = makeFolder()
  folder.write('a.yaml', sound)
  folder.write('_settings.yaml', 'postfix: { version: 3.10 }')
  const { status, stderr } = await folder.tlspolicy(...argv)
  expect(stderr).toMatch(
    /^tlspolicy: policies\/_settings.yaml has errors, and everything is judged/,
  )
  expect(status).toBe(3)
})

test('other warnings are told, and keep nothing back', async () => {
  const folder = makeFolder()
  const argv = ['add', 'a.example', ...form, '--review-date', '2026-12-19']
  const { status, stderr } = await folder.tlspolicy(...argv)
  expect(status).toBe(0)
  expect(stderr).toContain('warning[on-weekend]')
})

test('without a terminal what is missing is named', async () => {
  const folder = makeFolder()
  folder.write('_settings.yaml', 'require: [owner]\n')
  const { status, stderr } = await folder.tlspolicy('add', 'a.example')
  expect(status).toBe(2)
  expect(stderr).toContain('--policy, --justification, --owner')
  expect((await folder.tlspolicy('add', 'a.example', '--parameter', 'x')).status).toBe(2)
})

test('on a terminal it is asked for, and a date is offered', async () => {
  const folder = makeFolder()
  const lines = ['a.example', 'maybe', 'may', why, '']
  const { status, stdout } = await folder.typing(lines, 'add')
  expect(status).toBe(0)
  expect(stdout).toContain('Review date [2027-01-06]: ')
  expect(folder.read('a.example.yaml')).toContain('review_date: 2027-01-06')
})

test('an end of the input writes nothing', async () => {
  const folder = makeFolder()
  const { status, stderr } = await folder.typing(['a.example'], 'add')
  expect(status).toBe(3)
  expect(stderr).toContain('nothing is written')
  expect(folder.names()).toEqual([])
})

test('an emergency has three days, a short reason, and needs no owner', async () => {
  const folder = makeFolder()
  folder.write('_settings.yaml', 'require: [owner]\n')
  const argv = [
    'add',
    'a.example',
    '--policy',
    'may',
    '--justification',
    'Orders stop.',
    '--emergency',
  ]
  const { status, stdout } = await folder.tlspolicy(...argv)
  expect(status).toBe(0)
  expect(stdout).toContain('renewed only with the full form')
  expect(folder.read('a.example.yaml')).toContain('emergency: true\n')
  expect(folder.read('a.example.yaml')).toContain('review_date: 2026-11-26\n')
})
