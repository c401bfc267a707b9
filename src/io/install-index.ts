import { Failure } from './failure.ts'
import type { Place } from './install-files.ts'
import type { CommandAnswer, Postfix } from './postfix.ts'

/**
 * Makes the index of a text that lies in `path` as Postfix sees it. Throws a Failure where it fails, with
 * advice where there is no such file for Postfix.
 */
export async function buildIndex(
  postfix: Postfix,
  type: string,
  path: string,
  elsewhere: string,
): Promise<void> {
  const answer = await postfix.run('postmap', [`${type}:${path}`])
  if (answer.status === 0) return
  const reason = reasonOf(answer)
  const advice = reason.includes('No such file') ? `; ${elsewhere}` : ''
  throw new Failure(`postmap failed: ${reason}${advice}`)
}

/**
 * What an installed table answers for these keys; a key without an answer is missing. Throws a Failure
 * where the table cannot be read.
 */
export async function askTable(
  postfix: Postfix,
  { type, seenAs }: Pick<Place, 'type' | 'seenAs'>,
  keys: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  return readAnswers(await ask(postfix, { type, seenAs }, keys))
}

export interface WrongAnswer {
  readonly key: string
  readonly answer: string | undefined
  /** Whether no key at all has an answer. */
  readonly isSilent: boolean
}

/** A key of which the answer is not the expected one; the keys in `gone` must have none. */
export async function findWrongAnswer(
  postfix: Postfix,
  table: Pick<Place, 'type' | 'seenAs'>,
  expected: ReadonlyMap<string, string>,
  gone: readonly string[] = [],
): Promise<WrongAnswer | undefined> {
  const output = await ask(postfix, table, [...expected.keys(), ...gone])
  const lines = Array.from(expected, ([key, value]) => `${key}\t${value}\n`)
  if (output === lines.join('')) return undefined
  const answers = readAnswers(output)
  const key =
    [...expected.keys()].find(key => answers.get(key) !== expected.get(key)) ??
    gone.find(key => answers.has(key))
  if (key === undefined) return undefined
  return { key, answer: answers.get(key), isSilent: output === '' }
}

async function ask(
  postfix: Postfix,
  { type, seenAs }: Pick<Place, 'type' | 'seenAs'>,
  keys: Iterable<string>,
): Promise<string> {
  const input = [...keys, ''].join('\n')
  // Postfix's postmap would take an empty input for no question, and end with status 1.
  if (input === '') return ''
  const answer = await postfix.run('postmap', ['-q', '-', `${type}:${seenAs}`], { input })
  // Status 1 without a word is that of no answer at all.
  const isSilent = answer.status === 1 && !/\b(?:fatal|error|panic):/.test(answer.stderr)
  if (answer.status !== 0 && !isSilent)
    throw new Failure(`postmap cannot read ${type}:${seenAs}: ${reasonOf(answer)}`)
  return answer.stdout
}

function readAnswers(output: string): ReadonlyMap<string, string> {
  return new Map(
    output.split('\n').flatMap(line => {
      const tab = line.indexOf('\t')
      return tab < 0 ? [] : [[line.slice(0, tab), line.slice(tab + 1)] as const]
    }),
  )
}

function reasonOf({ status, stderr }: CommandAnswer): string {
  const lines = stderr.split('\n').filter(line => /\b(?:fatal|error|panic):/.test(line))
  const [line = stderr] = lines.slice(-1)
  if (line.trim() !== '') return line.trim().replace(/^postmap: /, '')
  return status >= 128 ? 'it was killed' : `it ended with status ${status} and said nothing`
}
