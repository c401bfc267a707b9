type Json = string | number | boolean | null | undefined | { readonly [name: string]: Json }

/** What expressions may name: github, inputs, steps. */
export type Contexts = Readonly<Record<string, Json>>

/**
 * An expression of GitHub Actions with names, texts, `==`, `!=`, `&&` and `||`, which is all that the
 * action needs. Throws for anything else, so that an expression that grows is noticed.
 */
export function evaluate(expression: string, contexts: Contexts): string {
  return either(expression.trim(), contexts)
}

/** A text with `${{ }}` in it, as in `env` and `with`. */
export function fill(text: string, contexts: Contexts): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/g, (_, inner: string) => evaluate(inner, contexts))
}

function either(text: string, contexts: Contexts): string {
  const values = text.split('||').map(part => both(part, contexts))
  return values.find(isTrue) ?? values.at(-1) ?? ''
}

function both(text: string, contexts: Contexts): string {
  const values = text.split('&&').map(part => compared(part.trim(), contexts))
  return values.find(value => !isTrue(value)) ?? values.at(-1) ?? ''
}

function compared(text: string, contexts: Contexts): string {
  const [, left = '', operator, right = ''] = /^(.*?)\s*([!=]=)\s*(.*)$/.exec(text) ?? []
  if (operator === undefined) return lookUp(text, contexts)
  const same = lookUp(left, contexts) === lookUp(right, contexts)
  return String(same === (operator === '=='))
}

function lookUp(text: string, contexts: Contexts): string {
  const literal = /^'([^']*)'$/.exec(text)?.[1]
  if (literal !== undefined) return literal
  if (!/^[a-z][\w-]*(?:\.[a-z_][\w-]*)+$/i.test(text)) throw new Error(`no expression: ${text}`)
  const found = text.split('.').reduce<Json>(memberOf, contexts)
  return found === null || found === undefined || typeof found === 'object' ? '' : String(found)
}

function memberOf(value: Json, name: string): Json {
  return typeof value === 'object' && value !== null ? value[name] : undefined
}

function isTrue(value: string): boolean {
  return value !== '' && value !== 'false'
}
