import { closeSync, openSync, readSync } from 'node:fs'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Failure } from './failure.ts'

/** Bytes; a line longer than this is no line of a log; what is too much is dropped. */
const longest = 64 * 1024

/** Bytes that are searched at once. */
const block = 256 * 1024

const lineFeed = 10

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
  const file = path === '-' ? undefined : open(path)
  try {
    const search = createSearch(sought, take)
    const fill = file === undefined ? fillFrom(process.stdin) : fillFromFile(file)
    let isAny = false
    for await (const lines of wholeLines(fill)) isAny = search(lines) || isAny
    return isAny
  } catch (error) {
    throw new Failure(`cannot read ${path}: ${(error as Error).message}`)
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

function open(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (error) {
    throw new Failure(`cannot read ${path}: ${(error as Error).message}`)
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
  return bytes.toString('utf8', start, Math.min(end, start + longest))
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

/** Puts the next bytes into a room from a place on, up to a block of them; 0 at the end. */
type Fill = (room: Buffer, at: number) => number | Promise<number>

function fillFromFile(file: number): Fill {
  return (room, at) => readSync(file, room, at, block, null)
}

function fillFrom(chunks: AsyncIterable<Buffer>): Fill {
  const left = chunks[Symbol.asyncIterator]()
  let chunk: Buffer = Buffer.alloc(0)
  return async (room, at) => {
    let filled = 0
    while (filled < block) {
      if (chunk.length === 0) {
        const next = await left.next()
        if (next.done) break
        chunk = next.value
      }
      const copied = chunk.copy(room, at + filled, 0, block - filled)
      chunk = chunk.subarray(copied)
      filled += copied
    }
    return filled
  }
}

/**
 * Blocks that end with a line. There are two rooms in turn, so the block before stands until the next
 * one is asked for, and a long log needs no more memory than a short one.
 */
async function* wholeLines(first: Fill): AsyncIterable<Buffer> {
  const rooms = [Buffer.alloc(block + longest), Buffer.alloc(block + longest)] as const
  let fill = first
  let rest = Buffer.alloc(0)
  for (let turn = 0; ; turn += 1) {
    const room = rooms[turn % 2 === 0 ? 0 : 1]
    rest.copy(room)
    let filled = await fill(room, rest.length)
    if (turn === 0 && filled > 1 && room[0] === 0x1f && room[1] === 0x8b) {
      fill = fillFrom(unpacked(Buffer.from(room.subarray(0, filled)), first))
      filled = await fill(room, 0)
    }
    const bytes = room.subarray(0, rest.length + filled)
    if (filled === 0) {
      if (bytes.length > 0) yield Buffer.concat([bytes, Buffer.from('\n')])
      return
    }
    const end = bytes.lastIndexOf(lineFeed) + 1
    if (end > 0) yield bytes.subarray(0, end)
    rest = bytes.subarray(end, end + longest)
  }
}

function unpacked(head: Buffer, fill: Fill): AsyncIterable<Buffer> {
  const packed = async function* () {
    yield head
    for (;;) {
      const room = Buffer.alloc(block)
      const filled = await fill(room, 0)
      if (filled === 0) return
      yield room.subarray(0, filled)
    }
  }
  const source = Readable.from(packed())
  const gunzip = createGunzip()
  source.once('error', error => gunzip.destroy(error))
  return source.pipe(gunzip)
}
