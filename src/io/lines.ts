import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { Failure } from './failure.ts'

/** Bytes; a line longer than this is no line of a log; what is too much is dropped. */
const longest = 64 * 1024

const lineFeed = 10

/**
 * Hands over each line that holds one of the words, of a file, or of standard input where it is `-`;
 * what gzip has packed is unpacked. Throws a Failure where it cannot be read.
 */
export async function forEachLine(
  path: string,
  words: readonly string[],
  take: (line: string) => void,
): Promise<void> {
  const sought = words.map(word => Buffer.from(word))
  let rest: Buffer = Buffer.alloc(0)
  const eat = (chunk: Buffer) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const end = bytes.lastIndexOf(lineFeed) + 1
    takeLines(bytes.subarray(0, end), sought, take)
    rest = bytes.subarray(end, end + longest)
  }
  try {
    const bytes = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 1 << 20 })
    for await (const chunk of unpacked(bytes)) eat(chunk)
    eat(Buffer.from('\n'))
  } catch (error) {
    throw new Failure(`cannot read ${path}: ${(error as Error).message}`)
  }
}

/** Nearly no line of a log holds such a word, so the bytes are searched before they become lines. */
function takeLines(bytes: Buffer, words: readonly Buffer[], take: (line: string) => void): void {
  const findFrom = (word: Buffer, from: number) => {
    const at = bytes.indexOf(word, from)
    return at < 0 ? bytes.length : at
  }
  const next = words.map(word => findFrom(word, 0))
  for (let at = Math.min(...next); at < bytes.length; at = Math.min(...next)) {
    const end = bytes.indexOf(lineFeed, at)
    take(bytes.toString('utf8', bytes.lastIndexOf(lineFeed, at) + 1, end))
    for (const [index, word] of words.entries())
      if ((next[index] ?? end) < end) next[index] = findFrom(word, end)
  }
}

async function* unpacked(bytes: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const chunks = bytes[Symbol.asyncIterator]()
  const first = await chunks.next()
  if (first.done) return
  const all = (async function* () {
    yield first.value
    yield* { [Symbol.asyncIterator]: () => chunks }
  })()
  if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) {
    yield* all
    return
  }
  const { Readable } = await import('node:stream')
  yield* Readable.from(all).pipe(createGunzip())
}
