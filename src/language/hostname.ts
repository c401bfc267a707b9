import { domainToASCII, domainToUnicode } from 'node:url'

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
  const name = isAscii(text) ? text : domainToASCII(text)
  return isHostname(name)
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
  if (!isAscii(text) && lower.normalize('NFC') !== unicode) return undefined
  return unicode === ascii || unicode === '' ? { ascii } : { ascii, unicode }
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
  return [...text].map(foldCharacter).join('')
}

/** Full case folding is what upper case and then lower case make of a character, except where nothing folds. */
function foldCharacter(char: string): string {
  return survivesFolding(char) ? char : char.toLowerCase().toUpperCase().toLowerCase()
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
