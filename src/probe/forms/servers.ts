import type { HostResult } from '../host.ts'

/** A server, and the families over which it says the same. */
export interface Told {
  readonly host: HostResult
  /** Such as `mx.example.com (ipv4, ipv6)`. */
  readonly name: string
  /** The words that decide: the tool's own where all is not well. */
  readonly words: string
}

/** Servers as they are told, families that fare alike in one line. */
export function toldServers(hosts: readonly HostResult[]): readonly Told[] {
  const groups = new Map<string, HostResult[]>()
  for (const host of hosts) {
    const words = decidingWords(host).replaceAll(`[${host.address ?? ''}]`, '')
    const key = JSON.stringify([host.mx, words, host.certificate])
    const group = groups.get(key)
    if (group) group.push(host)
    else groups.set(key, [host])
  }
  return [...groups.values()].flatMap(alike => {
    const [host] = alike
    const families = alike.map(({ family }) => family).join(', ')
    return host ? [{ host, name: `${host.mx} (${families})`, words: decidingWords(host) }] : []
  })
}

function decidingWords({ state, words, why }: HostResult): string {
  if (state === 'fixed') return why
  const deciding = words.filter(
    word => !/^\w+ TLS connection established |^warning: TLS library|^no TLSA records/.test(word),
  )
  return deciding.at(-1) ?? why
}
