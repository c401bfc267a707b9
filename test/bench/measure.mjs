import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder for everything that is measured, gone when the process ends. */
export const work = mkdtempSync(join(tmpdir(), 'tlspolicy-bench-'))
process.on('exit', () => rmSync(work, { recursive: true, force: true }))

/** Prints the peak of memory when the process ends. */
const meter =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS))'

/**
 * @param {readonly string[]} command
 * @param {string} cwd
 * @param {string} [cache] folder of the cache; a fresh one each time where none is given
 */
export function run([file = '', ...args], cwd, cache) {
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

/**
 * Several runs as one.
 *
 * @param {readonly { seconds: number; megabytes: number }[]} runs
 */
export function sum(...runs) {
  return {
    seconds: runs.reduce((all, { seconds }) => all + seconds, 0),
    megabytes: Math.max(...runs.map(({ megabytes }) => megabytes)),
  }
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
export function compare(name, limit, times, one, other) {
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
