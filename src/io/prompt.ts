import { createInterface } from 'node:readline/promises'
import { Failure } from './failure.ts'

/** Asks for one line; without an answer it is the one that is offered. */
export type Ask = (question: string) => Promise<string>

/** Where questions are asked and answered. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream
  readonly write: (text: string) => unknown
}

/**
 * Runs something that asks questions, and gives the terminal back after it. What is typed ahead counts.
 * An end of the input throws a Failure.
 */
export async function withQuestions<T>(
  { input, write }: Terminal,
  use: (ask: Ask) => Promise<T>,
): Promise<T> {
  const lines = createInterface({ input, terminal: false })
  const answers = lines[Symbol.asyncIterator]()
  try {
    return await use(async question => {
      write(question)
      const { done, value } = await answers.next()
      if (done) throw new Failure('there was no answer, and nothing is written')
      return value.trim()
    })
  } finally {
    lines.close()
  }
}
