import { Command, CommanderError } from 'commander'
import { addAsking } from './cli/asking.ts'
import type { Door } from './cli/door.ts'
import { addHost } from './cli/host.ts'
import { addReviewing } from './cli/reviewing.ts'
import { addUpkeep } from './cli/upkeep.ts'
import type { Status, World } from './commands/world.ts'
import { status } from './commands/world.ts'
import { Failure } from './io/failure.ts'
import { toolVersion } from './io/version.ts'
import { harmless } from './language/harmless.ts'

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

function describeProgram(world: World, run: Door['run']): Command {
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

  const door = { command, run, world }
  addReviewing(door)
  addUpkeep(door)
  addHost(door)
  addAsking(door)
  command('rules', 'the rules, or one with its reason and an example')
    .argument('[id]', 'the rule')
    .action((id, options) =>
      run(async () => (await import('./commands/rules.ts')).showRules(world, id, options)),
    )
  return program
}
