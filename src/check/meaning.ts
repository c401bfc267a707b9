import type { Destination } from '../language/destination.ts'
import { readMatch, splitList } from '../language/match.ts'
import type { Override } from '../language/override.ts'
import { readPin } from '../language/pins.ts'
import type { Policies } from '../language/policies.ts'
import { quote } from '../language/quote.ts'
import type { Effect } from '../language/settings.ts'
import { effectsUnder } from '../outcomes/override.ts'
import type { Entry } from '../table/entries.ts'
import { compileEntries, indexEntries } from '../table/entries.ts'
import { findParent } from '../table/lookup.ts'
import type { Check, Finding } from './rule.ts'

export type MeaningRule =
  | 'dane-without-dnssec'
  | 'dane-only-address'
  | 'secure-address'
  | 'secure-hostname'
  | 'single-pin'
  | 'equals-baseline'
  | 'equals-parent'
  | 'dynamic-beats-parent'
  | 'dane-disables-mta-sts'

type Found = Pick<Finding<MeaningRule>, 'message' | 'help' | 'other'> & { readonly at?: string }
type Find = (override: Override, policies: Policies) => Found | undefined

/** Overrides that Postfix takes, and that do something else than was probably meant. */
export const checkMeaning: Check<MeaningRule> = function* (policies) {
  const index = indexEntries(compileEntries(policies.overrides))
  const effectOf = effectsUnder(policies.settings)
  for (const override of policies.overrides) {
    for (const [rule, find] of Object.entries(finders) as [MeaningRule, Find][]) {
      const found = find(override, policies)
      if (found) yield toFinding(rule, override, found)
    }
    if (override.active) yield* checkParents(override, effectOf, index)
  }
}

const finders = {
  'dane-without-dnssec': ({ policy }, { settings }) =>
    (policy === 'dane' || policy === 'dane-only') && settings.postfix.dnsSupportLevel !== 'dnssec'
      ? {
          message: `without DNSSEC lookups ${quote(policy)} ${policy === 'dane' ? 'acts as "may"' : 'defers all mail'}`,
          help: 'set smtp_dns_support_level = dnssec on the servers, and dns_support_level in _settings.yaml',
        }
      : undefined,
  'dane-only-address': ({ policy, destinations }) => {
    const found = policy === 'dane-only' && destinations.find(({ address }) => address)
    return found
      ? {
          message: `the address ${quote(found.text)} has no TLSA records: "dane-only" defers all mail to it`,
          help: 'pin the certificate with "fingerprint"',
          at: found.at,
        }
      : undefined
  },
  'secure-address': ({ policy, parameters, destinations }) => {
    const names = parameters.match && readMatch(parameters.match)
    const spoilt =
      !names || names.some(name => name.kind === 'strategy' && name.strategy === 'dot-nexthop')
    const found = policy === 'secure' && spoilt && destinations.find(({ address }) => address)
    return found
      ? {
          message: `with its default names "secure" never verifies the address ${quote(found.text)}`,
          help: `write the name in the server's certificate as "match", or "match: nexthop" if it holds the address`,
          at: found.at,
        }
      : undefined
  },
  'secure-hostname': ({ policy, parameters }) =>
    policy === 'secure' &&
    readMatch(parameters.match ?? []).some(
      name => name.kind === 'strategy' && name.strategy === 'hostname',
    )
      ? {
          message: '"hostname" accepts the name that DNS gives, which nobody authenticated',
          help: `write the MX host's name itself, or the policy "verify", which says the same`,
          at: '/parameters/match',
        }
      : undefined,
  'single-pin': ({ policy, parameters }) => {
    const pins = splitList(parameters.match ?? [], '|').map(readPin)
    const distinct = new Set(pins.flatMap(pin => ('bytes' in pin ? [pin.bytes] : [])))
    return policy === 'fingerprint' && distinct.size === 1
      ? {
          message: 'one pin alone: when the recipient replaces the key, all mail to it is deferred',
          help: 'ask the recipient for the digest of the next key, and add it',
          at: '/parameters/match',
        }
      : undefined
  },
  'dynamic-beats-parent': ({ destinations }, { settings }) => {
    const found =
      settings.postfix.dynamicPolicy === 'mta-sts' &&
      destinations.find(({ form }) => form === 'parent')
    return found
      ? {
          message: `for a subdomain with a policy of its own the resolver answers before ${quote(found.text)} is asked for`,
          help: 'write each subdomain that must not follow the resolver',
          at: found.at,
        }
      : undefined
  },
  'dane-disables-mta-sts': ({ policy }, { settings }) =>
    policy === 'dane' && settings.postfix.dynamicPolicy === 'mta-sts'
      ? {
          message: 'with "dane" the resolver of MTA-STS policies is not asked for this destination',
          help: 'remove the override, or choose "dane-only" if the recipient publishes TLSA records',
        }
      : undefined,
} as const satisfies Partial<Record<MeaningRule, Find>>

/** An override may equal the baseline for a reason: to except a name from its parent's override. */
function* checkParents(
  override: Override,
  effectOf: (override: Override) => Effect,
  index: ReadonlyMap<string, Entry>,
): Iterable<Finding<MeaningRule>> {
  const parents = override.destinations.map(destination => parentOf(destination, index))
  if (parents.every(parent => parent === undefined)) {
    if (override.destinations.length > 0 && effectOf(override) === 'same')
      yield toFinding('equals-baseline', override, {
        message: 'the override changes nothing: the servers treat this mail so without it',
        help: 'remove it',
      })
    return
  }
  const own = compileEntries([override])[0]?.value
  for (const [at, parent] of parents.entries()) {
    const destination = override.destinations[at]
    if (!parent || !destination || parent.value !== own || parent.override === override) continue
    yield toFinding('equals-parent', override, {
      message: `${quote(destination.text)} is already covered by ${quote(parent.key)}, with the same policy`,
      help: 'remove it',
      at: destination.at,
      other: { path: parent.override.path, at: { pointer: '/destination' } },
    })
  }
}

function parentOf({ form, keys }: Destination, index: ReadonlyMap<string, Entry>) {
  return form === 'domain' || form === 'parent' ? findParent(index, keys[0]) : undefined
}

function toFinding(
  rule: MeaningRule,
  { path }: Override,
  { at = '/policy', ...found }: Found,
): Finding<MeaningRule> {
  return { rule, path, ...found, at: { pointer: at } }
}
