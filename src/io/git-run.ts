import { delimiter, isAbsolute } from 'node:path'
import { Failure } from './failure.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Git in one folder. What a command prints is text or bytes; a status other than 0 is a `Failure`.
 */
export interface Git {
  readonly text: (args: readonly string[]) => Promise<string>
  /** The bytes that `git cat-file` prints for the lines of `input`. */
  readonly catFile: (args: readonly string[], input: string) => Promise<Buffer>
  /** All that a command said, whatever its status. */
  readonly ask: (args: readonly string[]) => Promise<Answer>
}

export interface Answer {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
}

/**
 * A repository that somebody else configured must not start a program: nothing is fetched on demand
 * (a partial clone would run what remote.*.uploadpack or core.sshCommand name). And what everybody
 * else sees is seen here: no replaced objects and no grafts.
 */
const guards = {
  LC_ALL: 'C',
  LANG: 'C',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_GRAFT_FILE: '/dev/null/none',
  GIT_FLUSH: '0',
} as const

export const guardNames: readonly string[] = Object.keys(guards)

/**
 * SUDO_UID lets root work on the clone of the user who called sudo; XDG_CONFIG_HOME may hold
 * safe.directory.
 */
const passedOn = ['HOME', 'XDG_CONFIG_HOME', 'SUDO_UID'] as const

/** All that Git sees of the environment; a relative PATH would find programs in the repository. */
export function gitEnvironment(env: Environment): Record<string, string> {
  const folders = (env.PATH ?? '').split(delimiter).filter(isAbsolute)
  const passed = passedOn.flatMap(name => (env[name] ? [[name, env[name]]] : []))
  return {
    ...Object.fromEntries(passed),
    ...guards,
    PATH: folders.length > 0 ? folders.join(delimiter) : '/usr/local/bin:/usr/bin:/bin',
  }
}

/** Settings of a repository that no option of a command overrules. */
export const settings: readonly string[] = [
  'core.quotePath=false',
  // Whoever reads the index would start the program that this may name.
  'core.fsmonitor=false',
  'core.warnAmbiguousRefs=true',
  'diff.suppressBlankEmpty=false',
  'safe.bareRepository=explicit',
]

/** Why Git could not work, and what to do; `stderr` may hold names that a stranger chose. */
export function gitFailure(command: string, stderr: string): Failure {
  const known = explanations.find(([pattern]) => pattern.test(stderr))
  if (known) return new Failure(known[1](stderr))
  const line =
    stderr.split('\n').find(line => /^(fatal|error): /.test(line)) ?? 'for no known reason'
  return new Failure(`git ${command} failed: ${plain(line.replace(/^\w+: /, ''))}`)
}

const explanations: readonly (readonly [RegExp, (stderr: string) => string])[] = [
  [
    /directory that does not exist/,
    () => 'there is no such folder; name the folder of overrides with --policies',
  ],
  [/spawn \S+ ENOENT/, () => 'git was not found; install it, or add its folder to PATH'],
  [
    /safe\.directory/,
    stderr =>
      `Git refuses this repository, since it belongs to another user; if you trust it, run: ${plain(/^\s+(git config .*)$/m.exec(stderr)?.[1] ?? 'git config --global --add safe.directory FOLDER')}`,
  ],
  [
    /safe\.bareRepository/,
    () =>
      'this is a bare repository, or lies inside the .git folder of one; use a clone with files',
  ],
  [
    /promisor|lazy fetch|unable to read|could not get object info|bad object|missing/,
    () =>
      'this clone lacks objects that are needed here; a partial clone gets them with: git fetch --refetch --no-filter',
  ],
]

/** What Git said, on one line and without what would steer a terminal. */
export function plain(text: string): string {
  return text.trim().replace(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, '\ufffd')
}
