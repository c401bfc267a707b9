// @ts-check
// npm run lab -- up | down | list | recipients | send | repair | break | exec: see README.md
import { spawnSync } from 'node:child_process'
import { adviceFor } from '../postfix/needs.mjs'
import { LAB_NEEDS } from './needs.mjs'
import { ask, commandInside, findLabs, startProcess, stopProcess } from './process.mjs'

/** @typedef {import('./world/recipients.mjs').Recipient} Recipient */

const print = (/** @type {string} */ text) => console.log(text)

const USAGE = `npm run lab -- up [NAME]                start a lab; the name is "lab" where none is given
npm run lab -- down [NAME]
npm run lab -- list                     the labs that run
npm run lab -- recipients [NAME]
npm run lab -- send NAME DOMAIN         one mail; prints what Postfix logs
npm run lab -- repair NAME DOMAIN
npm run lab -- break NAME DOMAIN
npm run lab -- exec NAME PROGRAM …      run a program inside`

/** @param {string} name */
function pidOf(name) {
  const pid = findLabs().get(name)
  if (pid === undefined) throw new Error(`no lab "${name}" runs here; npm run lab -- up ${name}`)
  return pid
}

/** @param {'broken' | 'whole'} state */
const change =
  state =>
  async (name = 'lab', domain = '') => {
    await ask(pidOf(name), 'change', { domains: [domain], state })
    print(`${domain} is ${state}`)
  }

/** @type {Readonly<Record<string, (...options: string[]) => void | Promise<void>>>} */
const COMMANDS = {
  up: async (name = 'lab') => {
    const advice = adviceFor(LAB_NEEDS)
    if (advice) throw new Error(`a lab ${advice}`)
    if (findLabs().has(name)) throw new Error(`the lab "${name}" runs already`)
    const child = await startProcess(name, { stays: true })
    child.unref()
    print(`the lab "${name}" is up; npm run lab -- down ${name} ends it`)
    // Its pipes to us would keep this process waiting.
    process.exit()
  },
  down: (name = 'lab') => {
    stopProcess(pidOf(name))
    print(`the lab "${name}" is down`)
  },
  list: () => print([...findLabs().keys()].join('\n') || 'no lab runs here'),
  recipients: async (name = 'lab') => {
    const all = await ask(pidOf(name), 'describe')
    for (const each of /** @type {(Recipient & { state: string })[]} */ (all)) {
      print(`${each.destination.padEnd(40)} ${each.state.padEnd(7)} ${each.wrong}`)
    }
  },
  send: async (name = 'lab', domain = '') => {
    const [past] = /** @type {import('./world/mail.mjs').Past[]} */ (
      await ask(pidOf(name), 'send', { domains: [domain] })
    )
    print(past?.attempts.flatMap(({ log }) => log).join('\n') ?? '')
  },
  repair: change('whole'),
  break: change('broken'),
  exec: (name = '', ...program) => {
    const [file = '', ...options] = commandInside(pidOf(name), program, process.cwd())
    process.exitCode = spawnSync(file, options, { stdio: 'inherit' }).status ?? 3
  },
}

const [command = '', ...options] = process.argv.slice(2)
const run = COMMANDS[command]
if (!run) {
  console.error(USAGE)
  process.exit(2)
}
try {
  await run(...options)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 3
}
