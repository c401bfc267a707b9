import { splitList } from '../language/match.ts'
import type { Override } from '../language/override.ts'
import { readPin } from '../language/pins.ts'
import type { HostResult } from './host.ts'
import type { Target } from './targets.ts'

/** Something that a person should see to before mail stops. */
export interface Notice {
  readonly destination: string
  readonly mx: string
  /** `wrong-pin`: no pin of the override fits; `ends-soon`: a proving certificate ends. */
  readonly what: 'wrong-pin' | 'ends-soon'
  /** When the certificate ends, as ISO 8601 in UTC. */
  readonly ends: string
  readonly text: string
}

interface Trusting extends Pick<Target, 'destination'> {
  /** The override, or what is proposed for one. */
  readonly override: Pick<Override, 'policy' | 'parameters'> | null
}

/** Days ahead in which the end of a certificate is announced. */
const announced = 21

const day = 24 * 60 * 60 * 1000

/** What the certificates that were shown mean for an override's pins, and for TLSA records that match now. */
export function noticesOf(
  { destination, override }: Trusting,
  hosts: readonly HostResult[],
  now: Date,
  algorithm: string,
): readonly Notice[] {
  const pins = override?.policy === 'fingerprint' ? pinsOf(override.parameters.match ?? []) : []
  const seen = new Set<string>()
  return hosts.flatMap(({ mx, certificate, tlsa }): readonly Notice[] => {
    if (!certificate || seen.has(`${mx} ${certificate.digest}`)) return []
    seen.add(`${mx} ${certificate.digest}`)
    const about = { destination: destination.text, mx, ends: certificate.ends }
    const fits =
      pins.includes(bytesOf(certificate.digest)) || pins.includes(bytesOf(certificate.keyDigest))
    // Evidence holds SHA-256; what is pinned by another digest cannot be compared with it.
    if (pins.length > 0 && !fits && algorithm === 'sha256')
      return [
        {
          ...about,
          what: 'wrong-pin',
          text: `${mx} shows a key that is not pinned, so mail waits: its key is ${certificate.keyDigest}`,
        },
      ]
    const proves = pins.includes(bytesOf(certificate.digest))
      ? 'a pinned certificate'
      : tlsa === 'matched'
        ? 'a certificate that TLSA records name'
        : undefined
    const left = Math.floor((Date.parse(certificate.ends) - now.getTime()) / day)
    if (proves === undefined || left > announced) return []
    const when = certificate.ends.slice(0, 10)
    const text = `${mx} shows ${proves}, and it ${left < 0 ? 'ended' : 'ends'} on ${when}`
    return [{ ...about, what: 'ends-soon', text }]
  })
}

function pinsOf(match: readonly string[]): readonly string[] {
  const read = splitList(match, '|').map(readPin)
  return read.flatMap(pin => ('bytes' in pin ? [pin.bytes.toLowerCase()] : []))
}

function bytesOf(digest: string): string {
  return digest.replaceAll(':', '').toLowerCase()
}
