#!/usr/bin/env node
import { run } from './cli.ts'
import { status } from './commands/world.ts'
import type { Day } from './language/day.ts'

// A reader such as head(1) that has seen enough is no fault; a full disk is one.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit()
  process.stderr.write(`tlspolicy: cannot write the output: ${error.message}\n`)
  process.exit(status.failure)
})

process.exitCode = await run(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  today: () => new Date().toISOString().slice(0, 10) as Day,
  now: () => new Date(),
})
