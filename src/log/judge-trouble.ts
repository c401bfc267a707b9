import { comparable, readDestination } from '../language/destination.ts'
import type { Problem } from '../language/kind.ts'
import type { Policies } from '../language/policies.ts'
import type { Policy } from '../language/policy.ts'
import { policies as allPolicies } from '../language/policy.ts'
import type { Settings } from '../language/settings.ts'
import type { Decision } from '../outcomes/acting.ts'
import { actingPolicy, outcomesOf } from '../outcomes/acting.ts'
import { outcomeOf } from '../outcomes/outcomes.ts'
import type { Entry } from '../table/entries.ts'
import { findEntry } from '../table/lookup.ts'
import type { LogFault } from './fault.ts'
import { kindOf, leastWeak } from './least-weak.ts'
import type { Suggestion } from './suggest.ts'
import type { Trouble } from './trouble.ts'

/** What a draft for a trouble needs, or why there is none. */
export type Judged = Pick<Suggestion, 'problem' | 'policy' | 'pinHelps'> | { readonly why: string }

/** Seconds after which a message that fails to shake hands goes unencrypted where that is allowed. */
const patient = 900

/** What to do about one trouble. */
export function judgeTrouble(
  trouble: Trouble,
  { settings }: Policies,
  index: ReadonlyMap<string, Entry>,
): Judged {
  const { domain, fault } = trouble
  const read = readDestination(domain, '')
  if ('rule' in read) return { why: 'the log names no domain that an override could name' }
  const early = withoutDraft(trouble)
  if (early !== undefined) return { why: early }
  const match = findEntry(index, read.keys[0])
  if (match?.how === 'exact')
    return {
      why: `an override stands already (${match.entry.override.path}); see tlspolicy recheck and try`,
    }
  const relay = relayEntry(trouble, index)
  if (relay)
    return {
      why: `an override stands already for ${relay.key} (${relay.override.path}), which acts where a relayhost or a transport sends this mail there`,
    }
  const current: Decision = match
    ? { ...match.entry.override, host: read.host }
    : { policy: baselineOf(trouble, settings), parameters: {}, host: read.host }
  const isBaseline = !match && current.policy === settings.postfix.defaultPolicy
  const acting = actingPolicy(current.policy, settings)
  const mayBeSts = !match && settings.postfix.dynamicPolicy === 'mta-sts'
  const problem = problemOf(trouble, acting, { mayBeSts, host: read.host })
  const kind = kindOf(problem)
  const now =
    isBaseline || problem === 'sts-broken'
      ? outcomesOf(null, settings)
      : outcomesOf(current, settings)
  const mandatory = fault === 'handshake-failure' && hasTlsa(acting, trouble)
  if (outcomeOf(now, kind) !== 'deferred' && !mandatory)
    return { why: notKept(fault, current.policy) }
  const without: readonly Policy[] = mandatory || problem === 'sts-broken' ? ['dane'] : []
  const policy = leastWeak(kind, now, without, settings)
  if (policy === undefined) return { why: 'no policy would deliver it' }
  // At dane Postfix says this of no certificate: another policy acted than is known here.
  const isUntrusted = problem === 'tlsa-mismatch' && /self-signed|issuer/.test(trouble.cause ?? '')
  return {
    problem: isUntrusted ? 'untrusted-certificate' : problem,
    policy,
    pinHelps: outcomeOf(outcomesOf(pinned, settings), kind) === 'verified',
  }
}

/**
 * Where TLSA records make TLS mandatory, a failed handshake keeps mail back for good. At `dane-only` none
 * is begun without them; at `dane` a mail that still waits tells of them.
 */
function hasTlsa(acting: Policy, { age }: Trouble): boolean {
  return acting === 'dane-only' || (acting === 'dane' && age > patient)
}

const pinned: Decision = { policy: 'fingerprint', parameters: {} }

/** Why nothing is drafted, whatever policy acts; undefined where that depends. */
function withoutDraft({ fault, through, waiting, cause }: Trouble): string | undefined {
  if (fault === 'transient' || fault === 'unresolved') return 'no TLS policy keeps this mail back'
  if (through !== null) {
    const how = fault === 'handshake-failure' ? ', perhaps unencrypted' : ''
    return `mail to it was delivered later${how}, so no override is needed`
  }
  if (waiting === 0) return 'all of it was delivered later, so no override is needed'
  if (fault === 'own-table')
    return `an entry of your own table or a setting is refused${cause === null ? '' : ` (${cause})`}: tlspolicy check, then deploy`
  return undefined
}

function notKept(fault: LogFault, policy: Policy): string {
  return fault === 'handshake-failure'
    ? 'mail goes unencrypted after about five minutes; only if they publish TLSA records does it wait'
    : `under "${policy}" it would not wait: look whether the settings (default_policy, dynamic_policy) say what the servers do`
}

/** The servers' policy without an override; Postfix 3.11 tells which one acted. */
function baselineOf({ acting, fault, cause }: Trouble, { postfix }: Settings): Policy {
  const told = allPolicies.find(policy => policy === acting)
  if (told !== undefined || postfix.dynamicPolicy === 'none') return told ?? postfix.defaultPolicy
  const resolved = asResolved(fault, cause)
  const isMay = fault === 'not-offered' && postfix.defaultPolicy === 'may'
  return resolved ?? (isMay ? 'secure' : postfix.defaultPolicy)
}

/** What a resolver of MTA-STS policies must have answered where a fault arises under no other policy. */
function asResolved(fault: LogFault, cause: string | null): Policy | undefined {
  if (fault === 'no-tlsa') return 'dane-only'
  const isDane = fault === 'unproven' && cause?.includes('DANE TLSA')
  return fault === 'tlsa-lookup-failure' || isDane ? 'dane' : undefined
}

/** An entry for the smart host that the mail went to: the log names recipients, Postfix asks for next-hops. */
function relayEntry({ servers }: Trouble, index: ReadonlyMap<string, Entry>): Entry | undefined {
  return servers
    .flatMap(server => [`[${server}]`, `[${server}]:25`])
    .map(key => index.get(comparable(key)))
    .find(entry => entry)
}

/** The kind of recipient, where the reason alone does not tell. */
function problemOf(
  { fault, cause, acting, servers }: Trouble,
  policy: Policy,
  { mayBeSts, host }: { readonly mayBeSts: boolean; readonly host: string },
): Problem {
  const dane = policy === 'dane' || policy === 'dane-only'
  if (fault === 'not-offered') return dane ? 'tlsa-no-starttls' : 'no-starttls'
  if (fault === 'unproven') {
    const isSts = acting === null ? cause !== null && !/TLSA/.test(cause) : !dane
    if (mayBeSts && isSts) return 'sts-broken'
    if (dane) return 'tlsa-mismatch'
    if (policy === 'fingerprint') return 'key-replaced'
    // A trusted certificate for another name may be for the server's own, which `verify` accepts; but
    // `secure` accepts that, too, where the server's name lies below the domain.
    return cause?.includes('hostname mismatch') &&
      policy === 'secure' &&
      !servers.some(server => `.${server}`.endsWith(`.${host}`))
      ? 'trusted-mx-name'
      : 'untrusted-certificate'
  }
  return fault === 'tlsa-lookup-failure' || fault === 'handshake-failure' || fault === 'sts-broken'
    ? fault
    : 'other'
}
