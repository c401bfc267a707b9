import { withoutLogCommands } from './harmless.ts'
import { visible } from './quote.ts'

/** A value as JSON with two blanks; what cannot be seen is escaped, for terminals. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2).replace(/[^\n\x20-\x7e]/gu, escapeUnseen)
  return `${withoutLogCommands(text)}\n`
}

/** JSON.stringify leaves DEL, C1 controls and direction marks as they are. */
function escapeUnseen(char: string): string {
  return visible(char) === char ? char : char.split('').map(escapeUnit).join('')
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
