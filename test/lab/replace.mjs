// @ts-check
// Deploys compiled tables in turns, so many times, within one process; prints how often it did.
const [count = '0', ...tables] = process.argv.slice(2)
const { run } = await import('../../dist/cli.js')

let done = 0
for (let turn = 0; turn < Number(count); turn += 1) {
  const table = tables[turn % tables.length] ?? ''
  const status = await run(
    ['deploy', '--table', table, '--policies', 'nowhere', '--allow-large-change', '--adopt'],
    {
      cwd: process.cwd(),
      env: process.env,
      stdout: { write: () => true },
      stderr: process.stderr,
      today: () => '2026-11-22',
      now: () => new Date(),
    },
  )
  if (status === 0) done += 1
}
process.stdout.write(`${done}\n`)
