import { resolve } from 'node:path'
import { createFile } from '../io/edit.ts'
import { forEachLine } from '../io/lines.ts'
import type { Day } from '../language/day.ts'
import { harmless } from '../language/harmless.ts'
import type { Policies } from '../language/policies.ts'
import { adviceJson } from '../log/advice-json.ts'
import { causeWords } from '../log/cause.ts'
import { mentionsTls, statusWord } from '../log/fault.ts'
import { createGatherer, ordinary } from '../log/gather.ts'
import { letterOf } from '../log/letter.ts'
import { wordsOf } from '../log/line.ts'
import type { Advice } from '../log/suggest.ts'
import { advise } from '../log/suggest.ts'
import type { Unused } from '../log/usage.ts'
import { createUsage } from '../log/usage.ts'
import { remarkLines } from '../log/words.ts'
import { quoteForShell } from '../register/command-lines.ts'
import type { Draft } from './drafts.ts'
import { draftAll, isSure } from './drafts.ts'
import type { Folder } from './load.ts'
import { openFolder, readPolicies } from './load.ts'
import type { CommonOptions, Status, World } from './world.ts'
import { status } from './world.ts'

export interface SuggestOptions extends CommonOptions {
  readonly format: 'text' | 'json'
  readonly asOf?: Day
  /** Print the letters to the recipients alone. */
  readonly letter?: boolean
  readonly write?: boolean
  readonly justification?: string
  readonly owner?: string
}

/** From the lines of a mail log to drafted overrides. */
export async function suggest(world: World, log: string, options: SuggestOptions): Promise<Status> {
  const folder = openFolder(world, options)
  const policies = await readPolicies(folder)
  const { troubles, leftOut, unused, isLog, isInOrder } = await readLog(
    resolveLog(world, log),
    policies,
  )
  const advice = advise(policies, troubles)
  const { suggestions } = advice
  const isFound = suggestions.length > 0 || advice.ownSide.length > 0
  const found = isFound ? status.found : status.clean
  if (!isLog)
    world.stderr.write(
      `no line of ${harmless(log)} is of a delivery by Postfix: is it the mail log?\n`,
    )
  if (!isInOrder)
    world.stderr.write(
      'the log goes back in time: give the oldest part first, or what was delivered later is not seen\n',
    )
  if (options.letter) {
    world.stdout.write(suggestions.map(letterOf).filter(Boolean).join('\n\n'))
    tellOwnSide(world, advice, 'there is no letter')
    return found
  }
  const drafts = draftAll(suggestions, folder, policies, options, options.asOf ?? world.today())
  if (options.write)
    for (const { file, text } of drafts.filter(isSure)) createFile(resolve(folder.path, file), text)
  if (options.format === 'json') {
    world.stdout.write(adviceJson(advice, { drafts, unused, leftOut, display: folder.display }))
    return found
  }
  tellAdvice(world, advice, leftOut)
  tellUnused(world, unused, folder)
  tellDrafts(world, drafts, folder, { ...options, log })
  if (options.write) tellOwnSide(world, advice, 'nothing is written')
  return found
}

function resolveLog({ cwd }: World, log: string): string {
  return log === '-' ? log : resolve(cwd, log)
}

/** Recipients that got their mail matter only where an override might have been used, or one failed before. */
async function readLog(path: string, { overrides }: Policies) {
  const gatherer = createGatherer()
  const usage = createUsage(overrides)
  const asksUsage = overrides.some(({ active }) => active)
  const sought = {
    words: [statusWord],
    wordsFor: wordsOf,
    common: {
      word: statusWord,
      next: 's',
      isOn: () => asksUsage || gatherer.hasTroubles(),
      takes: (before: string) => (asksUsage && usage.isNews(before)) || gatherer.concerns(before),
    },
    around: { words: causeWords, near: mentionsTls },
  }
  const isLog = await forEachLine(path, sought, line => {
    gatherer.take(line)
    if (asksUsage) usage.take(line)
  })
  return { ...gatherer.tell(), unused: usage.tell(), isLog }
}

/** Destinations with ordinary troubles that are told; a log names many. */
const told = 10

function tellAdvice(world: World, { remarks, ownSide }: Advice, leftOut: number): void {
  if (leftOut > 0)
    world.stderr.write(`${leftOut} lines name so many domains that they are left out\n`)
  for (const line of ownSide) world.stderr.write(`look at your own side first: ${line}\n`)
  if (remarks.length === 0) return
  const common = remarks.filter(({ trouble }) => ordinary.has(trouble.fault))
  const shown = [...remarks.filter(one => !common.includes(one)), ...common.slice(0, told)]
  const more = common.length > told ? `\n  and ${common.length - told} more like the last` : ''
  world.stderr.write(
    `no override is drafted for:\n${shown.flatMap(remarkLines).join('\n')}${more}\n\n`,
  )
}

function tellOwnSide(world: World, { suggestions, ownSide }: Advice, what: string): void {
  const count = suggestions.filter(suggestion => !isSure(suggestion)).length
  if (count > 0)
    world.stderr.write(
      `${what} for ${count} ${count === 1 ? 'draft' : 'drafts'}, since the fault may be yours: ${ownSide.join('; ')}\n`,
    )
}

function tellUnused(world: World, unused: readonly Unused[], folder: Folder): void {
  if (unused.length === 0) return
  const lines = unused.map(
    ({ destination, path }) => `  ${harmless(`${destination} (${folder.display(path)})`)}\n`,
  )
  world.stderr.write(
    `no mail in this log was seen to go to (a next-hop that only a transport names may be used unseen):\n${lines.join('')}\n`,
  )
}

function tellDrafts(
  world: World,
  drafts: readonly Draft[],
  folder: Folder,
  { write, justification, log }: SuggestOptions & { readonly log: string },
): void {
  if (drafts.length === 0)
    world.stderr.write('the log names no fault that an override would mend\n')
  for (const draft of write ? drafts.filter(isSure) : drafts) {
    const shown = harmless(folder.display(draft.file))
    world.stdout.write(write ? `wrote ${shown}\n` : `# ${shown}\n${draft.text}\n`)
  }
  if (drafts.length === 0) return
  const again = harmless(quoteForShell(log))
  world.stderr.write(
    `a text for the postmaster of each recipient: tlspolicy suggest --letter ${again}\n`,
  )
  if (justification === undefined)
    world.stderr.write(
      'a draft is no decision yet: put the reason in the place of TODO, and run tlspolicy check\n',
    )
}
