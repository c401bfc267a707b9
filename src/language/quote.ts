/**
 * What must never reach a terminal, a table or a review as it is: controls, line separators,
 * direction marks, zero-width characters, other invisibles, and halves of a surrogate pair.
 */
const unseen =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu

const names: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** The text on one line, with every character that cannot be seen written as an escape. */
export function visible(text: string): string {
  return text.replace(unseen, char => names[char] ?? escapeOf(char))
}

/** A value for a message: visible, in quotes, and cut where it would fill the screen. */
export function quote(value: unknown, longest = 80): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  const chars = [...text.slice(0, longest * 2)]
  const cut = chars.length > longest || text.length > longest * 2
  return `"${visible(cut ? `${chars.slice(0, longest).join('')}…` : text)}"`
}

/** The characters of a list of choices, quoted and joined as a sentence would. */
export function oneOf(choices: readonly string[]): string {
  const quoted = choices.map(choice => quote(choice))
  const last = quoted.pop() ?? ''
  return quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`
}

function escapeOf(char: string): string {
  const code = char.codePointAt(0) ?? 0
  return `\\u${code > 0xffff ? `{${code.toString(16)}}` : code.toString(16).padStart(4, '0')}`
}
