import { visible } from './quote.ts'

/** Untrusted text as it may stand within a line of a log: one line, visible, no log command. */
export function harmless(text: string): string {
  return withoutLogCommands(visible(text))
}

/**
 * GitHub's runner still obeys `##[add-mask]…` and its like anywhere in a line (ActionCommand.cs),
 * Azure `##vso[…]`, TeamCity `##teamcity[…]`. The bracket is written as JSON would escape it.
 */
export function withoutLogCommands(text: string): string {
  return text.replace(/(##[a-z]*)\[/gi, '$1\\u005b')
}
