import type { Override } from '../../../language/override.ts'
import type { Html } from './markup.ts'
import { html, lines } from './markup.ts'

/** Why the override is there, and why its date was moved each time. */
export function reasonsOf({ justification, renewals }: Override): Html {
  const trail = renewals.map(
    ({ date, until, because }) =>
      html`<li><p class="when">Renewed on <time datetime="${date}">${date}</time> until <time datetime="${until}">${until}</time></p><blockquote>${lines(because)}</blockquote></li>`,
  )
  const first = html`<blockquote>${lines(justification)}</blockquote>`
  if (trail.length === 0) return first
  return html`<ol class="trail"><li><p class="when">At first</p>${first}</li>${trail}</ol>`
}
