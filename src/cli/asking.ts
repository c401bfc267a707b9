import type { Door } from './door.ts'
import { amount, asOf, choice, collect, exec } from './options.ts'

/** Commands that ask recipients, or a log of what they answered. */
export function addAsking({ command, run, world }: Door): void {
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
        (await import('../commands/recheck.ts')).recheck(world, destinations, options),
      ),
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
        (await import('../commands/try.ts')).tryPolicy(world, destination, words, options),
      ),
    )

  command('pin', 'the digests of the keys that the servers of a recipient show, for match')
    .argument('<host>', 'a recipient domain, or a next-hop such as [host]:587')
    .addOption(choice('--format <form>', 'how to print it', ['text', 'json']))
    .addOption(exec())
    .addOption(amount('--parallel <number>', 'servers asked at one time', 8))
    .addOption(amount('--pause <seconds>', 'between two questions to one server', 2))
    .action((host, options) =>
      run(async () => (await import('../commands/pin.ts')).pin(world, host, options)),
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
      run(async () => (await import('../commands/suggest.ts')).suggest(world, log, options)),
    )
}
