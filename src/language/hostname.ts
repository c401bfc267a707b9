import { domainToUnicode, domainToASCII as nodeToAscii } from 'node:url'

/** Whether Postfix takes the ASCII text for a host name: valid_hostname() of its valid_hostname.c. */
export function isHostname(text: string): boolean {
  return (
    text.length <= 255 &&
    !/^[\d.]*$/.test(text) &&
    text.split('.').every(label => /^[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?$/i.test(label))
  )
}

/** Whether Postfix takes the text for a host name, as A-labels or as U-labels. */
export function isUtf8Hostname(text: string): boolean {
  if (isAscii(text)) return isHostname(text)
  const ascii = domainToASCII(text)
  // Postfix asks ICU, which minds hyphens and the length in DNS where Node.js does not.
  return isHostname(ascii) && ascii.length <= 253 && !text.split('.').some(hasOddHyphen)
}

function hasOddHyphen(label: string): boolean {
  return !isAscii(label) && /^-|-$|^..--/u.test(label)
}

/**
 * The A-labels of a name; '' for none. Unicode 15.1 maps the capital sharp s to a small one, and not
 * to ss any more: a file has to mean the same whatever the version of Node.js.
 */
function domainToASCII(text: string): string {
  return nodeToAscii(text.replaceAll('\u1e9e', 'ss'))
}

export interface DomainName {
  /** In lower case, as A-labels. */
  readonly ascii: string
  /** As U-labels, where the name has any. */
  readonly unicode?: string
}

/** A name in its two spellings; undefined where it is no name in either. */
export function readDomainName(text: string): DomainName | undefined {
  const lower = text.toLowerCase()
  if (isAscii(text) && !/(^|\.)xn--/.test(lower))
    return isHostname(lower) ? { ascii: lower } : undefined
  const ascii = domainToASCII(text) || (isAscii(text) ? lower : '')
  if (!isHostname(ascii)) return undefined
  const unicode = domainToUnicode(ascii)
  // UTS 46 maps wide, composed and other look-alikes; only a spelling that is its own result is a U-label.
  // The letters of Cherokee are capitals in UTS 46, so that both sides are compared in lower case.
  if (!isAscii(text) && lower.normalize('NFC') !== unicode.toLowerCase()) return undefined
  return unicode === ascii || !isLookedUp(unicode) ? { ascii } : { ascii, unicode }
}

/** An indexed table has no key of more than 511 bytes (LMDB), and no name of that length exists. */
function isLookedUp(unicode: string): boolean {
  return isUtf8Hostname(unicode) && Buffer.byteLength(unicode) <= 255
}

/** What was probably meant by a name that is not spelled in U-labels. */
export function respell(text: string): string | undefined {
  const unicode = domainToUnicode(domainToASCII(text))
  return unicode !== '' && readDomainName(unicode) ? unicode : undefined
}

/**
 * Whether Unicode's full case folding leaves the name as it is. Postfix folds every lookup, and so
 * looks `straße.example` up as `strasse.example`, which belongs to somebody else.
 */
export function survivesFolding(name: string): boolean {
  return !/\p{Changes_When_Casefolded}/u.test(name)
}

/** Full case folding of a text, as Postfix folds what it looks up (its casefold.c). */
export function foldCase(text: string): string {
  return isAscii(text) ? text.toLowerCase() : [...text].map(foldCharacter).join('')
}

/** Full case folding is the lower case of the upper case, but for two scripts (CaseFolding.txt). */
function foldCharacter(char: string): string {
  // The dotless i of Turkish is no i.
  if (char === 'ı') return char
  const upper = char.toLowerCase().toUpperCase()
  // Cherokee folds to its capitals, which are the older letters.
  return /^[\u13a0-\u13f5]$/.test(upper) ? upper : upper.toLowerCase()
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text)
}

/** The U-labels of a name in A-labels, where it has any. */
export function unicodeName(ascii: string): string | undefined {
  if (!/(^|\.)xn--/.test(ascii)) return undefined
  const unicode = domainToUnicode(ascii)
  return unicode === '' || unicode === ascii ? undefined : unicode
}
