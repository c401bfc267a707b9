import { harmless } from '../../language/harmless.ts'

/** RFC 5545, section 3.1: without its line break. */
const longestLine = 75

/** A property of type TEXT (RFC 5545, 3.3.11), on as many lines as it needs; its values stay apart. */
export function textLine(name: string, ...values: readonly string[]): string {
  return contentLine(name, values.map(escapeText).join(','))
}

/** A property whose value is written as it is, such as a date. */
export function contentLine(name: string, value: string): string {
  return `${fold(`${name}:${value}`)}\r\n`
}

/** Text of several lines in which every other invisible character is written as an escape. */
export function harmlessLines(text: string): string {
  return text
    .trim()
    .split(/\r\n|\r|\n/)
    .map(line => harmless(line))
    .join('\n')
}

function escapeText(text: string): string {
  return text.replace(/[\\;,]/g, char => `\\${char}`).replaceAll('\n', '\\n')
}

/** Lines of at most so many octets, cut between characters; the blank before the later ones is no text. */
function fold(line: string): string {
  const octets = Buffer.from(line)
  const lines: string[] = []
  let start = 0
  while (start < octets.length) {
    let end = start + (start === 0 ? longestLine : longestLine - 1)
    while (isWithinCharacter(octets[end])) end -= 1
    lines.push(octets.toString('utf8', start, end))
    start = end
  }
  return lines.join('\r\n ')
}

/** In UTF-8, the first two bits of every octet of a character but the first. */
function isWithinCharacter(octet = 0): boolean {
  return octet >> 6 === 0b10
}
