import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ownershipOf, settle, writeDurably } from './durable.ts'
import { Failure } from './failure.ts'
import type { Installation } from './install.ts'
import type { Place, TableFiles } from './install-files.ts'
import { filesOf } from './install-files.ts'
import { buildIndex, findWrongAnswer } from './install-index.ts'
import type { Postfix } from './postfix.ts'

/**
 * Text and index in a folder of their own, read back, with the owners and modes of the old ones. Throws
 * a Failure where the index answers anything else.
 */
export async function buildAside(
  place: Place,
  build: string,
  { text, answers, gone }: Installation,
  postfix: Postfix,
): Promise<TableFiles> {
  const [old, name] = [filesOf(place), basename(place.path)]
  const built = filesOf({ path: join(build, name), suffix: place.suffix })
  const seenAs = join(dirname(place.seenAs), basename(build), basename(place.seenAs))
  writeDurably(built.text, text)
  const elsewhere = `if Postfix runs elsewhere (--exec), name with --folder the folder that it sees as ${dirname(place.seenAs)}`
  await buildIndex(postfix, place.type, seenAs, elsewhere)
  if (!existsSync(built.index))
    throw new Failure(`postmap made no ${basename(built.index)} in ${build}; ${elsewhere}`)
  await readBack(postfix, { type: place.type, seenAs }, answers, gone)
  settle(built.text, ownershipOf(old.text, old.index))
  settle(built.index, ownershipOf(old.index, old.text))
  return built
}

export async function readBack(
  postfix: Postfix,
  table: Pick<Place, 'type' | 'seenAs'>,
  answers: ReadonlyMap<string, string>,
  gone: readonly string[],
): Promise<void> {
  const wrong = await findWrongAnswer(postfix, table, answers, gone)
  if (!wrong) return
  const [told, said] = [wrong.answer, answers.get(wrong.key)].map(text =>
    text === undefined ? 'nothing' : JSON.stringify(text),
  )
  const advice = wrong.isSilent
    ? ', and it answers nothing else; if Postfix runs elsewhere (--exec), the prefix has to pass on its input, as "docker exec -i" does'
    : ''
  throw new Failure(
    `the index answers ${told} for ${JSON.stringify(wrong.key)}, and the table says ${said}${advice}`,
  )
}
