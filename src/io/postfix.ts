import { execFile } from 'node:child_process'
import { Failure } from './failure.ts'

/** What a command said; `status` is that of the command, or of the shell for one that a signal ended. */
export interface CommandAnswer {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** Postfix's commands on this host, or wherever a prefix such as `docker exec -i postfix` runs them. */
export interface Postfix {
  /** Runs `postconf`, `postmap`, … without a shell. Throws a Failure where it cannot be started. */
  readonly run: (
    command: string,
    args: readonly string[],
    options?: { readonly input?: string; readonly seconds?: number; readonly bytes?: number },
  ) => Promise<CommandAnswer>
  /** The values of main.cf parameters, defaults included. Throws a Failure where postconf fails. */
  readonly settings: <Name extends string>(
    names: readonly Name[],
  ) => Promise<Readonly<Record<Name, string>>>
}

type Environment = Readonly<Record<string, string | undefined>>

const largestAnswer = 256 * 1024 * 1024

/**
 * Postfix's commands. Of the environment they get what finds them and their configuration
 * (MAIL_CONFIG); `prefix` is the words of a command that runs them elsewhere.
 */
export function openPostfix(env: Environment, prefix: readonly string[] = []): Postfix {
  const run: Postfix['run'] = (command, args, { input = '', ...limits } = {}) =>
    start([...prefix, command, ...args], environmentOf(env), input, limits)
  return { run, settings: names => readSettings(run, names) }
}

/** Debian and others keep Postfix's commands where a user's PATH does not look. */
function environmentOf({ PATH = '', MAIL_CONFIG, HOME }: Environment): NodeJS.ProcessEnv {
  return {
    LC_ALL: 'C',
    PATH: [PATH, '/usr/local/sbin', '/usr/sbin', '/sbin'].filter(Boolean).join(':'),
    ...(HOME === undefined ? {} : { HOME }),
    ...(MAIL_CONFIG === undefined ? {} : { MAIL_CONFIG }),
  }
}

function start(
  [file = '', ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
  input: string,
  { seconds = 60, bytes = largestAnswer }: { readonly seconds?: number; readonly bytes?: number },
): Promise<CommandAnswer> {
  return new Promise((resolve, reject) => {
    const options = { env, maxBuffer: bytes, timeout: seconds * 1000 }
    try {
      const child = execFile(file, args, options, (error, stdout, stderr) => {
        if (error?.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
          reject(new Failure(`${file} did not end within ${bytes} bytes`))
        else if (error && typeof error.code === 'string') reject(failureOf(file, error))
        else if (error?.killed) reject(new Failure(`${file} did not end within ${seconds} seconds`))
        else resolve({ status: statusOf(error), stdout, stderr })
      })
      // A command that does not read all of its input says why on its own.
      child.stdin?.on('error', () => undefined)
      child.stdin?.end(input)
    } catch (error) {
      // Node.js throws at once what the system says other than that there is no such command.
      reject(failureOf(file, error as NodeJS.ErrnoException))
    }
  })
}

function statusOf(error: { readonly code?: unknown } | null): number {
  if (!error) return 0
  return typeof error.code === 'number' ? error.code : 128
}

function failureOf(
  file: string,
  { code, message }: { readonly code?: unknown; readonly message: string },
): Failure {
  return new Failure(
    code === 'ENOENT'
      ? `there is no command ${JSON.stringify(file)} here; run this on the mail host, or say with --exec how to reach it`
      : `cannot run ${file}: ${message}`,
  )
}

async function readSettings<Name extends string>(
  run: Postfix['run'],
  names: readonly Name[],
): Promise<Readonly<Record<Name, string>>> {
  const { status, stdout, stderr } = await run('postconf', ['-x', '--', ...names])
  if (status !== 0) throw new Failure(`postconf failed: ${stderr.trim()}`)
  const found = new Map(
    stdout.split('\n').map(line => {
      const [name = '', ...value] = line.split(' = ')
      return [name.replace(/ =$/, ''), value.join(' = ')] as const
    }),
  )
  return Object.fromEntries(names.map(name => [name, found.get(name) ?? ''])) as Record<
    Name,
    string
  >
}
