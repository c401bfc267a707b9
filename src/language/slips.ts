import type { Fault } from './fault.ts'
import { quote, visible } from './quote.ts'

type Slip = Omit<Fault, 'rule'>
/** What the parser says of an error: its range in UTF-16 units. */
interface ParserError {
  readonly code: string
  readonly message: string
  readonly pos: readonly [number, number]
}

type Finder = (error: ParserError, text: string) => Slip | undefined

/** What people get wrong in YAML most often, where the parser's own words would not lead them to it. */
export function findSlip(error: ParserError, text: string): Slip | undefined {
  for (const find of [mergeConflict, notClosed, missingBlank, needsQuotes, colonInText]) {
    const found = find(error, text)
    if (found) return found
  }
  return undefined
}

/** The line that holds an offset of the text, without its end. */
export function lineAt(text: string, offset: number) {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const feed = text.indexOf('\n', offset)
  const end = feed < 0 ? text.length : feed
  return { start, end: text[end - 1] === '\r' && end > start ? end - 1 : end }
}

const mergeConflict: Finder = (_, text) => {
  const found = /^<{7} .*$/m.exec(text)
  return (
    (found && {
      message: 'Git left a merge conflict here',
      help: 'keep what holds of both sides, and delete the lines with <<<<<<<, ======= and >>>>>>>',
      at: { start: found.index, end: found.index + found[0].length },
    }) ??
    undefined
  )
}

/** Nothing between the opening sign and the place of the error closes it, so it is the last one there. */
const notClosed: Finder = ({ message, pos: [place] }, text) => {
  const closing = /Missing closing (["'])|end with a ([\]}])/.exec(message)
  if (!closing) return undefined
  const sign = closing[1] ?? (closing[2] === ']' ? '[' : '{')
  const start = text.lastIndexOf(sign, place - 1)
  return {
    message: `what begins with ${sign} here is not closed`,
    help: `write ${closing[1] ?? closing[2]} where it ends`,
    at: { start, end: start + 1 },
  }
}

const missingBlank: Finder = ({ code, pos }, text) => {
  if (code !== 'MISSING_CHAR' && code !== 'MULTILINE_IMPLICIT_KEY') return undefined
  const { start, end } = lineAt(text, pos[0])
  const [, lead = '', key, value = ''] =
    /^(\s*(?:- )?)([A-Za-z][\w-]*):([^\s:].*)$/.exec(text.slice(start, end)) ?? []
  return key === undefined
    ? undefined
    : {
        message: 'a blank is missing after the colon',
        help: `write ${quote(`${key}: ${value}`)}`,
        at: { start: start + lead.length, end },
      }
}

/** Postfix's own spelling often begins with a character that YAML keeps for itself. */
const needsQuotes: Finder = ({ code, pos: [place] }, text) => {
  const { start, end } = lineAt(text, place)
  const line = text.slice(start, end)
  const special = code === 'BAD_SCALAR_START' || text[place] === '!'
  const inList = /[[{]/.test(text.slice(start, place))
  const value = special
    ? (inList ? /^[^\s,\]}]*/ : /^.*/).exec(text.slice(place, end))?.[0]
    : /^\s*(?:- +)?(?:[\w-]+: +)?([>|].*|\[[^\]]*\].+)$/.exec(line)?.[1]
  if (value === undefined) return undefined
  const from = special ? place : end - value.length
  const lead = special && inList ? '' : line.slice(0, from - start).trimStart()
  return {
    message: `a value that begins with ${quote(value.slice(0, 1))} is something else in YAML`,
    help: `put it in quotes${value.length > 80 ? '' : `: ${visible(lead + JSON.stringify(value.trimEnd()))}`}`,
    at: { start: from, end: from + value.trimEnd().length },
  }
}

/** Also what a line looks like to YAML when the line below it is indented. */
const colonInText: Finder = ({ code, pos: [place] }, text) => {
  if (code !== 'BLOCK_AS_IMPLICIT_KEY') return undefined
  const { end } = lineAt(text, place)
  const colon = text.slice(place, end).search(/:(?:\s|$)/)
  return colon < 0
    ? {
        message: 'the line below is indented, and so belongs to this value',
        help: 'indent the keys of one block by the same number of blanks',
        at: { start: place, end },
      }
    : {
        message: 'a colon and a blank begin a value here, within another value',
        help: 'put a text that holds ": " in quotes, or write it below ">-"',
        at: { start: place + colon, end: place + colon + 1 },
      }
}
