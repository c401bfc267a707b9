import { address, brackets, network, pattern, port, transport, url } from './dead-forms.ts'
import { character, name, trailingDot, wildcard } from './dead-names.ts'
import type { Fault } from './fault.ts'
import { quote } from './quote.ts'

/** Why a text can never be a key that Postfix looks up. */
export type DestinationRule =
  | 'destination-name'
  | 'destination-wildcard'
  | 'destination-url'
  | 'destination-address'
  | 'destination-network'
  | 'destination-character'
  | 'destination-transport'
  | 'destination-trailing-dot'
  | 'destination-brackets'
  | 'destination-port'

/** The rule that a text breaks, why it never matches, and what to write instead. */
export type DeadKeyFinder = (
  text: string,
) => readonly [rule: DestinationRule, why: string, help: string] | undefined

/** In this order: what looks like several faults is mostly one, and the first names it best. */
const finders: readonly DeadKeyFinder[] = [
  pattern,
  character,
  url,
  address,
  wildcard,
  network,
  name,
  trailingDot,
  transport,
  brackets,
  port,
]

/** The first reason why Postfix never asks for this key, and what to write instead. */
export function explainDeadKey(text: string): Omit<Fault<DestinationRule>, 'at'> | undefined {
  for (const find of finders) {
    const found = find(text)
    if (!found) continue
    const [rule, why, help] = found
    return { rule, message: `${quote(text)} never matches: ${why}`, help }
  }
  return undefined
}
