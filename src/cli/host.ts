import { Option } from 'commander'
import type { Door } from './door.ts'
import { choice, onHost, readDigest } from './options.ts'

/** Commands that work on the table of a mail host. */
export function addHost({ command, run, world }: Door): void {
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
      run(async () => (await import('../commands/deploy.ts')).deploy(world, options)),
    )

  onHost(command('status', 'compare the installed table with Git and with its own index'))
    .option('--deep', 'ask the index for every key')
    .addOption(choice('--format <form>', 'how to print it', ['text', 'json']))
    .action(options =>
      run(async () => (await import('../commands/status.ts')).showStatus(world, options)),
    )
}
