// Measures whole commands against others on the same machine: `npm run bench`. Absolute times are noise,
// so that each figure is a ratio of medians, of runs that take turns.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeHost } from './host.mjs'
import { compare, run, sum, work } from './measure.mjs'
import { overrideText, writeOverrides } from './overrides.mjs'
import { writeRepository } from './repository.mjs'

const project = join(import.meta.dirname, '../..')
const node = process.execPath
const bin = join(project, 'dist/bin.js')
const day = ['--as-of', '2026-11-22']

/** @param {number} count */
function folderOf(count) {
  const folder = join(work, String(count))
  writeOverrides(join(folder, 'policies'), count)
  return folder
}

const [small, large, huge] = [folderOf(100), folderOf(10_000), folderOf(100_000)]
const kept = join(work, 'kept')
mkdirSync(kept)
const grown = join(work, 'grown')
writeRepository(grown, { overrides: 10_000, commits: 5_000 })

const empty = () => run([node, '-e', '0'], work)
const check = (/** @type {string} */ folder, /** @type {string} */ cache = '') =>
  run([node, bin, 'check', ...day], folder, cache === '' ? undefined : cache)
const compile = () => run([node, bin, 'compile', '--output', join(work, 'table')], large)

const ajvCli = ['npx', '--yes', 'ajv-cli@5', 'validate', '--strict=false']
const schema = join(project, 'schema/override.schema.json')
execFileSync('npx', ['--yes', 'ajv-cli@5', 'help'], { stdio: 'ignore' })
const ajv = () => run([...ajvCli, '-s', schema, '-d', 'policies/**/*.yaml'], large)

const history = () => run([node, join(import.meta.dirname, 'history.mjs'), grown], grown)
const log = () => run(['git', 'log', '--name-status'], grown)

check(large, kept)
const rows = {
  ...compare('--help, of node -e 0', 1.4, 15, () => run([node, bin, '--help'], work), empty),
  ...compare('check of 100, of node -e 0', 2.5, 15, () => check(small), empty),
  ...compare('check of 10,000, of ajv-cli', 1, 5, () => check(large), ajv),
  ...compare('compile of 10,000, of ajv-cli', 1, 5, compile, ajv),
  ...compare(
    'the same again, of the first',
    0.5,
    5,
    () => check(large, kept),
    () => check(large),
  ),
  ...compare(
    'check of 100,000, of 10,000',
    10.5,
    3,
    () => check(huge),
    () => check(large),
  ),
  ...compare('history of 5,000 commits, of git log --name-status', 3, 5, history, log),
}

for (let index = 0; index < 10; index += 1)
  writeFileSync(
    join(grown, `policies/009/recipient-${9000 + index}.yaml`),
    overrideText(index + 20_000),
  )
const diff = () => run([node, bin, 'diff', 'HEAD'], grown)
const report = () => run([node, bin, 'report', ...day], large)

const host = makeHost(join(work, 'host'), 20_000)
let turn = 0
const start = () => run([node, bin, '--version'], work)
const postmap = () => run(['/usr/sbin/postmap', `lmdb:${host.tables[0]}`], work)
const deploy = () => run([node, bin, 'deploy', '--table', host.tables[turn++ % 2] ?? ''], work)
deploy()
console.table({
  ...rows,
  ...compare('deploy of 20,000, of 2 postmap and a start', 1, 15, deploy, () =>
    sum(postmap(), postmap(), start()),
  ),
  ...compare(
    'status of 20,000, of a start',
    1.5,
    15,
    () => run([node, bin, 'status'], work),
    start,
  ),
  ...compare('diff with 10 of 10,000, of check', 1.5, 5, diff, () => check(grown)),
  ...compare('report of 10,000, of check', 1.5, 5, report, () => check(large)),
})
