import type { Kind } from '../language/kind.ts'
import type { ParameterName } from '../language/parameters.ts'
import { parameterNames } from '../language/parameters.ts'
import { exposure } from './compare.ts'
import type { Outcome, Outcomes } from './outcomes.ts'
import { kindsIn, outcomeOf } from './outcomes.ts'
import type { ParameterEffects } from './strength.ts'
import type { Told } from './words.ts'
import {
  familyWords,
  futureWords,
  kindWords,
  movementWords,
  outcomeWords,
  parameterWords,
  pastWords,
} from './words.ts'

interface Group {
  readonly was: Outcome
  readonly will: Outcome
  readonly words: string
  readonly kinds: readonly Kind[]
}

/** One sentence for all kinds to which the same happens, the worst first. */
export function outcomeSentences(outcomes: Outcomes): readonly string[] {
  const kinds = kindsIn(outcomes)
  const groups = new Map<Told, Kind[]>()
  for (const kind of kinds) {
    const told = toldOf(kind, outcomes)
    groups.set(told, [...(groups.get(told) ?? []), kind])
  }
  return (Object.keys(outcomeWords) as Told[]).flatMap(told => {
    const group = groups.get(told)
    return group ? [`${recipientsOf(group, kinds)}: mail ${outcomeWords[told]}.`] : []
  })
}

/** One sentence for all kinds that move alike, the worst first; none where no outcome differs. */
export function changeSentences(before: Outcomes, after: Outcomes): readonly string[] {
  const compared = kindsIn(before, after)
  const groups = groupKinds(compared, before, after).toSorted(byHarm)
  return groups.map(({ kinds, words }) => `${recipientsOf(kinds, compared)}: mail ${words}.`)
}

/** One sentence for each parameter that moves, in Postfix's order; `after` is what then happens. */
export function parameterSentences(effects: ParameterEffects, after: Outcomes): readonly string[] {
  return parameterNames.flatMap(name => {
    const effect = effects[name]
    if (!effect) return []
    const price = effect === 'stronger' && narrowing.has(name) ? priceOf(after) : ''
    return [`The parameter ${name} (${parameterWords[name]}) ${movementWords[effect]}${price}.`]
  })
}

/** Parameters that make the handshake fail at a recipient that cannot do what is left. */
const narrowing: ReadonlySet<ParameterName> = new Set(['protocols', 'ciphers', 'exclude'])

/** Where TLS is not mandatory, asking for more of it sends plaintext to those that cannot do it. */
function priceOf(after: Outcomes): string {
  return toldOf('handshake-failure', after) === 'plaintext-later'
    ? '; but to a recipient that cannot do it mail goes out unencrypted after about five minutes'
    : ''
}

function groupKinds(
  compared: readonly Kind[],
  before: Outcomes,
  after: Outcomes,
): readonly Group[] {
  const groups = new Map<string, Group>()
  for (const kind of compared) {
    const [was, will] = [outcomeOf(before, kind), outcomeOf(after, kind)]
    if (was === will) continue
    const words = `${pastWords[toldOf(kind, before)]}, ${futureWords[toldOf(kind, after)]}`
    groups.set(words, { was, will, words, kinds: [...(groups.get(words)?.kinds ?? []), kind] })
  }
  return [...groups.values()]
}

function recipientsOf(kinds: readonly Kind[], all: readonly Kind[]): string {
  const words = kinds.length === all.length ? 'every recipient' : joinKinds(kinds)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

/** Kinds that belong together are said in one phrase, in the place of the first of them. */
function joinKinds(kinds: readonly Kind[]): string {
  const families = familyWords.filter(family => family.kinds.every(kind => kinds.includes(kind)))
  const phrases = kinds
    .filter(kind => !isTold(kind, kinds))
    .map(kind => families.find(family => family.kinds.includes(kind))?.words ?? kindWords[kind])
  return [...new Set(phrases)].join('; or ').replaceAll('; or a recipient', '; or one')
}

/** Without a pin on either side, another key is just another untrusted certificate. */
function isTold(kind: Kind, kinds: readonly Kind[]): boolean {
  return kind === 'key-replaced' && kinds.includes('untrusted-certificate')
}

/** First what exposes mail, and most where it falls lowest and deepest; then what stops it. */
function byHarm(a: Group, b: Group): number {
  return rank(a) - rank(b) || exposure[b.was] - exposure[a.was]
}

function rank({ was, will }: Group): number {
  if (exposure[will] < exposure[was]) return exposure[will]
  return will === 'deferred' ? exposure.deferred : exposure.deferred + 1
}

/**
 * Where TLS is tried at all, a failed handshake leads to plaintext only on the second attempt
 * (minimal_backoff_time, 300 s); and only a pin proves a certificate that nobody trusts.
 */
function toldOf(kind: Kind, outcomes: Outcomes): Told {
  const outcome = outcomeOf(outcomes, kind)
  const untrusted = outcomes['untrusted-certificate']
  if (kind === 'handshake-failure' && outcome === 'plaintext' && untrusted !== 'plaintext') {
    return 'plaintext-later'
  }
  return outcome === 'verified' && untrusted === 'verified' ? 'verified-by-pin' : outcome
}
