import type { SimpleGitOptions } from 'simple-git'
import { simpleGit } from 'simple-git'
import type { Answer, Environment, Git } from './git-run.ts'
import { gitEnvironment, gitFailure, guardNames, settings } from './git-run.ts'

/**
 * Git in a folder. simple-git keeps no status, and takes one that says nothing on stderr for
 * success.
 */
export function startGit(baseDir: string, env: Environment): Git {
  const run = async <T>(
    command: string,
    start: (git: ReturnType<typeof simpleGit>) => Promise<T>,
    input?: string,
  ) => {
    let exitCode = 0
    let stderr = ''
    const options: Partial<SimpleGitOptions> = {
      baseDir,
      config: [...settings],
      // Else the end of a long output is lost where reading it takes longer than 50 ms.
      completion: { onClose: true, onExit: false },
      allowEnvironment: guardNames,
      // To switch it off.
      unsafe: { allowUnsafeFsMonitor: true },
      input: () => input,
      errors: (_error, result) => {
        exitCode = result.exitCode
        stderr = Buffer.concat(result.stdErr).toString()
        return undefined
      },
    }
    try {
      const output = await start(simpleGit(options).env(gitEnvironment(env)))
      return { output, exitCode, stderr }
    } catch (error) {
      throw gitFailure(command, `fatal: ${(error as Error).message}`)
    }
  }
  const ask = async ([command = '', ...args]: readonly string[]): Promise<Answer> => {
    const { output, ...answer } = await run(command, git => git.raw([command, ...args]))
    return { stdout: output, ...answer }
  }
  return {
    ask,
    text: async args => {
      const { stdout, stderr, exitCode } = await ask(args)
      if (exitCode !== 0) throw gitFailure(args[0] ?? '', stderr)
      return stdout
    },
    catFile: async (args, input) => {
      const answer = await run('cat-file', git => git.binaryCatFile([...args]), input)
      if (answer.exitCode !== 0) throw gitFailure('cat-file', answer.stderr)
      return answer.output as Buffer
    },
  }
}
