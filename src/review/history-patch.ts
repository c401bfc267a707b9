import type { Day } from '../language/day.ts'
import { readDestination } from '../language/destination.ts'
import { readOverride } from '../language/read-override.ts'

/** One file after a commit. */
export interface Patch {
  /** Inside the policies folder, with slashes. */
  readonly path: string
  /** Line ends aside; null where the file is gone. */
  readonly text: string | null
}

/** What an override says of itself, as far as its history needs it. */
export interface Facts {
  /** Lookup keys of its destinations. */
  readonly keys: readonly string[]
  readonly active: boolean
  readonly reviewDate: Day
}

/**
 * Reads one file of a commit; undefined where it shows no content, or its name says that it is no
 * override.
 */
export function readPatch(patch: string): Patch | undefined {
  const [head, hunks] = divide(patch)
  const path = pathOf(head)
  if (path === undefined || /(?:^|\/)[._]|(?<!\.ya?ml)$/.test(path)) return undefined
  if (isGone(head)) return { path, text: null }
  // Lines that are gone, "\ No newline at end of file", and a second hunk's head are no text.
  const text = hunks.replace(/\n[-\\@][^\n]*/g, '').replace(/\r?\n[+ ]/g, '\n')
  return { path, text: text.slice(1).trimEnd() }
}

/** The path alone, which takes far less time. */
export function readPath(patch: string): string | undefined {
  return pathOf(divide(patch)[0])
}

function divide(patch: string): readonly [string, string] {
  const start = patch.indexOf('\n@@ ')
  return start < 0
    ? ['', '']
    : [patch.slice(0, start + 1), patch.slice(patch.indexOf('\n', start + 1))]
}

/**
 * Git quotes a path that holds quotes, backslashes or controls, and ends one with blanks with a
 * tab.
 */
function pathOf(head: string): string | undefined {
  const found =
    /\n\+\+\+ (?:b\/([^\n\t]*)\t?|"b\/(.*)")\n/.exec(head) ??
    /\n--- (?:a\/([^\n\t]*)\t?|"a\/(.*)")\n/.exec(head)
  return found?.[1] ?? found?.[2]?.replace(/\\(["\\])/g, '$1')
}

/** A link or a submodule is no file either. */
function isGone(head: string): boolean {
  return (
    head.includes('\n+++ /dev/null\n') || /\n(?:new file mode|index \S+) 1[26]0000\n/.test(head)
  )
}

/** Reads what the history needs; undefined where the text is no override. */
export function readFacts(path: string, text: string): Facts | undefined {
  const plain = readPlainly(text)
  if (plain) return plain
  const { override } = readOverride(path, text)
  return (
    override && {
      keys: override.destinations.flatMap(({ keys }) => keys),
      active: override.active,
      reviewDate: override.reviewDate,
    }
  )
}

/**
 * Thousands of versions are read: nearly all say these two things on one line each, in the same
 * way.
 */
function readPlainly(text: string): Facts | undefined {
  const destination =
    /(?:^|\n)destination: +(["']?)([A-Za-z\d.][\w.-]*|(?<=["'])\[[\w.:-]+\](?::\d+)?)\1 *(?:\n|$)/.exec(
      text,
    )?.[2]
  const date =
    /\nreview_date: +(["']?)(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))\1 *(?:\n|$)/.exec(
      text,
    )?.[2]
  if (destination === undefined || date === undefined) return undefined
  if (/\n(?:active|["'?{])/.test(text)) return undefined
  const read = readDestination(destination, '/destination')
  return { keys: 'rule' in read ? [] : read.keys, active: true, reviewDate: date as Day }
}
