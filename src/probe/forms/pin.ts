import { harmless } from '../../language/harmless.ts'
import { jsonText } from '../../language/json-text.ts'
import type { HostResult, Shown } from '../host.ts'
import type { Pass } from '../pass.ts'

interface Shower {
  readonly mx: string
  readonly certificate: Shown
}

/** Each certificate of each server once; the address families nearly always show the same. */
function showersOf(hosts: readonly HostResult[]): readonly Shower[] {
  const seen = new Map<string, Shower>()
  for (const { mx, certificate } of hosts)
    if (certificate) seen.set(`${mx} ${certificate.digest}`, { mx, certificate })
  return [...seen.values()]
}

/** The pins as YAML that can be put into an override: the keys, and the certificates as comments. */
export function pinText({ destination, hosts }: Pass): string {
  const showers = showersOf(hosts)
  const silent = hosts.filter(({ certificate }) => !certificate)
  const lines = [
    `# What the servers of ${destination} show now: have the recipient confirm it by another way.`,
    ...silent.map(({ mx, family, why }) => `# ${mx} (${family}) shows no certificate: ${why}`),
  ]
  if (showers.length > 0)
    lines.push('policy: fingerprint', 'parameters:', '  match:', ...pinLines(showers))
  return `${lines.map(harmless).join('\n')}\n`
}

/** Servers that share a key are named above the one pin. */
function pinLines(showers: readonly Shower[]): readonly string[] {
  const keys = [...new Set(showers.map(({ certificate }) => certificate.keyDigest))]
  return keys.flatMap(key => [
    ...showers
      .filter(({ certificate }) => certificate.keyDigest === key)
      .map(
        ({ mx, certificate: { digest, ends } }) =>
          `    # ${mx}, certificate ${digest} until ${ends.slice(0, 10)}; its key:`,
      ),
    `    - "${key}"`,
  ])
}

export function pinJson({ destination, time: checkedAt, hosts }: Pass): string {
  const servers = hosts.map(({ mx, family, address, certificate, why }) => ({
    ...{ mx, family, address, certificate },
    why: certificate ? null : why,
  }))
  return jsonText({ version: 1, destination, checkedAt, servers })
}
