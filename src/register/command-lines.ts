import type { Day } from '../language/day.ts'

/** The command that removes the override of a destination, for a POSIX shell. */
export function retireCommand(destination: string): string {
  return `tlspolicy retire ${quoteForShell(destination)}`
}

/** The command that moves its review date; the reason is left to say. */
export function renewCommand(destination: string, until: Day): string {
  return `tlspolicy renew ${quoteForShell(destination)} --until ${until} --because "…"`
}

/** As one word of a POSIX shell (section 2.2 of its standard), whatever it holds. */
function quoteForShell(word: string): string {
  return /^[A-Za-z0-9][A-Za-z0-9.:-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
