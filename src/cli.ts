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
    .description(
      'Postfix TLS policy overrides in Git: checked, reviewed, installed, and removed again',
    )
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
    .option('--evidence <file>', 'what rechecks found; several options', collect)
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

  command('init', 'a folder of overrides, its settings, and workflows; what is there stays')
    .option('--postconf <file>', 'what postconf printed on another machine; - for standard input')
    .option('--action <repository@commit>', "where this project's actions are, for the workflows")
    .option('--no-workflows', 'no workflows for GitHub')
    .action(options => run(async () => (await import('./commands/init.ts')).init(world, options)))

  command('import', 'overrides from a table that was kept by hand, or from mailcow')
    .argument('<file>', 'a Postfix table, the answer of its API, or SQL rows; - for standard input')
    .addOption(
      new Option('--from <form>', 'what the file is (default: what it looks like)').choices([
        'postfix',
        'mailcow',
        'tsv',
      ]),
    )
    .option('--group', 'one file for all destinations with the very same decision')
    .option('--owner <who>', 'who hears of the reviews: an address or a @login')
    .addOption(asOf())
    .action((file, options) =>
      run(async () => (await import('./commands/import.ts')).importTable(world, file, options)),
    )

  command('recheck', 'ask the recipients whether the overrides are still needed')
    .argument('[destinations...]', 'some of them (default: all that wait for a repair)')
    .addOption(choice('--format <form>', 'how to print it', ['text', 'json']))
    .option('--evidence <file>', 'append what was seen, and count it in later runs')
    .option('--with <file>', 'count the evidence of another host; several options', collect)
    .addOption(exec())
    .addOption(amount('--parallel <number>', 'servers asked at one time', 8))
    .addOption(amount('--pause <seconds>', 'between two questions to one server', 2))
    .action((destinations, options) =>
      run(async () =>
        (await import('./commands/recheck.ts')).recheck(world, destinations, options),
      ),
    )

  onHost(command('deploy', 'install the table on this mail host'))
    .option('--dry-run', 'print the plan, and change nothing')
    .addOption(
      new Option('--expect <digest>', 'refuse a table other than the reviewed one').argParser(
        readDigest,
      ),
    )
    .option('--adopt', 'replace a table that people keep by hand')
    .option('--uncommitted', 'install policies that are in no commit')
    .option('--allow-older', 'install a commit that does not follow the installed one')
    .option('--allow-large-change', 'remove or weaken much, or install an empty table')
    .option('--allow-host-faults', 'install though this host would defer mail')
    .option('--rollback', 'put the table back that was installed before')
    .option('--flush', 'have Postfix try the deferred mail again for what changed')
    .action(options =>
      run(async () => (await import('./commands/deploy.ts')).deploy(world, options)),
    )

  onHost(command('status', 'compare the installed table with Git and with its own index'))
    .option('--deep', 'ask the index for every key')
    .addOption(choice('--format <form>', 'how to print it', ['text', 'json']))
    .action(options =>
      run(async () => (await import('./commands/status.ts')).showStatus(world, options)),
    )

  command('try', 'whether mail to a destination would be delivered under a policy')
    .argument('<destination>', 'a recipient domain, a next-hop such as [host]:587, or a file')
    .argument('[policy...]', 'as in the table: may, secure match=mx.example.com, …; or more files')
    .addOption(choice('--format <form>', 'how to print it', ['text', 'json']))
    .addOption(exec())
    .addOption(amount('--parallel <number>', 'servers asked at one time', 8))
    .addOption(amount('--pause <seconds>', 'between two questions to one server', 2))
    .action((destination, words, options) =>
      run(async () =>
        (await import('./commands/try.ts')).tryPolicy(world, destination, words, options),
      ),
    )

  command('pin', 'the digests of the keys that the servers of a recipient show, for match')
    .argument('<host>', 'a recipient domain, or a next-hop such as [host]:587')
    .addOption(choice('--format <form>', 'how to print it', ['text', 'json']))
    .addOption(exec())
    .addOption(amount('--parallel <number>', 'servers asked at one time', 8))
    .addOption(amount('--pause <seconds>', 'between two questions to one server', 2))
    .action((host, options) =>
      run(async () => (await import('./commands/pin.ts')).pin(world, host, options)),
    )

  command('suggest', 'from the lines of a mail log to drafted overrides')
    .argument('[log]', 'a log, packed with gzip or not; - for standard input', '-')
    .addOption(choice('--format <form>', 'how to print it', ['text', 'json']))
    .option('--letter', "print only the texts for the recipients' postmasters")
    .option('--write', 'put the drafts into the folder, each as a new file')
    .option('--justification <text>', 'why mail may go out this way (default: left to write)')
    .option('--owner <who>', 'who hears of the reviews: an address or a @login')
    .addOption(asOf())
    .action((log, options) =>
      run(async () => (await import('./commands/suggest.ts')).suggest(world, log, options)),
    )

  command('rules', 'the rules, or one with its reason and an example')
    .argument('[id]', 'the rule')
    .action((id, options) =>
      run(async () => (await import('./commands/rules.ts')).showRules(world, id, options)),
    )

  return program
}

/** The options of commands that work on the table of a mail host. */
function onHost(command: Command): Command {
  return command
    .option('--to <type:path>', 'the table as main.cf names it (default: its first file)')
    .option('--table <file>', 'a table that compile wrote, instead of the policies')
    .option('--exec <prefix>', 'run Postfix\'s commands so, such as "docker exec -i postfix"')
    .option('--folder <dir>', 'with --exec: the folder here that Postfix sees as that of the table')
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

function readDigest(text: string): string {
  const digest = /^(?:sha256:)?([\da-f]{64})$/i.exec(text)?.[1]
  if (digest) return digest.toLowerCase()
  throw new InvalidArgumentError('Expected the 64 hexadecimal digits that compile and diff print.')
}

function readDay(text: string): Day {
  if (isDay(text)) return text
  throw new InvalidArgumentError('Expected a day such as 2026-12-15.')
}

function exec(): Option {
  return new Option(
    '--exec <command>',
    "words that run Postfix's commands elsewhere, such as docker exec -i postfix",
  )
}

function amount(flags: string, description: string, usual: number): Option {
  return new Option(flags, description).default(usual).argParser(readAmount)
}

function readAmount(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Expected a whole number.')
}
