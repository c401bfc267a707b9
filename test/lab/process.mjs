// @ts-check
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { json } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { NAMESPACES, PATH, ROOT } from '../postfix/world/namespace.mjs'

/** @typedef {import('./world/main.mjs').Options} Options */

const MAIN = fileURLToPath(new URL('./world/main.mjs', import.meta.url))

/** The folder of the lab's main.cf, as programs inside see it. */
export const MAIL_CONFIG = `${ROOT}/etc`

/**
 * Starts a lab and waits until it works: two or three seconds. Killing the process ends all of it.
 * @param {string} name
 * @param {Options} options
 * @throws when it cannot be started here
 */
export async function startProcess(name, options) {
  const { stays = false } = options
  const program = [process.execPath, MAIN, JSON.stringify(options), name]
  const child = spawn('unshare', [...NAMESPACES, ...program], {
    stdio: [stays ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    env: { PATH, LC_ALL: 'C' },
    detached: stays,
  })
  let messages = ''
  child.stderr?.on('data', text => {
    messages += String(text)
  })
  const isReady = await new Promise(resolve => {
    child.stdout?.once('data', () => resolve(true))
    child.once('close', () => resolve(false))
  })
  if (!isReady) throw new Error(`the lab did not start: ${messages}`)
  return child
}

/**
 * The labs that run here, by name, with the process to kill.
 * @returns {ReadonlyMap<string, number>}
 */
export function findLabs() {
  const labs = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(pid => {
      const command = commandOf(pid)
      const isLab = command[0] === 'unshare' && command.includes(MAIN)
      return isLab ? [/** @type {const} */ ([command.at(-1) ?? '', Number(pid)])] : []
    })
  return new Map(labs)
}

/** @param {string} pid */
function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1)
  } catch {
    return []
  }
}

/**
 * The first process of a lab's namespaces.
 * @param {number} pid of `unshare`
 */
const innerOf = pid => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()

/**
 * The same file, as processes outside of the lab see it.
 * @param {number} pid of `unshare`
 * @param {string} path inside
 */
export const pathOutside = (pid, path) => `/proc/${innerOf(pid)}/root${path}`

/**
 * Asks a lab to do something.
 * @param {number} pid of `unshare`
 * @param {string} name of a request, as in world/main.mjs
 * @param {object} [body]
 * @returns {Promise<unknown>}
 * @throws when the lab could not do it
 */
export async function ask(pid, name, body = {}) {
  const socketPath = pathOutside(pid, `${ROOT}/lab.sock`)
  const outgoing = request({ socketPath, path: `/${name}`, method: 'POST' })
  outgoing.end(JSON.stringify(body))
  const [incoming] = await once(outgoing, 'response')
  const answer = await json(incoming)
  if (incoming.statusCode !== 200) throw new Error(String(answer))
  return answer
}

/**
 * The command line that runs a program inside of a lab.
 * @param {number} pid of `unshare`
 * @param {readonly string[]} program
 * @param {string} cwd
 */
export const commandInside = (pid, program, cwd) => [
  'nsenter',
  ...['--target', innerOf(pid), '--mount', '--net', '--pid', '--'],
  // Postfix's own programs find the lab's configuration by MAIL_CONFIG.
  ...['env', '--chdir', cwd, `PATH=${PATH}`, 'LC_ALL=C', `MAIL_CONFIG=${MAIL_CONFIG}`],
  ...program,
]

/**
 * Ends a lab that stays; returns when nothing is left of it.
 * @param {number} pid of `unshare`
 */
export function stopProcess(pid) {
  process.kill(pid, 'SIGKILL')
  spawnSync('tail', ['--pid', String(pid), '-f', '/dev/null'])
}
