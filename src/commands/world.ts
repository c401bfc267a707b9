import type { Day } from '../language/day.ts'

/** All that a command knows of the process that runs it. */
export interface World {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: Output
  readonly stderr: Output
  /** Where questions are answered, if it is a terminal. */
  readonly stdin?: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  /** The day in UTC. */
  readonly today: () => Day
  /** The moment, for what tells when it was made. */
  readonly now: () => Date
}

export interface Output {
  readonly isTTY?: boolean
  readonly write: (text: string) => unknown
}

/** Exit status of every command. */
export const status = {
  clean: 0,
  /** What the command looks for was found. */
  found: 1,
  usage: 2,
  failure: 3,
} as const

export type Status = (typeof status)[keyof typeof status]

/** Options that every command takes. */
export interface CommonOptions {
  readonly policies: string
  readonly color: boolean
}
