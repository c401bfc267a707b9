import { createReadStream } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { createGunzip } from 'node:zlib'
import { Failure } from './failure.ts'

/** A line longer than this is no line of a log; what is too much is dropped. */
const longest = 64 * 1024

/**
 * Hands over each line of a file, or of standard input where it is `-`; what gzip has packed is
 * unpacked. Throws a Failure where it cannot be read.
 */
export async function forEachLine(path: string, take: (line: string) => void): Promise<void> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  const eat = (text: string) => {
    const lines = `${rest}${text}`.split('\n')
    rest = (lines.pop() ?? '').slice(0, longest)
    for (const line of lines) take(line)
  }
  try {
    const bytes = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 1 << 20 })
    for await (const chunk of unpacked(bytes)) eat(decoder.write(chunk))
    eat(`${decoder.end()}\n`)
  } catch (error) {
    throw new Failure(`cannot read ${path}: ${(error as Error).message}`)
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
