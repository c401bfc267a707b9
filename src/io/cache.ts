import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SourceFile } from '../language/source.ts'
import { toolVersion } from './version.ts'
import { writeFileAtomically } from './write.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The last answer about one folder, and the state of the folder to which it belongs. It spares a
 * second reading of an unchanged repository; a table is never made from it, since another program of
 * the same user could have written it.
 */
export interface Cache {
  /** The answer of the last time, if the folder and the tool are still the same. */
  readonly recall: () => unknown
  readonly remember: (answer: unknown) => void
}

/** The cache for a folder, below XDG_CACHE_HOME or HOME; without either nothing is remembered. */
export function openCache(
  env: Environment,
  folder: string,
  files: readonly SourceFile[],
  question: string,
): Cache {
  const home = env.XDG_CACHE_HOME || (env.HOME && join(env.HOME, '.cache'))
  if (!home) return { recall: () => undefined, remember: () => undefined }
  const path = join(home, 'tlspolicy', `${createHash('sha256').update(folder).digest('hex')}.json`)
  const state = stateOf(files, question)
  return {
    recall: () => {
      const kept = readKept(path)
      return kept?.state === state ? kept.answer : undefined
    },
    remember: answer => {
      try {
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
        writeFileAtomically(path, JSON.stringify({ state, answer }), 0o600)
      } catch {
        // Without a place to write, the next run reads everything again.
      }
    },
  }
}

interface Kept {
  readonly state: string
  readonly answer: unknown
}

function readKept(path: string): Kept | undefined {
  try {
    const { uid, mode } = statSync(path)
    const isOurs = uid === process.getuid?.() && (mode & 0o022) === 0
    return isOurs ? (JSON.parse(readFileSync(path, 'utf8')) as Kept) : undefined
  } catch {
    return undefined
  }
}

/** Everything on which an answer depends: the files, the question, and the program itself. */
function stateOf(files: readonly SourceFile[], question: string): string {
  const built = statSync(fileURLToPath(import.meta.url)).mtimeMs
  const hash = createHash('sha256').update(`${toolVersion()} ${built} ${question}`)
  for (const file of files) {
    const isRead = 'bytes' in file
    const content = isRead ? file.bytes : Buffer.from(file.refused)
    hash
      .update(`\0${file.path}\0${isRead ? 'read' : 'refused'} ${content.length}\0`)
      .update(content)
  }
  return hash.digest('hex')
}
