import { readFileSync } from 'node:fs'
import type { Receiver } from './world/next-hop.mjs'

export type Verdict = 'ok' | 'warn' | 'invalid'

/** A release of Postfix that was measured. */
export type Measured = '3.7' | '3.11'

/** One right-hand side, and what Postfix made of it. */
export interface Row {
  readonly id: string
  readonly policy: string
  readonly receiver: Receiver
  readonly verdicts: Readonly<Partial<Record<Measured, Verdict>>>
  /** The TLS version of the session, where there was one and the row is about that. */
  readonly protocol?: string
}

/** What the placeholders stand for. */
export type Values = Readonly<
  Record<'CERTIFICATE_PIN' | 'KEY_PIN' | 'OTHER_PIN' | 'ISSUER_PIN' | 'PKI', string>
>

const ESCAPES: Readonly<Record<string, string>> = { '\\t': '\t', '\\n': '\n', '\\\\': '\\' }

/** Right-hand sides of all kinds, measured on two releases. */
function readPolicies(): readonly Row[] {
  return readLines('corpus.tsv').map(([id = '', , policy = '', receiver, older, , newer]) => ({
    id,
    policy: unescapeText(policy),
    receiver: receiver as Receiver,
    verdicts: { '3.7': older as Verdict, '3.11': newer as Verdict },
  }))
}

/** Values of single parameters, measured on Postfix 3.7 with OpenSSL 3.0. */
function readValues(): readonly Row[] {
  return readLines('values.tsv').map(([policy = '', receiver, verdict, protocol], index) => ({
    id: `V${String(index + 1).padStart(4, '0')}`,
    policy: unescapeText(policy),
    receiver: receiver as Receiver,
    verdicts: { '3.7': verdict as Verdict },
    ...(protocol ? { protocol } : {}),
  }))
}

/** Everything that was measured. */
export function readCorpus(): readonly Row[] {
  return [...readPolicies(), ...readValues()]
}

/** The policy with pins and paths in their places. */
export function fillIn({ policy }: Row, values: Values): string {
  return policy.replace(/%([A-Z_]+)%/g, (_, name: keyof Values) => values[name])
}

/** Some policies name their own next-hop, so that must follow from the id. */
export function nextHopOfRow({ id }: Row): string {
  return `${id.replace('C', 'k0').toLowerCase()}.ca.test`
}

function readLines(name: string): readonly (readonly string[])[] {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8')
  const [, ...lines] = text.trimEnd().split('\n')
  return lines.map(line => line.split('\t'))
}

function unescapeText(text: string): string {
  return text.replace(/\\./g, code => ESCAPES[code] ?? code)
}
