import type { Day } from '../../../language/day.ts'
import type { Override } from '../../../language/override.ts'
import type { Effect } from '../../../language/settings.ts'
import { effects } from '../../../language/settings.ts'
import { renewCommand, retireCommand } from '../../command-lines.ts'
import { proposeReviewDate } from '../../propose.ts'
import type { Register, RegisteredOverride } from '../../register.ts'
import { factsOf, inactiveFacts } from './facts.ts'
import { faresIn } from './fares.ts'
import { anchorOf, statusMarks } from './marks.ts'
import type { Html } from './markup.ts'
import { html } from './markup.ts'
import { reasonsOf } from './reasons.ts'
import { numeral, standingSentence } from './words.ts'

/** A command is written out for so many destinations of one file. */
const mostCommands = 8

/** One article for each active override, in the order of the table. */
export function sectionsOf(register: Register, display: (path: string) => string): Html {
  const fares = faresIn()
  const proposals = proposalsFor(register)
  const { graceDays } = register.settings.review
  const sections = register.overrides.map((one, index) => {
    const anchor = anchorOf(index)
    const { status, override, effect, consequences } = one
    return html`<article id="${anchor}" class="${override.emergency ? 'emergency' : status}" aria-labelledby="${anchor}-h">
<p class="marks">${statusMarks(one)}</p>
<h3 id="${anchor}-h">${namesOf(override)}</h3>
<p class="standing">${standingSentence(one, graceDays)}</p>
<h4>Why it is there</h4>
${reasonsOf(override)}
${factsOf(one, display)}
${fares(consequences)}
${commandsOf(one, proposals[effect], register)}
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

/** One proposed date for each effect: what is proposed depends on nothing else of an override. */
function proposalsFor({ overrides, inactive, settings, asOf }: Register): Record<Effect, Day> {
  const all = [...overrides.map(({ override }) => override), ...inactive]
  const propose = (effect: Effect) => proposeReviewDate({ overrides: all, settings }, asOf, effect)
  const dates = effects.map(effect => [effect, propose(effect)] as const)
  return Object.fromEntries(dates) as Record<Effect, Day>
}

function commandsOf({ override }: RegisteredOverride, until: Day, { settings }: Register): Html {
  const names = override.destinations.map(({ text }) => text)
  const others = names.length - mostCommands
  const retire = names.slice(0, mostCommands).map(name => html`${retireCommand(name)}\n`)
  const rest = others > 0 ? html`# and so for ${numeral(others)} more\n` : null
  const renew =
    until > override.reviewDate
      ? html`<p>If it is still needed, say why:</p><pre><code>${renewCommand(override, until, settings)}</code></pre>`
      : null
  return html`<div class="commands"><h4>What to do</h4>
<div><p>If the problem is gone:</p><pre><code>${retire}${rest}</code></pre></div><div>${renew}</div></div>`
}
