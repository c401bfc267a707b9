/** What could end a line, begin a comment, add an attribute, or show a reviewer something else. */
export const traps: readonly string[] = [
  '\n',
  '\r',
  '\r\n',
  '\n ',
  '\n\n',
  '\0',
  '\t',
  '\v',
  '\f',
  '\u0085',
  '\u2028',
  '\u2029',
  '\u001b[2J',
  '\u009b31m',
  '\u007f',
  '\b',
  '\u202e',
  '\u2066',
  '\u200f',
  '\u200b',
  '\ufeff',
  '\ufffe',
  '\ufffd',
  '\ud800',
  '\udc00',
  '\u00a0',
  '\u3000',
  ' ',
  '#',
  ' #',
  '"',
  "'",
  '`',
  '\\',
  ',',
  ';',
  ':',
  '|',
  '=',
  ' = ',
  '{',
  '}',
  '}{',
  '{}',
  '[',
  ']',
  '<',
  '>',
  '%0a',
  '$(x)',
  '*',
  '&a ',
  '!x ',
  '@',
  '/',
  '../',
  '::error::',
  '##[add-mask]',
  '=~/x/',
  '\nother.example none',
  '\r\nother.example none\r\n',
  ' none\nother.example none',
  ',match=other.example',
  ' match=other.example',
  '\tservername=other.example',
  '__proto__',
  'constructor',
  'ｅｘａｍｐｌｅ',
  'ß',
  'İ',
  '9'.repeat(30),
  'a'.repeat(300),
]

/** A value after, before and round each trap. */
export function around(value: string): readonly string[] {
  return traps.flatMap(trap => [`${trap}${value}`, `${value}${trap}`, `${value}${trap}${value}`])
}

/** The ways to write a text in YAML; not every text can be written in every way. */
export const spellings: Readonly<Record<string, (text: string) => string>> = {
  escapes: text =>
    `"${[...text]
      .flatMap(char => char.split(''))
      .map(escapeUnit)
      .join('')}"`,
  'double quotes': text => `"${text.replace(/[\\"]/g, '\\$&')}"`,
  plain: text => text,
}

function escapeUnit(unit: string): string {
  return /[a-z\d.]/i.test(unit) ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
