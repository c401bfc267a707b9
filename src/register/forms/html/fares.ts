import type { Consequence } from '../../consequences.ts'
import type { Html } from './markup.ts'
import { html, list } from './markup.ts'

/**
 * What happens to mail with an override and without it. Decisions repeat from override to override,
 * and what is told of them is written once.
 */
export function faresIn(): (consequences: readonly Consequence[]) => Html {
  const written = new Map<readonly string[], Html>()
  return consequences => {
    const isOne = consequences.length === 1
    const parts = consequences.map(consequence => {
      const body = written.get(consequence.standing) ?? fareOf(consequence)
      written.set(consequence.standing, body)
      const names = consequence.destinations.join(', ')
      return html`${isOne ? null : html`<p class="names">Mail to ${names}</p>`}${body}`
    })
    return html`${parts}`
  }
}

function fareOf({ standing, without, retired }: Consequence): Html {
  const change =
    retired.length === 0
      ? html`<p class="change">Mail would be treated alike without it.</p>`
      : html`<div class="change"><h4>If it were retired</h4>${list(retired)}</div>`
  return html`<div class="fares"><div><h4>While it stands</h4>${list(standing)}</div>
<div><h4>Without it</h4>${list(without)}</div></div>
${change}`
}
