/**
 * Where a fault sits: a JSON pointer (RFC 6901) to a value of the document, the key of such a value,
 * or a range of the text in UTF-16 units. Lines and columns are computed once, at the edge.
 */
export type Place =
  | { readonly pointer: string; readonly key?: true }
  | { readonly start: number; readonly end: number }

/** One fault of one file, as the code that found it knows it; `check` adds the severity. */
export interface Fault<Rule extends string = string> {
  readonly rule: Rule
  readonly message: string
  readonly help?: string
  readonly at: Place
}

/** JSON pointer of a path (RFC 6901). */
export function pointer(...path: readonly (string | number)[]): string {
  return path.map(step => `/${typeof step === 'string' ? escapeStep(step) : step}`).join('')
}

function escapeStep(step: string): string {
  return /[~/]/.test(step) ? step.replaceAll('~', '~0').replaceAll('/', '~1') : step
}
