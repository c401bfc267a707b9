import { isIP } from 'node:net'
import { readDestination } from '../language/destination.ts'
import { harmless } from '../language/harmless.ts'
import type { Problem } from '../language/kind.ts'
import { wrap } from '../language/wrap.ts'
import type { Told } from './letter-words.ts'
import { told } from './letter-words.ts'
import type { Suggestion } from './suggest.ts'
import type { Trouble } from './trouble.ts'
import { spanOf } from './words.ts'

/**
 * A text for the postmaster of each destination, ready to send: whom else we write to is nobody else's
 * matter. Undefined where there is nothing to ask of them.
 */
export function letterOf({ troubles, problem, ownSide }: Suggestion): string | undefined {
  if (ownSide !== undefined) return undefined
  const addresses = new Set(troubles.map(({ domain }) => addressOf(domain)))
  const letters = [...addresses].flatMap(address => {
    const theirs = troubles.filter(({ domain }) => addressOf(domain) === address)
    return letterTo(address, problem, theirs) ?? []
  })
  return letters.length === 0 ? undefined : letters.join('\n\n')
}

function letterTo(
  address: string,
  problem: Problem,
  troubles: readonly Trouble[],
): string | undefined {
  const [first] = troubles
  const words: Told | null = told[problem === 'tlsa-mismatch' ? mismatchOf(first) : problem]
  if (!words || !first) return undefined
  const servers = [...new Set(troubles.flatMap(trouble => trouble.servers))]
  const { host, port = '25' } = hostOf(first.domain)
  const named = servers.length > 0 ? listOf(servers) : `the servers of ${host}`
  const names = servers.length > 0 ? servers : ['your mail servers']
  const records = listOf(
    names.map(server => (/\s/.test(server) ? server : `_${port}._tcp.${server}`)),
  )
  const paragraphs = [
    `To: ${address}`,
    `Subject: ${words.subject}`,
    '',
    'Hello,',
    '',
    'mail from us to you waits in our queue:',
    '',
    ...troubles.map(trouble => `  ${trouble.domain}: ${spanOf(trouble)}`),
    '',
    `${words.see(named, records)} Our log says:`,
    '',
    `  ${[first.reason, first.cause].filter(word => word !== null).join('; ')}`,
    '',
    words.mend,
    '',
    'A short answer when it is done helps us to go back to our usual policy; until then we may send you mail with less protection.',
  ]
  return `${paragraphs.flatMap(line => wrapped(harmless(line))).join('\n')}\n`
}

/** Records that name an authority match, and its certificate for the server may still have ended. */
function mismatchOf(trouble: Trouble | undefined): 'tlsa-mismatch' | 'untrusted-certificate' {
  const isOther = trouble?.cause !== null && trouble?.cause !== undefined
  return isOther && !trouble.cause.includes('TLSA') ? 'untrusted-certificate' : 'tlsa-mismatch'
}

/** Of a next-hop, which may have brackets and a port. */
function hostOf(domain: string): { readonly host: string; readonly port?: string } {
  const read = readDestination(domain, '')
  return 'rule' in read ? { host: domain } : read
}

function addressOf(domain: string): string {
  const { host } = hostOf(domain)
  if (isIP(host) === 0)
    return `postmaster@${domain.startsWith('[') ? host : domain.replace(/:.*/, '')}`
  return `postmaster@[${isIP(host) === 6 ? 'IPv6:' : ''}${host}]`
}

/** Only prose is broken: an address or a line of the log stays whole. */
function wrapped(line: string): readonly string[] {
  return /^(?: {2}|To: |Subject: )/.test(line) ? [line] : wrap('', line, 76)
}

function listOf(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`
}
