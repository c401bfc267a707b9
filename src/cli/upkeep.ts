import { Option } from 'commander'
import type { Door } from './door.ts'
import { asOf, collect, day } from './options.ts'

/** Commands that write overrides. */
export function addUpkeep({ command, run, world }: Door): void {
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
      run(async () => (await import('../commands/add.ts')).add(world, destinations, options)),
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
      run(async () => (await import('../commands/renew.ts')).renew(world, destination, options)),
    )

  command('retire', 'remove an override, or one of its destinations')
    .argument('[destinations...]', 'those that no longer need it')
    .option('--overdue', 'only list what is overdue, with the command for each')
    .addOption(asOf())
    .action((destinations, options) =>
      run(async () => (await import('../commands/retire.ts')).retire(world, destinations, options)),
    )

  command('fmt', 'the canonical form of the overrides; comments stay')
    .argument('[files...]', 'some of the files (default: all)')
    .option('--check', 'change nothing; end with status 1 if a file differs')
    .action((files, options) =>
      run(async () => (await import('../commands/fmt.ts')).fmt(world, files, options)),
    )

  command('init', 'a folder of overrides, its settings, and workflows; what is there stays')
    .option('--postconf <file>', 'what postconf printed on another machine; - for standard input')
    .option('--action <repository@commit>', "where this project's actions are, for the workflows")
    .option('--no-workflows', 'no workflows for GitHub')
    .action(options => run(async () => (await import('../commands/init.ts')).init(world, options)))

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
      run(async () => (await import('../commands/import.ts')).importTable(world, file, options)),
    )
}
