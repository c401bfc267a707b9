import { closeSync, openSync } from 'node:fs'
import { attempt } from './attempt.ts'
import { fillFrom, fillFromFile, lineFeed, longestLine, wholeLines } from './blocks.ts'

/** Which lines of a log are handed over. */
export interface Sought {
  /** Words one of which a line holds; more of them for a log that begins so. */
  readonly words: readonly string[]
  readonly wordsFor?: (head: string) => readonly string[]
  /** Most lines go on with one character after a word; these are taken only where the text before says so. */
  readonly common?: {
    readonly word: string
    readonly next: string
    readonly isOn: () => boolean
    readonly takes: (before: string) => boolean
  }
  /** Other words, sought only near a line of which `near` says so: searching all for them takes time. */
  readonly around?: { readonly words: readonly string[]; readonly near: (line: string) => boolean }
}

/**
 * Hands over the lines that are sought, in their order within a block, of a file, or of standard input
 * where it is `-`; what gzip has packed is unpacked. Says whether any line holds one of the words,
 * taken or not. Throws a Failure where it cannot be read.
 */
export async function forEachLine(
  path: string,
  sought: Sought,
  take: (line: string) => void,
): Promise<boolean> {
  const file = path === '-' ? undefined : attempt(`read ${path}`, () => openSync(path, 'r'))
  try {
    const search = createSearch(sought, take)
    const fill = file === undefined ? fillFrom(process.stdin) : fillFromFile(file)
    let isAny = false
    for await (const lines of wholeLines(fill)) isAny = search(lines) || isAny
    return isAny
  } catch (error) {
    return attempt(`read ${path}`, () => {
      throw error
    })
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

type Search = (bytes: Buffer) => boolean

/** Keeps the block before, since what is said of a mail may begin in it. */
function createSearch({ words, wordsFor, common, around }: Sought, take: Taker): Search {
  let main: readonly Buffer[] | undefined
  const others = around?.words.map(word => Buffer.from(word)) ?? []
  let before: Buffer | undefined
  return bytes => {
    main ??= [...words, ...(wordsFor?.(bytes.toString('latin1', 0, 64)) ?? [])].map(word =>
      Buffer.from(word),
    )
    const found: string[] = []
    const isAny = eachLine(bytes, main, line => found.push(line), common)
    const isNear = around !== undefined && found.some(around.near)
    if (isNear) {
      if (before) eachLine(before, others, take)
      // Each is taken at once, since it may decide which of the common ones matter after it.
      eachLine(bytes, [...main, ...others], take, common)
    } else for (const line of found) take(line)
    before = isNear ? undefined : bytes
    return isAny
  }
}

type Taker = (line: string) => void

/** Few lines of a log hold such a word, so the bytes are searched before they become lines. */
function eachLine(
  bytes: Buffer,
  words: readonly Buffer[],
  take: Taker,
  common?: Sought['common'],
): boolean {
  const next = words.map(word => findFrom(bytes, word, 0))
  const usual = common?.next.charCodeAt(0)
  const isAny = leastOf(next) < bytes.length
  const commonWord = words.findIndex(word => word.toString() === common?.word)
  for (let at = leastOf(next); at < bytes.length; at = leastOf(next)) {
    const which = next.indexOf(at)
    const after = at + (words[which]?.length ?? 0)
    const isTaken =
      !common ||
      which !== commonWord ||
      bytes[after] !== usual ||
      (common.isOn() && common.takes(headOf(bytes, at)))
    const end = isTaken ? bytes.indexOf(lineFeed, after) : after
    if (isTaken) take(lineAt(bytes, bytes.lastIndexOf(lineFeed, at) + 1, end))
    for (const [index, word] of words.entries())
      if ((next[index] ?? end) < end) next[index] = findFrom(bytes, word, end)
  }
  return isAny
}

function lineAt(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('utf8', start, Math.min(end, start + longestLine))
}

function findFrom(bytes: Buffer, word: Buffer, from: number): number {
  const at = bytes.indexOf(word, from)
  return at < 0 ? bytes.length : at
}

function leastOf(numbers: readonly number[]): number {
  return numbers.length === 1 ? (numbers[0] ?? 0) : Math.min(...numbers)
}

/** The text of a line before a place in it, as far as it is ASCII. */
function headOf(bytes: Buffer, at: number): string {
  return bytes.toString('latin1', bytes.lastIndexOf(lineFeed, at) + 1, at)
}
