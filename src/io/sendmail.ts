import { spawnSync } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { Failure } from './failure.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Where Postfix puts it, and where the PATH of a service seldom leads. */
const usualPath = '/usr/sbin/sendmail'

/** A mail server that takes no message within a minute takes none. */
const patience = 60_000

/**
 * Hands messages to `sendmail -t -i`, which reads the recipients from their heads. Throws a Failure
 * that says how many were sent before it.
 */
export function sendMessages(
  sources: readonly string[],
  env: Environment,
  usual = usualPath,
): void {
  const path = findSendmail(env, usual)
  for (const [index, source] of sources.entries()) {
    const { status, signal, stderr, error } = spawnSync(path, ['-t', '-i'], {
      input: source,
      env: { ...env },
      encoding: 'utf8',
      timeout: patience,
    })
    if (error === undefined && status === 0) continue
    const said =
      stderr?.trim().split('\n').at(-1) || error?.message || `it ended with ${status ?? signal}`
    const before = `${index} of ${sources.length} messages were sent before`
    throw new Failure(
      `${path} did not take a message: ${said}; ${before}, so look whether the mail server runs, and send again`,
    )
  }
}

/** A relative PATH would find programs in the repository. */
function findSendmail({ PATH = '' }: Environment, usual: string): string {
  const folders = PATH.split(delimiter).filter(isAbsolute)
  const found = [...folders.map(folder => join(folder, 'sendmail')), usual].find(isProgram)
  if (found !== undefined) return found
  throw new Failure(
    `no sendmail was found in PATH or as ${usual}; install a mail server such as Postfix, or leave --send out and take the messages from standard output`,
  )
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
