import type { BaselineChange } from '../baseline.ts'
import type { Change } from '../changes.ts'
import type { Past } from '../past.ts'
import type { Review, UnreadFile } from '../review.ts'
import type { Group } from './groups.ts'
import type { Piece } from './pieces.ts'
import { foreign } from './pieces.ts'
import { actionOf, counted, countVerdicts, fieldSentences, gistOf } from './words.ts'

/** What is compared with what, by the hashes of commits and the name by which one was found. */
export interface Compared {
  readonly base: Commit
  /** Null for the working tree. */
  readonly head: Commit | null
  /** Where the policies lay in the base, if in another folder; '' for the top of the repository. */
  readonly former?: string
}

interface Commit {
  readonly commit: string
  readonly name?: string
}

/** What a form needs beside the review itself. */
export interface Context {
  readonly compared: Compared
  /** A path inside the folder as the user would write it. */
  readonly display: (path: string) => string
  /** What Git knows of the override and its destination; null where the history is unknown. */
  readonly past: (change: Change) => Past | null
}

/** `3 changes (1 weaker, 2 same)`. */
export function countSentence({ changes, baseline }: Review): string {
  if (changes.length === 0) return baseline ? 'the settings change, and no override' : 'no changes'
  const settings = baseline ? ', and the settings change' : ''
  return `${counted(changes.length, 'change')} (${countVerdicts(changes)})${settings}`
}

export function comparedPieces({ base, head, former }: Compared): readonly Piece[] {
  const now: readonly Piece[] = head ? ['Commit ', ...commitPieces(head)] : ['The working tree']
  const moved: readonly Piece[] =
    former === undefined
      ? []
      : [
          '; the policies move here from ',
          ...(former === '' ? ['the top of the repository'] : [foreign(former)]),
          ', so that whatever compiles or installs them has to name the new folder',
        ]
  return [...now, ', compared with ', ...commitPieces(base), ...moved]
}

/** What happens to the override for one or several destinations. */
export function titlePieces(group: Group): readonly Piece[] {
  const [before, after] = actionOf(group[0])
  const names = group.flatMap(({ destination }, index): Piece[] =>
    index === 0 ? [foreign(destination)] : [', ', foreign(destination)],
  )
  return [before, ...names, after]
}

/** What has to be said to understand a description. */
export function notesOf(group: Group): readonly string[] {
  const [change] = group
  const hasParent = group.some(({ destination }) => destination.startsWith('.'))
  return [
    ...(hasParent
      ? [
          'A leading dot stands for every domain below that name, unless it has an override of its own.',
        ]
      : []),
    ...fieldSentences(change),
  ]
}

/** The settings that change, and what they do where there is no override. */
export function baselinePieces({ settings, comparison }: BaselineChange) {
  const values = settings.map(({ key, before, after }): readonly Piece[] => [
    foreign(key),
    ': ',
    foreign(before),
    ' → ',
    foreign(after),
  ])
  return { values, gist: `Where there is no override: ${lowerFirst(gistOf(comparison))}` }
}

/** A file that one side lacks for the review, though it is there. */
export function unreadPieces({ path, side }: UnreadFile, context: Context): readonly Piece[] {
  const [when, how] = side === 'before' ? ['before', 'new'] : ['after', 'removed']
  return [
    foreign(context.display(path)),
    ` cannot be read as it is ${when} the change, so that what it says is missing or seems ${how} here; tlspolicy check says what is wrong`,
  ]
}

/** The last line: what is installed if this is merged. */
export function digestPieces({ digest }: Review): readonly Piece[] {
  return digest === null
    ? ['No table can be made of this: tlspolicy check finds errors.']
    : ['Digest of the table: ', foreign(`sha256:${digest}`)]
}

function commitPieces({ commit, name }: Commit): readonly Piece[] {
  const hash = foreign(commit.slice(0, 12))
  const isHash = name === undefined || commit.startsWith(name)
  return isHash ? [hash] : [hash, ' (', foreign(name), ')']
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`
}
