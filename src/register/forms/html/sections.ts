import type { Override } from '../../../language/override.ts'
import type { Register } from '../../register.ts'
import type { Commands } from '../commands.ts'
import { commandsOf } from '../commands.ts'
import { factsOf, inactiveFacts } from './facts.ts'
import { faresIn } from './fares.ts'
import { anchorOf, statusMarks } from './marks.ts'
import type { Html } from './markup.ts'
import { html } from './markup.ts'
import { reasonsOf } from './reasons.ts'
import { numeral, standingSentence } from './words.ts'

/** One article for each active override, in the order of the table. */
export function sectionsOf(register: Register, display: (path: string) => string): Html {
  const fares = faresIn()
  const commandsFor = commandsOf(register)
  const { graceDays } = register.settings.review
  const sections = register.overrides.map((one, index) => {
    const anchor = anchorOf(index)
    const { status, override, consequences } = one
    return html`<article id="${anchor}" class="${override.emergency ? 'emergency' : status}" aria-labelledby="${anchor}-h">
<p class="marks">${statusMarks(one)}</p>
<h3 id="${anchor}-h">${namesOf(override)}</h3>
<p class="standing">${standingSentence(one, graceDays)}</p>
<h4>Why it is there</h4>
${reasonsOf(override)}
${factsOf(one, display)}
${fares(consequences)}
${commandLines(commandsFor(one))}
</article>
`
  })
  return html`${sections}`
}

/** The overrides that are in no table. */
export function inactiveOf({ inactive }: Register, display: (path: string) => string): Html {
  const sections = inactive.map(
    (override, index) => html`<article class="inactive" aria-labelledby="i-${index + 1}">
<h3 id="i-${index + 1}">${namesOf(override)}</h3>
${reasonsOf(override)}
${inactiveFacts(override, display)}
</article>
`,
  )
  return html`${sections}`
}

function namesOf({ destinations }: Override): string {
  return destinations.map(({ text }) => text).join(', ')
}

function commandLines({ retire, others, renew }: Commands): Html {
  const lines = retire.map(command => html`${command}\n`)
  const rest = others > 0 ? html`# and so for ${numeral(others)} more\n` : null
  return html`<div class="commands"><h4>What to do</h4>
<div><p>If the problem is gone:</p><pre><code>${lines}${rest}</code></pre></div><div><p>If it is still needed, say why:</p><pre><code>${renew}</code></pre></div></div>`
}
