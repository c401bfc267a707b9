import type { Paint } from '../../check/forms/paint.ts'
import { harmless } from '../../language/harmless.ts'
import { jsonText } from '../../language/json-text.ts'
import { wrap } from '../../language/wrap.ts'
import type { State } from '../judge.ts'
import type { Notice } from '../notices.ts'
import type { Pass } from '../pass.ts'
import { summarize } from '../pass.ts'
import { deliverySentence } from './delivery.ts'
import type { Told } from './servers.ts'
import { toldServers } from './servers.ts'

/** What a policy on trial would do, and what would be best. */
export interface Trial {
  readonly pass: Pass
  readonly notices: readonly Notice[]
  /** The file of the override on trial, as it is shown. */
  readonly file?: string
  /**
   * The strongest policy with which every server that answered takes mail; null where nobody can tell,
   * absent where nobody was asked.
   */
  readonly strongest?: string | null
}

/** A failed handshake where TLS is not mandatory: the second attempt goes without. */
const late = ['warning', 'mail would be late, and unencrypted'] as const

const verdicts = {
  fixed: ['notice', 'mail would be delivered'],
  broken: ['error', 'mail would not be delivered'],
  unknown: ['warning', 'nobody can tell now'],
} as const satisfies Record<State, readonly [Parameters<Paint>[0], string]>

/** The trial for people, with the digests that a pin would name. */
export function tryText({ pass, file, strongest, notices }: Trial, paint: Paint): string {
  const summary = summarize(pass.hosts)
  const isLate = summary.state === 'broken' && summary.outcome === 'plaintext'
  const [style, verdict] = isLate ? late : verdicts[summary.state]
  const lines = [
    ...(file === undefined ? [] : [`${harmless(file)}:`]),
    `${harmless(`${pass.destination} ${pass.policy}`)}: ${paint(style, verdict)}`,
    ...wrap('  ', harmless(deliverySentence(summary))),
    '',
    ...toldServers(pass.hosts).flatMap(serverLines),
    ...notices.map(({ text }) => `  see to this: ${harmless(text)}`),
    ...(strongest === undefined ? [] : [strongestLine(strongest)]),
  ]
  return `${lines.join('\n')}\n`
}

function strongestLine(strongest: string | null): string {
  if (strongest === 'none')
    return 'no policy with TLS delivers at every server at once; "none" does, unencrypted'
  return strongest === null
    ? 'which policy is the strongest that delivers, nobody can tell now'
    : `the strongest policy that delivers at every server: ${strongest}`
}

function serverLines({ name, words, host: { certificate, tlsa } }: Told): readonly string[] {
  return [
    `  ${name}: ${words}`,
    ...(tlsa === null ? [] : [`    TLSA records: ${tlsa}`]),
    ...(certificate
      ? [
          `    key         ${certificate.keyDigest}`,
          `    certificate ${certificate.digest} until ${certificate.ends.slice(0, 10)}`,
        ]
      : []),
  ].map(harmless)
}

export function tryJson(trial: Trial): string {
  return jsonText({ version: 1, ...toldOf(trial) })
}

/** The trials of override files, for people, with their count. */
export function tryFilesText(trials: readonly Trial[], paint: Paint): string {
  const those = (state: State) =>
    trials.filter(({ pass }) => summarize(pass.hosts).state === state).length
  const counts = `delivered: ${those('fixed')}, not delivered: ${those('broken')}, unknown: ${those('unknown')}`
  return [...trials.map(trial => tryText(trial, paint)), `${counts}\n`].join('\n')
}

export function tryFilesJson(trials: readonly Trial[]): string {
  return jsonText({ version: 1, results: trials.map(toldOf) })
}

function toldOf({ pass, file, strongest, notices }: Trial) {
  const { state, outcome, problem, why } = summarize(pass.hosts)
  const { destination, policy, time: checkedAt, hosts } = pass
  const told = { state, outcome, problem, why, strongest, checkedAt, notices, hosts }
  return { ...(file !== undefined && { file }), destination, policy, ...told }
}
