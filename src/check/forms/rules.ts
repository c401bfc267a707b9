import type { Rule } from '../rule.ts'
import type { Paint } from './paint.ts'

/** All rules, one line each. */
export function formatRules(rules: Readonly<Record<string, Rule>>, paint: Paint): string {
  const widest = Math.max(...Object.keys(rules).map(id => id.length))
  const lines = Object.entries(rules).map(
    ([id, { severity, summary, dated }]) =>
      `${paint(severity, severity.padEnd(8))} ${paint('bold', id.padEnd(widest))}  ${summary}${dated ? ' (depends on the day)' : ''}`,
  )
  return `${lines.join('\n')}\n`
}

/** One rule with its reason and an example of what it finds. */
export function formatRule(id: string, rule: Rule, paint: Paint): string {
  const { severity, summary, why, example, settings, strict } = rule
  const head = `${paint(severity, `${severity}[${id}]`)}${paint('bold', `: ${summary}`)}`
  const blocks = [
    head,
    why,
    strict ? 'With --changed-since it is an error where the change touches the override.' : '',
    example === undefined ? '' : `For example:\n\n${indent(example)}`,
    settings === undefined ? '' : `with these settings:\n\n${indent(settings)}`,
  ]
  return `${blocks.filter(block => block !== '').join('\n\n')}\n`
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ')
}
