/** How Postfix looks a destination up; only a plain domain is also found through a parent's entry. */
export type DestinationForm = 'domain' | 'parent' | 'host' | 'host-port' | 'domain-port'

/** A next-hop that somebody wrote, and the lookup keys that stand for it. */
export interface Destination {
  /** As it was written. */
  readonly text: string
  readonly form: DestinationForm
  /** Canonical lookup keys: one, or the A-label and the U-label of an internationalised name. */
  readonly keys: readonly [string, ...string[]]
  /** The name or address without brackets, leading dot and port, as A-label. */
  readonly host: string
  readonly port?: string
  /** Where it stands in the file, as JSON pointer. */
  readonly at: string
}
