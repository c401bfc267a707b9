import type { RegisteredOverride } from '../../register.ts'
import type { Html } from './markup.ts'
import { html } from './markup.ts'
import { statusShapes, statusWords } from './words.ts'

/** The status in a word, with the marks that make it more urgent. */
export function statusMarks({ status, beyondGrace, override, trial }: RegisteredOverride): Html {
  return html`${override.emergency ? html`<span class="mark emergency"><i aria-hidden="true">▲</i>Emergency</span> ` : null}${trial?.removable ? html`<span class="mark current"><i aria-hidden="true">✓</i>No longer needed</span> ` : null}<span class="mark ${status}"><i aria-hidden="true">${statusShapes[status]}</i>${statusWords[status]}</span>${beyondGrace ? html` <span class="mark beyond">Beyond grace</span>` : null}`
}

/** What the filter of the page may ask for. */
export function statesOf({ status, beyondGrace, override }: RegisteredOverride): string {
  const marks = [beyondGrace ? ' beyond' : '', override.emergency ? ' emergency' : '']
  return `${status}${marks.join('')}`
}

/** Anchors are numbers: no text that somebody wrote becomes an id. */
export function anchorOf(index: number): string {
  return `o-${index + 1}`
}
