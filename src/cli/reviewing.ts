import { Option } from 'commander'
import type { Door } from './door.ts'
import { asOf, choice, collect, failOn } from './options.ts'

/** Commands that read the overrides, and tell what they are and do. */
export function addReviewing({ command, run, world }: Door): void {
  command('check', 'all faults in the overrides')
    .addOption(choice('--format <form>', 'how to print them', ['text', 'json', 'github', 'sarif']))
    .addOption(asOf())
    .option('--strict', 'take warnings for errors')
    .option('--changed-since <ref>', 'be strict with what has changed since this commit')
    .action(options =>
      run(async () => (await import('../commands/check.ts')).check(world, options)),
    )

  command('compile', 'the table for smtp_tls_policy_maps')
    .addOption(choice('--format <form>', 'how to print it', ['postfix', 'json']))
    .option('-o, --output <file>', 'write a file instead of standard output')
    .action(options =>
      run(async () => (await import('../commands/compile.ts')).compile(world, options)),
    )

  command('explain', 'which override applies to a destination, and what happens to mail')
    .argument('<destination>', 'a recipient domain, an address, or a next-hop such as [host]:587')
    .addOption(choice('--format <form>', 'how to print it', ['text', 'json']))
    .action((destination, options) =>
      run(async () =>
        (await import('../commands/explain.ts')).explain(world, destination, options),
      ),
    )

  command('diff', 'what changes for mail since a commit, or between two')
    .argument('[base]', 'a commit, branch or tag (default: where the branch began)')
    .option('--head <ref>', 'the other side (default: the working tree)')
    .addOption(choice('--format <form>', 'how to print it', ['text', 'markdown', 'json']))
    .addOption(failOn())
    .action((base, options) =>
      run(async () => (await import('../commands/diff.ts')).diff(world, base, options)),
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
      run(async () => (await import('../commands/report.ts')).report(world, options)),
    )
}
