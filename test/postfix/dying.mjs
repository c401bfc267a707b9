// @ts-check
// Runs the built program, and dies of SIGKILL at the n-th call that changes a file or starts a program.
import childProcess from 'node:child_process'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const [moment = '0', ...argv] = process.argv.slice(2)
let calls = 0

const die = () => process.kill(process.pid, 'SIGKILL')

/** @param {any} home @param {string} name */
function instrument(home, name) {
  const real = home[name]
  home[name] = (/** @type {any[]} */ ...args) => {
    calls += 1
    if (calls === Number(moment)) {
      // What is written is half there when the process dies.
      if (name === 'writeFileSync') real(args[0], args[1].slice(0, args[1].length / 2), args[2])
      die()
    }
    return real(...args)
  }
}

for (const name of [
  'chmodSync',
  'copyFileSync',
  'fsyncSync',
  'linkSync',
  'mkdirSync',
  'renameSync',
  'rmSync',
  'writeFileSync',
])
  instrument(fs, name)
instrument(childProcess, 'execFile')
syncBuiltinESMExports()

const { run } = await import('../../dist/cli.js')
process.exitCode = await run(argv, {
  cwd: process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  today: () => '2026-11-22',
  now: () => new Date(),
})
