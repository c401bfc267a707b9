import type { Problem } from '../../../language/kind.ts'
import type { Override } from '../../../language/override.ts'
import { effectWords, kindWords } from '../../../outcomes/words.ts'
import type { Origin } from '../../../review/history-origin.ts'
import { formatValue } from '../../../table/value.ts'
import type { Past } from '../../past.ts'
import type { RegisteredOverride } from '../../register.ts'
import type { Content, Html } from './markup.ts'
import { html, list } from './markup.ts'
import { capital, counted, timesWords, unknownWords } from './words.ts'

/** A name and what it says; null where there is nothing to say. */
type Fact = readonly [string, Content]

/** What there is to know of an override beside its reasons, as a list of names and values. */
export function factsOf(one: RegisteredOverride, display: (path: string) => string): Html {
  const { override, effect, past } = one
  return facts([
    ['Policy', policyOf(override)],
    ['Effect', capital(effectWords[effect])],
    ...keepingFacts(override),
    ['Stands', standsOf(past)],
    ['Written', past.written && originOf(past.written)],
    ['Extended', extensionsOf(past)],
    ['File', html`<code>${display(override.path)}</code>`],
  ])
}

/** The same of an override that is in no table. */
export function inactiveFacts(override: Override, display: (path: string) => string): Html {
  return facts([
    ['Policy', policyOf(override)],
    ['Review date', html`<time datetime="${override.reviewDate}">${override.reviewDate}</time>`],
    ...keepingFacts(override),
    ['File', html`<code>${display(override.path)}</code>`],
  ])
}

function facts(all: readonly Fact[]): Html {
  const told = all.filter(([, content]) => content !== null)
  return html`<dl class="facts">${told.map(
    ([name, content]) => html`<div><dt>${name}</dt><dd>${content}</dd></div>`,
  )}</dl>`
}

function keepingFacts({ problem, owner, ticket, contacted }: Override): readonly Fact[] {
  return [
    ['Problem', problem === undefined ? null : problemOf(problem)],
    ['Owner', owner ?? null],
    ['Ticket', ticket === undefined ? null : ticketOf(ticket)],
    [
      'Told',
      contacted.length === 0 ? null : list(contacted.map(({ date, to }) => `${to} on ${date}`)),
    ],
  ]
}

function policyOf({ policy, parameters }: Override): Html {
  return html`<code>${formatValue(policy, parameters)}</code>`
}

function problemOf(problem: Problem): Content {
  return problem === 'other' ? problem : html`<code>${problem}</code>: ${kindWords[problem]}`
}

/** Only an address of the web is a link: what else a scheme can do is nobody's business here. */
function ticketOf(ticket: string): Content {
  const isLink = /^https?:\/\/[^\s\p{C}]+$/iu.test(ticket) && URL.canParse(ticket)
  return isLink ? html`<a href="${ticket}" rel="noreferrer noopener">${ticket}</a>` : ticket
}

function standsOf({ since, age, known }: Past): string {
  if (since === null || age === null) return unknownWords[known]
  // A report on an earlier day: the override was not there yet.
  return age < 0 ? `from ${since} on` : `since ${since}, for ${counted(age, 'day')}`
}

function originOf({ day, author, pullRequest, reviewers }: Origin): string {
  const request = pullRequest === undefined ? '' : `, in ${pullRequest}`
  const reviewed = reviewers.length === 0 ? '' : `, reviewed by ${reviewers.join(', ')}`
  return `on ${day} by ${author}${request}${reviewed}`
}

function extensionsOf({ extensions, moves, known }: Past): string {
  if (extensions === null) return unknownWords[known]
  const earlier = moves === null ? 0 : moves - extensions
  const often = timesWords(extensions)
  return `${often}${earlier > 0 ? `; moved to an earlier day ${timesWords(earlier)}` : ''}`
}
