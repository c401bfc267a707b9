import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import type { Status, World } from './commands/world.ts'
import { status } from './commands/world.ts'
import { Failure } from './io/failure.ts'
import { toolVersion } from './io/version.ts'
import type { Day } from './language/day.ts'
import { isDay } from './language/day.ts'
import { harmless } from './language/harmless.ts'
import type { Failing } from './review/fail-on.ts'
import { failures } from './review/fail-on.ts'

/** Runs one command line; all it reads and writes outside the files goes through `world`. */
export async function run(argv: readonly string[], world: World): Promise<Status> {
  let result: Status = status.clean
  const program = describeProgram(world, async command => {
    result = await command()
  })
  try {
    await program.parseAsync(argv, { from: 'user' })
    return result
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? status.clean : status.usage
    if (!(error instanceof Failure)) throw error
    world.stderr.write(`tlspolicy: ${harmless(error.message)}\n`)
    return status.failure
  }
}

const statusHelp = `
Status: 0 clean, 1 what the command looks for was found, 2 wrong usage, 3 could not work.`

type Run = (command: () => Promise<Status>) => Promise<void>

function describeProgram(world: World, run: Run): Command {
  const program = new Command('tlspolicy')
    .description('Postfix TLS policy overrides: checked, explained and compiled from Git')
    .exitOverride()
    .configureOutput({
      writeOut: text => world.stdout.write(text),
      writeErr: text => world.stderr.write(text),
      getOutHelpWidth: () => 90,
      getErrHelpWidth: () => 90,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .version(toolVersion(), '-V, --version', 'print the version')
    .addHelpText('after', statusHelp)
    .showHelpAfterError('(--help shows what there is)')
  const command = (usage: string, description: string) =>
    program
      .command(usage)
      .description(description)
      .option('--policies <dir>', 'the folder of overrides', 'policies')
      .option('--no-color', 'no colours, as with NO_COLOR')

  command('check', 'all faults in the overrides')
    .addOption(choice('--format <form>', 'how to print them', ['text', 'json', 'github', 'sarif']))
    .addOption(asOf())
    .option('--strict', 'take warnings for errors')
    .option('--changed-since <ref>', 'be strict with what has changed since this commit')
    .action(options => run(async () => (await import('./commands/check.ts')).check(world, options)))

  command('compile', 'the table for smtp_tls_policy_maps')
    .addOption(choice('--format <form>', 'how to print it', ['postfix', 'json']))
    .option('-o, --output <file>', 'write a file instead of standard output')
    .action(options =>
      run(async () => (await import('./commands/compile.ts')).compile(world, options)),
    )

  command('explain', 'which override applies to a destination, and what happens to mail')
    .argument('<destination>', 'a recipient domain, an address, or a next-hop such as [host]:587')
    .addOption(choice('--format <form>', 'how to print it', ['text', 'json']))
    .action((destination, options) =>
      run(async () => (await import('./commands/explain.ts')).explain(world, destination, options)),
    )

  command('diff', 'what changes for mail since a commit, or between two')
    .argument('[base]', 'a commit, branch or tag (default: where the branch began)')
    .option('--head <ref>', 'the other side (default: the working tree)')
    .addOption(choice('--format <form>', 'how to print it', ['text', 'markdown', 'json']))
    .addOption(failOn())
    .action((base, options) =>
      run(async () => (await import('./commands/diff.ts')).diff(world, base, options)),
    )

  command('report', 'which overrides are due for review, and what they do to mail')
    .addOption(
      choice('--format <form>', 'how to print it', [
        'text',
        'markdown',
        'html',
        'json',
        'ics',
        'metrics',
        'mail',
      ]),
    )
    .addOption(asOf())
    .addOption(
      new Option(
        '--fail-on <status>',
        'end with status 1 if an override is due or overdue',
      ).choices(['due', 'overdue']),
    )
    .option('-o, --output <file>', 'write a file instead of standard output')
    .option('--send', 'with --format mail: hand the messages to sendmail')
    .action(options =>
      run(async () => (await import('./commands/report.ts')).report(world, options)),
    )

  command('add', 'write a new override; asks on a terminal for what is missing')
    .argument('[destinations...]', 'the next-hops that the decision covers')
    .option('--policy <policy>', 'none, may, encrypt, dane, dane-only, fingerprint, verify, secure')
    .option('--parameter <name=value>', 'a parameter; several with several options', collect)
    .option('--justification <text>', 'why it exists, for a colleague a year from now')
    .addOption(day('--review-date <day>', 'when it is looked at again (default: proposed)'))
    .option('--problem <kind>', 'what must be gone before it can go')
    .option('--owner <who>', 'who hears of the review: an address or a @login')
    .option('--ticket <ticket>', 'where the matter is tracked')
    .option('--contacted <whom>', 'who was told today; several with several options', collect)
    .option('--file <name>', 'the file in the folder (default: named after the destination)')
    .option('--emergency', 'a short reason will do, for three days')
    .addOption(asOf())
    .action((destinations, options) =>
      run(async () => (await import('./commands/add.ts')).add(world, destinations, options)),
    )

  command('renew', 'move a review date, and say why')
    .argument('<destination>', 'one that the override names')
    .addOption(day('--until <day>', 'the new review date'))
    .option('--because <text>', 'why the override is still needed')
    .option('--justification <text>', 'for an emergency: the reason in full')
    .option('--problem <kind>', 'what must be gone before it can go')
    .option('--owner <who>', 'who hears of the review: an address or a @login')
    .option('--ticket <ticket>', 'where the matter is tracked')
    .option('--contacted <whom>', 'who was told today; several with several options', collect)
    .addOption(asOf())
    .action((destination, options) =>
      run(async () => (await import('./commands/renew.ts')).renew(world, destination, options)),
    )

  command('retire', 'remove an override, or one of its destinations')
    .argument('[destinations...]', 'those that no longer need it')
    .option('--overdue', 'only list what is overdue, with the command for each')
    .addOption(asOf())
    .action((destinations, options) =>
      run(async () => (await import('./commands/retire.ts')).retire(world, destinations, options)),
    )

  command('fmt', 'the canonical form of the overrides; comments stay')
    .argument('[files...]', 'some of the files (default: all)')
    .option('--check', 'change nothing; end with status 1 if a file differs')
    .action((files, options) =>
      run(async () => (await import('./commands/fmt.ts')).fmt(world, files, options)),
    )

  command('rules', 'the rules, or one with its reason and an example')
    .argument('[id]', 'the rule')
    .action((id, options) =>
      run(async () => (await import('./commands/rules.ts')).showRules(world, id, options)),
    )

  return program
}

function choice(flags: string, description: string, choices: readonly [string, ...string[]]) {
  return new Option(flags, description).choices(choices).default(choices[0])
}

function asOf(): Option {
  return day('--as-of <day>', 'the day for review dates (default: today in UTC)')
}

function day(flags: string, description: string): Option {
  return new Option(flags, description).argParser(readDay)
}

function collect(word: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, word]
}

function failOn(): Option {
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

function readDay(text: string): Day {
  if (isDay(text)) return text
  throw new InvalidArgumentError('Expected a day such as 2026-12-15.')
}
