import { expect, test } from 'vitest'
import { makeFolder, sound } from './upkeep.ts'

const reason = ['--because', 'A new certificate is ordered.']

test('a renewal adds its entry and the new date, and keeps line ends and mode', async () => {
  const folder = makeFolder()
  folder.write('a.yaml', sound.replaceAll('\n', '\r\n'), 0o600)
  const argv = ['renew', 'Partner.example', '--until', '2027-01-12', ...reason]
  const { status, stdout } = await folder.tlspolicy(...argv)
  expect(status).toBe(0)
  expect(stdout).toContain('review on 2027-01-12 instead of 2026-12-15')
  expect(stdout).toContain('it is treated as before')
  const entry =
    '  - { date: 2026-11-23, until: 2027-01-12, because: A new certificate is ordered. }\n'
  const expected = `${sound.replace('2026-12-15', '2027-01-12')}renewals:\n${entry}`
  expect(folder.read('a.yaml')).toBe(expected.replaceAll('\n', '\r\n'))
  expect(folder.mode('a.yaml')).toBe(0o600)
})

test.each([
  [2, 'later day', ['--until', '2026-12-15', ...reason]],
  [2, 'later day', ['--until', '2026-12-14', ...reason]],
  [1, 'too-far-ahead', ['--until', '2027-12-14', ...reason]],
  [
    1,
    'same-words',
    [
      '--until',
      '2027-01-12',
      '--because',
      'their TLSA record names an old certificate, the postmaster was told',
    ],
  ],
  [2, '--because', ['--until', '2027-01-12']],
  [2, '--until', reason],
  [
    2,
    String.raw`holds the character \u202e`,
    ['--until', '2027-01-12', '--because', 'So\u202e it is.'],
  ],
  [2, 'stays as it was', ['--until', '2027-01-12', ...reason, '--justification', 'x']],
])('status %i and %s', async (expected, words, argv) => {
  const folder = makeFolder()
  folder.write('a.yaml', sound)
  const { status, stderr } = await folder.tlspolicy('renew', 'partner.example', ...argv)
  expect(stderr).toContain(words)
  expect(status).toBe(expected)
  expect(folder.read('a.yaml')).toBe(sound)
})

test('a name that no override has leads to the nearest', async () => {
  const folder = makeFolder()
  folder.write('a.yaml', sound)
  const { status, stderr } = await folder.tlspolicy('renew', 'partnr.example', ...reason)
  expect(status).toBe(2)
  expect(stderr).toContain('did you mean "partner.example"?')
})

test('an emergency is renewed with the full form alone, which drops the mark', async () => {
  const folder = makeFolder()
  folder.write('_settings.yaml', 'require: [owner]\n')
  const text =
    'destination: a.example\npolicy: may\nemergency: true\njustification: Orders stop.\nreview_date: 2026-11-25\n'
  folder.write('a.yaml', text)
  const short = ['renew', 'a.example', '--until', '2026-12-11', ...reason]
  const full = [
    '--justification',
    'Their TLSA record is wrong since Friday; the postmaster was told.',
  ]
  for (const [argv, words] of [
    [short, '--justification'],
    [[...short, ...full], 'missing-field'],
    [[...short, '--justification', 'todo', '--owner', '@mail'], 'thin-justification'],
  ] as const) {
    expect((await folder.tlspolicy(...argv)).stderr).toContain(words)
    expect(folder.read('a.yaml')).toBe(text)
  }
  expect((await folder.tlspolicy(...short, ...full, '--owner', '@mail')).status).toBe(0)
  expect(folder.read('a.yaml')).toBe(`destination: a.example
policy: may
justification: Their TLSA record is wrong since Friday; the postmaster was told.
review_date: 2026-12-11
owner: "@mail"
renewals:
  - { date: 2026-11-23, until: 2026-12-11, because: A new certificate is ordered. }
`)
})

test('the command that a report names renews an emergency', async () => {
  const folder = makeFolder()
  folder.write('_settings.yaml', 'require: [owner]\n')
  folder.write(
    'a.yaml',
    'destination: a.example\npolicy: may\nemergency: true\njustification: Orders stop.\nreview_date: 2026-11-25\n',
  )
  const { stdout } = await folder.tlspolicy('report', '--format', 'json')
  const command: string = JSON.parse(stdout).overrides[0].commands.at(-1)
  expect(command).toMatch(/ --because "…" --justification "…" --owner "…"$/)
  const words = {
    '--because': 'A new certificate is ordered.',
    '--justification': 'Their TLSA record is wrong since Friday; the postmaster was told.',
    '--owner': '@mail',
  } as const
  const argv = command.split(' ').slice(1)
  const filled = argv.map((word, index) =>
    word === '"…"' ? words[argv[index - 1] as keyof typeof words] : word,
  )
  expect(await folder.tlspolicy(...filled)).toMatchObject({ status: 0 })
})

test('on a terminal a date is offered', async () => {
  const folder = makeFolder()
  folder.write('a.yaml', sound)
  const { status, stdout } = await folder.typing(
    ['', 'It takes them longer.'],
    'renew',
    'partner.example',
  )
  expect(status).toBe(0)
  expect(stdout).toContain('New review date [2027-01-28]: ')
  expect(folder.read('a.yaml')).toContain('until: 2027-01-28, because: It takes them longer.')
})

test('a date that is offered or named in a report is later than the one so far', async () => {
  const folder = makeFolder()
  folder.write('a.yaml', sound.replace('2026-12-15', '2026-12-23'))
  const { stdout } = await folder.tlspolicy('report', '--format', 'json')
  const [{ status, commands }] = JSON.parse(stdout).overrides
  expect(status).toBe('due')
  const argv = commands.at(-1).split(' ').slice(1, -1)
  expect(await folder.tlspolicy(...argv, 'A new certificate is ordered.')).toMatchObject({
    status: 0,
  })
  const typed = await folder.typing(['', 'It takes them longer.'], 'renew', 'partner.example')
  expect(typed).toMatchObject({ status: 0 })
})
