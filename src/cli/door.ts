import type { Command } from 'commander'
import type { Status, World } from '../commands/world.ts'

/** What the description of a command needs. */
export interface Door {
  /** A command with the options that every one has. */
  readonly command: (usage: string, description: string) => Command
  /** Keeps the status with which a command ends. */
  readonly run: (command: () => Promise<Status>) => Promise<void>
  readonly world: World
}
