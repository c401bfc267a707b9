import type { EncodingRule } from '../../language/encoding.ts'
import type { Refusal } from '../../language/source.ts'
import type { PathRule } from '../paths.ts'
import { checkPaths } from '../paths.ts'
import type { Rule } from '../rule.ts'

/** Files that cannot be read as they are. */
export const fileRules = {
  'symbolic-link': {
    severity: 'error',
    summary: 'a symbolic link among the overrides',
    why: 'A link can lead out of the folder: what is read would not be what was reviewed.',
    check: 'reading',
  },
  'not-a-file': {
    severity: 'error',
    summary: 'another repository, a device, a socket or a pipe among the overrides',
    why: 'A device could wait for ever, and what another repository holds nobody reviews here.',
    check: 'reading',
  },
  unreadable: {
    severity: 'error',
    summary: 'a file or folder that cannot be read',
    why: 'A table without this override would silently change how mail is sent.',
    check: 'reading',
  },
  'too-large': {
    severity: 'error',
    summary: 'a file far larger than any override',
    why: 'Nobody reviews it, and it would take long to read.',
    check: 'reading',
  },
  'file-name': {
    severity: 'error',
    summary: 'a file name with characters that cannot be shown',
    why: 'File names appear in the table, in reviews and in terminals, and must say there what they are.',
    check: 'reading',
  },
  'ignored-file': {
    severity: 'warning',
    summary: 'a file that looks like an override, and is not read',
    why: 'Somebody believes that this override is in force.',
    check: 'reading',
  },
  'path-collision': {
    severity: 'error',
    summary: 'two paths that differ in case or in the form of their accents alone',
    why: 'On macOS and Windows one of the two files replaces the other in a checkout.',
    check: checkPaths,
  },
  encoding: {
    severity: 'error',
    summary: 'a file that is not UTF-8, or begins with a byte order mark',
    why: 'Postfix compares bytes: a name in another encoding never matches.',
    check: 'reading',
  },
  'hidden-character': {
    severity: 'error',
    summary: 'a control character or a mark that turns the direction of writing',
    why: 'The file would show a reviewer something else than what is read.',
    example: 'justification: "Their certificate expired\\0 and is being replaced."',
    check: 'reading',
  },
} as const satisfies Record<EncodingRule | Refusal | PathRule, Rule>
