import { harmless } from '../../../language/harmless.ts'

/** Markup that is safe to write out, because `html` made it. */
export interface Html {
  readonly html: string
}

/** What may stand in a template: text is escaped, whoever wrote it; null is nothing. */
export type Content = string | number | Html | null | readonly Content[]

/**
 * A piece of HTML or SVG. Every value is escaped for text and for quoted attributes alike, so that no
 * caller has to think of it.
 */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Html {
  return { html: parts.map((part, index) => part + write(values[index] ?? null)).join('') }
}

/** Text of several lines, as lines. */
export function lines(text: string): Html {
  const written = text.split(/[\r\n]+/).filter(line => line.trim() !== '')
  return { html: written.map(escapeText).join('<br>') }
}

/** A name or an address, which a narrow column may break before a dot and before its @. */
export function breakable(text: string): Html {
  return {
    html: text
      .split(/(?=[.@])/)
      .map(escapeText)
      .join('<wbr>'),
  }
}

/** Items of a list, each in its element; nothing where there are none. */
export function list(items: readonly Content[], name = ''): Html {
  if (items.length === 0) return html``
  return html`<ul class="${name}">${items.map(item => html`<li>${item}</li>`)}</ul>`
}

/** Text that is markup already: style sheets and scripts of ours. */
export function trusted(markup: string): Html {
  return { html: markup }
}

function write(content: Content): string {
  if (content === null) return ''
  if (typeof content === 'string') return escapeText(content)
  if (typeof content === 'number') return String(content)
  return 'html' in content ? content.html : content.map(write).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

function escapeText(text: string): string {
  return harmless(text).replace(/[&<>"'`]/g, char => entities[char] ?? '')
}
