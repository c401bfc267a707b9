import type { Kind } from '../language/kind.ts'
import { kinds, stsKinds } from '../language/kind.ts'
import type { Policy } from '../language/policy.ts'
import { policies } from '../language/policy.ts'

/** What finally happens to a mail to one kind of recipient. */
export type Outcome = 'plaintext' | 'encrypted' | 'verified-mx' | 'verified' | 'deferred'

type MeasuredKind = (typeof kinds)[number]
type StsKind = (typeof stsKinds)[number]

/** The outcome for every kind; the MTA-STS kinds only where a resolver of such policies answers. */
export type Outcomes = Readonly<Record<MeasuredKind, Outcome> & { [K in StsKind]?: Outcome }>

/** One outcome for each policy, in the order of `policies`. */
type Row<Columns extends readonly Policy[] = typeof policies> = {
  readonly [Column in keyof Columns]: Outcome
}

const plain = 'plaintext'
const tls = 'encrypted'
const mx = 'verified-mx'
const proof = 'verified'
const stop = 'deferred'

/**
 * What Postfix does in the end, after its retries. `fingerprint` is with the right pin,
 * except for `key-replaced`; `verify` and `secure` are with their default `match`.
 */
// biome-ignore format: a table, read by its columns
const measured = {
  //                       none   may    encrypt dane   dane-only fingerprint verify secure
  'no-starttls':          [plain, plain, stop,   plain, stop,     stop,       stop,  stop],
  'untrusted-certificate':[plain, tls,   tls,    tls,   stop,     proof,      stop,  stop],
  'trusted-mx-name':      [plain, tls,   tls,    tls,   stop,     proof,      mx,    stop],
  'trusted-domain-name':  [plain, tls,   tls,    tls,   stop,     proof,      mx,    proof],
  'tlsa-match':           [plain, tls,   tls,    proof, proof,    proof,      stop,  stop],
  'tlsa-match-trusted':   [plain, tls,   tls,    proof, proof,    proof,      mx,    proof],
  'tlsa-mismatch':        [plain, tls,   tls,    stop,  stop,     proof,      stop,  stop],
  'tlsa-lookup-failure':  [plain, tls,   tls,    stop,  stop,     proof,      stop,  stop],
  'tlsa-no-starttls':     [plain, plain, stop,   stop,  stop,     stop,       stop,  stop],
  'handshake-failure':    [plain, plain, stop,   plain, stop,     stop,       stop,  stop],
  'key-replaced':         [plain, tls,   tls,    tls,   stop,     stop,       stop,  stop],
} as const satisfies Record<MeasuredKind, Row>

/** Without a resolver's answer, MTA-STS is only a certificate that is trusted, or not. */
const alike = {
  'sts-valid': 'trusted-mx-name',
  'sts-broken': 'untrusted-certificate',
} as const satisfies Record<StsKind, MeasuredKind>

const allKinds: readonly Kind[] = [...kinds, ...stsKinds]

/** The outcome for every measured kind at one policy, with the policy's default parameters. */
export function measuredOutcomes(policy: Policy): Outcomes {
  const column = policies.indexOf(policy)
  return outcomesBy(kind => measured[kind][column] ?? stop)
}

/** The outcome for every measured kind, as a function gives it. */
export function outcomesBy(outcome: (kind: MeasuredKind) => Outcome): Outcomes {
  const entries = kinds.map(kind => [kind, outcome(kind)] as const)
  return Object.fromEntries(entries) as Record<MeasuredKind, Outcome>
}

/** The same outcomes with the MTA-STS kinds, which any policy of ours treats by their certificate. */
export function withStsKinds(outcomes: Outcomes): Outcomes {
  return {
    ...outcomes,
    'sts-valid': outcomes[alike['sts-valid']],
    'sts-broken': outcomes[alike['sts-broken']],
  }
}

/** The outcome for one kind; an MTA-STS kind that is absent is treated by its certificate. */
export function outcomeOf(outcomes: Outcomes, kind: Kind): Outcome {
  if (kind === 'sts-valid' || kind === 'sts-broken') return outcomes[kind] ?? outcomes[alike[kind]]
  return outcomes[kind]
}

/** The kinds that one of the given sides tells apart, in the order of the documentation. */
export function kindsIn(...sides: readonly Outcomes[]): readonly Kind[] {
  return allKinds.filter(kind => sides.some(side => side[kind] !== undefined))
}
