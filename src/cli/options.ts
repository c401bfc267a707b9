import type { Command } from 'commander'
import { InvalidArgumentError, Option } from 'commander'
import type { Day } from '../language/day.ts'
import { isDay } from '../language/day.ts'
import type { Failing } from '../review/fail-on.ts'
import { failures } from '../review/fail-on.ts'

/** The options of commands that work on the table of a mail host. */
export function onHost(command: Command): Command {
  return command
    .option('--to <type:path>', 'the table as main.cf names it (default: its first file)')
    .option('--table <file>', 'a table that compile wrote, instead of the policies')
    .addOption(exec())
    .option('--folder <dir>', 'with --exec: the folder here that Postfix sees as that of the table')
}

export function choice(
  flags: string,
  description: string,
  choices: readonly [string, ...string[]],
) {
  return new Option(flags, description).choices(choices).default(choices[0])
}

export function asOf(): Option {
  return day('--as-of <day>', 'the day for review dates (default: today in UTC)')
}

export function day(flags: string, description: string): Option {
  return new Option(flags, description).argParser(readDay)
}

export function collect(word: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, word]
}

export function failOn(): Option {
  return new Option(
    '--fail-on <sorts>',
    `end with status 1 for a change that is ${failures.join(', ')}; several with commas`,
  ).argParser(readFailing)
}

function readFailing(text: string): readonly Failing[] {
  return text.split(',').map(word => {
    const failing = failures.find(known => known === word.trim())
    if (failing) return failing
    throw new InvalidArgumentError(`Expected some of ${failures.join(', ')}.`)
  })
}

export function readDigest(text: string): string {
  const digest = /^(?:sha256:)?([\da-f]{64})$/i.exec(text)?.[1]
  if (digest) return digest.toLowerCase()
  throw new InvalidArgumentError('Expected the 64 hexadecimal digits that compile and diff print.')
}

function readDay(text: string): Day {
  if (isDay(text)) return text
  throw new InvalidArgumentError('Expected a day such as 2026-12-15.')
}

export function exec(): Option {
  return new Option(
    '--exec <prefix>',
    'run Postfix\'s commands so, such as "docker exec -i postfix"',
  )
}

export function amount(flags: string, description: string, usual: number): Option {
  return new Option(flags, description).default(usual).argParser(readAmount)
}

function readAmount(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Expected a whole number.')
}
