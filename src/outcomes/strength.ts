import { splitList } from '../language/match.ts'
import type { Parameters } from '../language/override.ts'
import type { ParameterName } from '../language/parameters.ts'
import { parameterNames } from '../language/parameters.ts'
import { readPin } from '../language/pins.ts'
import { allowedVersions, protocolVersions } from '../language/protocols.ts'
import type { Effect } from '../language/settings.ts'
import type { Decision } from './acting.ts'
import { combineEffects, effectOfRise, effectOnAccepted } from './effect.ts'
import { namesOf } from './names.ts'

/** For each parameter whose protection moves, how it does. */
export type ParameterEffects = Readonly<Partial<Record<ParameterName, Effect>>>

/** Postfix's default since 3.6 (postconf(5), smtp_tls_protocols). */
const defaultProtocols = ['>=TLSv1']

/** Postfix's cipher grades from the weakest; since 3.8 the middle three are one. */
const grades = ['null', 'export', 'low', 'medium', 'high']

/** What moves with each parameter; an absent one stands for Postfix's default. */
const compare = {
  match: compareMatch,
  tafile: compareTrustAnchors,
  protocols: (before, after) => compareProtocols(before.parameters, after.parameters),
  ciphers: (before, after) => compareGrades(before.parameters, after.parameters),
  exclude: (before, after) => effectOnAccepted(excluded(after), excluded(before)),
  servername: (before, after) => {
    const [was, will] = [before.parameters.servername?.at(-1), after.parameters.servername?.at(-1)]
    return was === will ? 'same' : 'mixed'
  },
  connection_reuse: (before, after) => compareSwitches('connection_reuse', before, after),
  enable_rpk: (before, after) => compareSwitches('enable_rpk', before, after),
} as const satisfies Record<ParameterName, (before: Decision, after: Decision) => Effect>

/** How the parameters' protection moves between two sides; each policy is the acting one. */
export function compareParameters(before: Decision, after: Decision): ParameterEffects {
  const effects = parameterNames.map(name => [name, compare[name](before, after)] as const)
  return Object.fromEntries(effects.filter(([, effect]) => effect !== 'same'))
}

/**
 * Pins compare with pins and names with names; between other policies the outcomes tell all. So they
 * do where one list accepts the MX host's name, which takes in every other name, and one does not.
 */
function compareMatch(before: Decision, after: Decision): Effect {
  if (before.policy === 'fingerprint' && after.policy === 'fingerprint') {
    return compareOptional(pins(before), pins(after))
  }
  const [was, will] = [names(before), names(after)]
  if (!was || !will || was.has('hostname') !== will.has('hostname')) return 'same'
  return effectOnAccepted(was, will)
}

function compareTrustAnchors(before: Decision, after: Decision): Effect {
  if (!names(before) || !names(after)) return 'same'
  const [was, will] = [before.parameters.tafile, after.parameters.tafile]
  return compareOptional(was && new Set(was), will && new Set(will))
}

/** Absent pins and trust anchors are those of main.cf, which nobody here knows. */
function compareOptional(
  before: ReadonlySet<string> | undefined,
  after: ReadonlySet<string> | undefined,
): Effect {
  if (!before || !after) return before === after ? 'same' : 'mixed'
  return effectOnAccepted(before, after)
}

function compareProtocols(before: Parameters, after: Parameters): Effect {
  const was = allowedVersions(before.protocols ?? defaultProtocols)
  const will = allowedVersions(after.protocols ?? defaultProtocols)
  const indexes = [was, will].map(set => [...set].map(version => protocolVersions.indexOf(version)))
  const [from = [], to = []] = indexes
  if (from.length === 0 || to.length === 0) return from.length === to.length ? 'same' : 'mixed'
  const floor = effectOfRise(Math.min(...to) - Math.min(...from))
  const ceiling = effectOfRise(Math.max(...to) - Math.max(...from))
  const bounds = combineEffects([floor, ceiling])
  return bounds === 'same' ? effectOnAccepted(was, will) : bounds
}

function compareGrades(before: Parameters, after: Parameters): Effect {
  const [was, will] = [before, after].map(side => side.ciphers?.join(':').toLowerCase() ?? 'medium')
  const [from = -1, to = -1] = [was, will].map(grade => grades.indexOf(grade ?? ''))
  if (was === will) return 'same'
  return from < 0 || to < 0 ? 'mixed' : effectOfRise(to - from)
}

/** These save connections or bytes; they let nobody read more. */
function compareSwitches(
  name: 'connection_reuse' | 'enable_rpk',
  before: Decision,
  after: Decision,
): Effect {
  const [was, will] = [before, after].map(({ parameters }) =>
    (parameters[name]?.at(-1) ?? 'no').toLowerCase(),
  )
  return was === will ? 'same' : 'other'
}

/** Fingerprints in one spelling, whatever the case and the colons. */
function pins({ parameters }: Decision): ReadonlySet<string> | undefined {
  if (!parameters.match) return undefined
  const read = splitList(parameters.match, '|').map(readPin)
  return new Set(read.map(pin => ('bytes' in pin ? pin.bytes : pin.text)))
}

function names({ policy, parameters }: Decision): ReadonlySet<string> | undefined {
  return policy === 'verify' || policy === 'secure' ? namesOf(policy, parameters.match) : undefined
}

function excluded({ parameters }: Decision): ReadonlySet<string> {
  return new Set(splitList(parameters.exclude ?? [], ':'))
}
