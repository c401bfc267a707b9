import type { Policy } from '../language/policy.ts'
import { parseFinger } from './finger.ts'
import { askedLevels, needsMay } from './judge.ts'
import type { Family, Question, Sender } from './question.ts'
import { bracketed, familiesFor, fingerArguments, hasMx } from './question.ts'
import type { Target } from './targets.ts'

/** What DNS said of the servers of a domain; `failed` where it said nothing. */
export type Exchanges = { readonly hosts: readonly string[] } | { readonly failed: true }

/** A question and its place: which server of which target. */
export interface Asking {
  readonly target: Target
  readonly level: Policy
  readonly question: Question
  /** Asked for its MX record alone: which of several servers answers is chance. */
  readonly only?: 'mx-record'
}

/** What posttls-finger printed; undefined where it did not end in time. */
export type Answer = string | undefined

/** More servers than this no sender would try (smtp_mx_address_limit is 5). */
const mostServers = 10

/**
 * The first questions for a target: each server and family once. `isShared` says of a server whether
 * other targets have it, too: then all ask it the same, and it is asked once.
 */
export function askingsFor(
  target: Target,
  exchanges: Exchanges | undefined,
  isShared: (mx: string) => boolean,
  sender: Sender,
): readonly Asking[] {
  const { destination, proposal } = target
  if (destination.form === 'parent') return []
  const level = askedLevels[proposal.policy]
  const hosts = serversOf(target, exchanges)
  const [first = ''] = hosts
  const failed = exchanges !== undefined && 'failed' in exchanges
  const asksAnyway = level === 'dane-only' && exchanges !== undefined && hosts.length === 1
  const byDomain = failed || (asksAnyway && !isShared(first))
  const askings = hosts.flatMap(mx =>
    familiesFor(mx, sender).map((family, turn): Asking => {
      const whole = failed || (byDomain && turn === 0)
      const where = whole ? domainOf(target) : bracketed(mx, destination.port)
      return { target, level, question: ask(target, level, { mx, family, where }, sender) }
    }),
  )
  const [family] = familiesFor(first, sender)
  if (byDomain || !exchanges || !family || !needsMxRecord(target, sender)) return askings
  const question = ask(target, level, { mx: first, family, where: domainOf(target) }, sender)
  return [...askings, { target, level, question, only: 'mx-record' }]
}

/** Whether delivery depends on the MX record being signed, which only a look for it can tell. */
function needsMxRecord({ proposal: { policy } }: Target, sender: Sender): boolean {
  return policy === 'dane-only' || (policy === 'dane' && insecurePolicy(sender) !== 'dane')
}

/** What smtp(8) acts as at `dane` where the MX record is not signed. */
export function insecurePolicy({ smtp_tls_dane_insecure_mx_policy: policy }: Sender): Policy {
  return policy === 'may' || policy === 'encrypt' ? policy : 'dane'
}

function serversOf({ destination }: Target, exchanges: Exchanges | undefined): readonly string[] {
  if (!exchanges || !hasMx(destination) || 'failed' in exchanges) return [destination.host]
  const hosts = [...new Set(exchanges.hosts.map(host => host.toLowerCase()))].slice(0, mostServers)
  return hosts.length === 0 ? [destination.host] : hosts
}

function domainOf({ destination: { host, port } }: Target): string {
  return port === undefined ? host : `${host}:${port}`
}

function ask(
  { proposal }: Target,
  level: Policy,
  { mx, family, where }: { readonly mx: string; readonly family: Family; readonly where: string },
  sender: Sender,
): Question {
  const args = fingerArguments(proposal, { target: where, mx, family, level }, sender)
  return { target: where, mx, family, args }
}

/** The second questions, where the first one left open what happens without TLSA records. */
export function followUps(
  askings: readonly Asking[],
  answers: ReadonlyMap<string, Answer>,
  sender: Sender,
): readonly Asking[] {
  return askings
    .filter(({ target, question }) =>
      needsMay(target.proposal.policy, parseFinger(answers.get(keyOf(question)) ?? '')),
    )
    .map(({ target, question: { mx, family, target: where } }) => ({
      target,
      level: 'may',
      question: ask(target, 'may', { mx, family, where }, sender),
    }))
}

/** Two destinations with one server ask it the same, and then it is asked once. */
export function keyOf({ args }: Question): string {
  return JSON.stringify(args)
}

/** A name that exists nowhere but in DNS itself: whether it can be looked up tells of the resolver. */
export const controlArguments = ['-l', 'may', '-t', '1', '--', '[com]'] as const

/** Whether a failed lookup has to be told apart from a resolver that fails. */
export function needsControl(answers: Iterable<Answer>): boolean {
  for (const answer of answers) {
    const { signs } = parseFinger(answer ?? '')
    if (signs.has('lookup-failed') || signs.has('tlsa-failed')) return true
  }
  return false
}
