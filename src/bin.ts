#!/usr/bin/env node
import { run } from './cli.ts'
import type { Day } from './language/day.ts'

process.exitCode = await run(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  today: () => new Date().toISOString().slice(0, 10) as Day,
})
