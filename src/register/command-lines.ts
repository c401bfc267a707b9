import type { Day } from '../language/day.ts'
import type { Override } from '../language/override.ts'
import type { Settings } from '../language/settings.ts'

/** The command that removes the override of a destination, for a POSIX shell. */
export function retireCommand(destination: string): string {
  return retireAllCommand([destination])
}

/** The same for several destinations at once. */
export function retireAllCommand(destinations: readonly string[]): string {
  return `tlspolicy retire ${destinations.map(quoteForShell).join(' ')}`
}

/**
 * The command that moves its review date; the reason is left to say, and so is what was left out in
 * an emergency, without which it is not renewed.
 */
export function renewCommand(
  override: Override,
  until: Day,
  { require }: Pick<Settings, 'require'>,
): string {
  const { destinations, emergency } = override
  const fields = emergency ? (['justification', ...require] as const) : require
  const open = fields.filter(field => field === 'justification' || !override[field]?.length)
  const words = ['because', ...open].map(field => ` --${field} "…"`)
  return `tlspolicy renew ${quoteForShell(destinations[0]?.text ?? '')} --until ${until}${words.join('')}`
}

/** The command that commits what an edit did to a file, written or removed. */
export function commitCommand(paths: readonly string[], message: string): string {
  const files = paths.map(quoteForShell).join(' ')
  return `git add -- ${files} && git commit -m ${quoteForShell(message)} -- ${files}`
}

/** As one word of a POSIX shell (section 2.2 of its standard), whatever it holds. */
export function quoteForShell(word: string): string {
  return /^[A-Za-z0-9][A-Za-z0-9./:-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
