import type { Policies } from '../../src/language/policies.ts'
import { collectPolicies } from '../../src/language/policies.ts'
import { readFile } from '../../src/language/read-file.ts'
import type { Change } from '../../src/review/changes.ts'
import { findChanges } from '../../src/review/changes.ts'

/** Files of a policies folder by their paths; the text of an override may lack what every override needs. */
export type Files = Readonly<Record<string, string>>

const reason =
  'Their TLSA records name the certificate of last year; postmaster told on 2026-11-18.'

/** The policies that such files say, with a justification and a review date where they give none. */
export function side(files: Files): Policies {
  const encoder = new TextEncoder()
  const sources = Object.entries(files).map(([path, text]) => ({
    path,
    bytes: encoder.encode(path.startsWith('_') ? text : complete(text)),
  }))
  return collectPolicies(sources, readFile)
}

/** An override's text, with the mandatory fields that it leaves out. */
export function complete(text: string): string {
  const fields = [
    /^justification:/m.test(text) ? '' : `justification: ${reason}\n`,
    /^review_date:/m.test(text) ? '' : 'review_date: 2026-12-15\n',
  ]
  return `${text.trimEnd()}\n${fields.join('')}`
}

/** The changes from one set of files to another. */
export function changesOf(before: Files, after: Files): readonly Change[] {
  return findChanges(side(before), side(after))
}

/** The single change between two sets of files. */
export function changeOf(before: Files, after: Files): Change {
  const [change, ...others] = changesOf(before, after)
  if (!change || others.length > 0) throw new Error(`expected one change, not ${others.length + 1}`)
  return change
}
