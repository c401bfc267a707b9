// Measures whole commands against others on the same machine: `npm run bench`. Absolute times are noise,
// so that each figure is a ratio of medians, of runs that take turns.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeOverrides } from './overrides.mjs'

const project = join(import.meta.dirname, '../..')
const bin = join(project, 'dist/bin.js')
const work = mkdtempSync(join(tmpdir(), 'tlspolicy-bench-'))
const day = ['--as-of', '2026-11-22']

/** @param {number} count */
function folderOf(count) {
  const folder = join(work, String(count))
  writeOverrides(join(folder, 'policies'), count)
  return folder
}

/** Prints the peak of memory when the process ends. */
const meter =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS))'

/**
 * @param {readonly string[]} command
 * @param {string} cwd
 * @param {string} [cache] folder of the cache; a fresh one each time where none is given
 */
function run([file = '', ...args], cwd, cache) {
  const fresh = mkdtempSync(join(work, 'cache-'))
  const isNode = file === process.execPath
  const start = performance.now()
  const { status, stderr } = spawnSync(file, isNode ? ['--import', meter, ...args] : args, {
    cwd,
    env: { ...process.env, XDG_CACHE_HOME: cache ?? fresh },
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  const seconds = (performance.now() - start) / 1000
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${status}: ${stderr}`)
  return { seconds, megabytes: Number(/peak (\d+)/.exec(stderr)?.[1] ?? 0) / 1024 }
}

/** @param {readonly number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

/**
 * @param {string} name
 * @param {number} limit
 * @param {number} times
 * @param {() => { seconds: number; megabytes: number }} one
 * @param {() => { seconds: number; megabytes: number }} other
 */
function compare(name, limit, times, one, other) {
  const [ours, theirs] = [[one()], [other()]]
  for (let turn = 1; turn < times; turn += 1) {
    ours.push(one())
    theirs.push(other())
  }
  const [a, b] = [ours, theirs].map(runs => median(runs.map(({ seconds }) => seconds)))
  const peak = Math.max(...ours.map(({ megabytes }) => megabytes))
  const ratio = (a ?? 0) / (b ?? 1)
  const row = { ratio: ratio.toFixed(2), limit, seconds: a?.toFixed(3), of: b?.toFixed(3) }
  return { [name]: { ...row, 'peak MB': Math.round(peak), ok: ratio <= limit } }
}

try {
  const node = process.execPath
  const [small, large, huge] = [folderOf(100), folderOf(10_000), folderOf(100_000)]
  const kept = join(work, 'kept')
  mkdirSync(kept)
  const empty = () => run([node, '-e', '0'], work)
  const check = (/** @type {string} */ folder, /** @type {string} */ cache = '') =>
    run([node, bin, 'check', ...day], folder, cache === '' ? undefined : cache)
  const compile = () => run([node, bin, 'compile', '--output', join(work, 'table')], large)
  const schema = join(project, 'schema/override.schema.json')
  execFileSync('npx', ['--yes', 'ajv-cli@5', 'help'], { stdio: 'ignore' })
  const ajv = () =>
    run(
      [
        'npx',
        '--yes',
        'ajv-cli@5',
        'validate',
        '--strict=false',
        '-s',
        schema,
        '-d',
        'policies/**/*.yaml',
      ],
      large,
    )
  check(large, kept)
  console.table({
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
  })
} finally {
  rmSync(work, { recursive: true, force: true })
}
