import type { ErrorCode, YAMLError } from 'yaml'
import type { Fault, Place } from './fault.ts'
import { quote } from './quote.ts'
import { findSlip, lineAt } from './slips.ts'

/** What each fault of YAML's syntax means to somebody who wrote a few lines of it. */
const meanings = {
  ALIAS_PROPS: 'an alias cannot have an anchor or a tag',
  BAD_ALIAS: 'a value that begins with * or & is an alias or an anchor for YAML',
  BAD_COLLECTION_TYPE: 'the tag does not fit the value',
  BAD_DIRECTIVE: 'a line that begins with % is a directive for YAML, and this one is unknown',
  BAD_DQ_ESCAPE: 'within double quotes a backslash begins an escape, and this one is unknown',
  BAD_INDENT: 'the line is indented in another way than the lines that it belongs to',
  BAD_PROP_ORDER: 'an anchor or a tag stands in the wrong place',
  BAD_SCALAR_START: 'a value without quotes cannot begin with this character',
  BLOCK_AS_IMPLICIT_KEY: 'a colon and a blank begin a value here, within another value',
  BLOCK_IN_FLOW: 'a block cannot stand within brackets or braces',
  DUPLICATE_KEY: 'the key is written twice',
  IMPOSSIBLE: 'this cannot be read as YAML',
  KEY_OVER_1024_CHARS: 'the key is longer than 1,024 characters',
  MISSING_CHAR: 'the line holds no "key: value"',
  MULTILINE_IMPLICIT_KEY: 'the line holds no "key: value"',
  MULTIPLE_ANCHORS: 'a value can have one anchor only',
  MULTIPLE_DOCS: 'the file holds several documents, separated by a line "---"',
  MULTIPLE_TAGS: 'a value can have one tag only',
  NON_STRING_KEY: 'a key must be a plain name',
  RESOURCE_EXHAUSTION: 'the lists or maps are nested too deeply',
  TAB_AS_INDENT: 'a tab cannot indent a line in YAML',
  TAG_RESOLVE_FAILED: 'a value that begins with ! is a tag for YAML, and this one is unknown',
  UNEXPECTED_TOKEN: 'this does not belong here',
} as const satisfies Record<ErrorCode, string>

/** What is said of lists or maps that nobody could read, whoever gives up first. */
export const tooDeep = {
  rule: 'yaml-syntax',
  message: meanings.RESOURCE_EXHAUSTION,
  help: 'an override needs three levels',
} as const

/** The same of a text that is small and yet holds more values than anybody would write. */
export const tooMany = {
  rule: 'yaml-syntax',
  message: 'the file holds more values than an override can have',
  help: 'divide it over several files',
} as const

const helps: Readonly<Partial<Record<ErrorCode, string>>> = {
  BAD_DQ_ESCAPE: 'write the backslash twice, or use single quotes',
  BAD_INDENT: 'indent lines of one block by the same number of blanks',
  MISSING_CHAR: 'indent a line that continues a text; every other begins with a field and a colon',
  MULTILINE_IMPLICIT_KEY:
    'indent a line that continues a text; every other begins with a field and a colon',
  MULTIPLE_DOCS: 'write one override into each file',
  RESOURCE_EXHAUSTION: tooDeep.help,
  TAB_AS_INDENT: 'use blanks',
}

/** The first fault of a text that is no YAML; what follows it is mostly its consequence. */
export function syntaxFault(error: YAMLError, text: string): Fault<'yaml-syntax'> {
  const slip = findSlip(error, text)
  if (slip) return { rule: 'yaml-syntax', ...slip }
  const [start, end] = error.pos
  const help = helps[error.code]
  return {
    rule: 'yaml-syntax',
    message: meanings[error.code],
    ...(help === undefined ? {} : { help }),
    at: { start, end: Math.max(start + 1, Math.min(end, lineAt(text, start).end)) },
  }
}

/** YAML has shorthands that make a file say something else than it shows; an override needs none. */
export function feature(what: string, written: string, at: Place): Fault<'yaml-feature'> {
  const quoted = /^[*&!]/.test(written)
  return {
    rule: 'yaml-feature',
    message: `${written ? `${quote(written)} is ` : 'this is '}${what}, which an override must not use`,
    help: quoted
      ? `if the value itself begins with ${quote(written.slice(0, 1))}, put it in quotes: ${JSON.stringify(written)}`
      : 'write the value itself',
    at,
  }
}
