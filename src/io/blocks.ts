import { readSync } from 'node:fs'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** Bytes; a line longer than this is no line of a log; what is too much is dropped. */
export const longestLine = 64 * 1024

export const lineFeed = 10

/** Bytes that are searched at once. */
const block = 256 * 1024

/** Puts the next bytes into a room from a place on, up to a block of them; 0 at the end. */
type Fill = (room: Buffer, at: number) => number | Promise<number>

export function fillFromFile(file: number): Fill {
  return (room, at) => readSync(file, room, at, block, null)
}

export function fillFrom(chunks: AsyncIterable<Buffer>): Fill {
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
 * Blocks that end with a line, of what may be packed by gzip. There are two rooms in turn, so the block before stands until the next
 * one is asked for, and a long log needs no more memory than a short one.
 */
export async function* wholeLines(first: Fill): AsyncIterable<Buffer> {
  const rooms = [Buffer.alloc(block + longestLine), Buffer.alloc(block + longestLine)] as const
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
    rest = bytes.subarray(end, end + longestLine)
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
