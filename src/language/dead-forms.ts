import { isIPv6 } from 'node:net'
import type { DeadKeyFinder } from './dead-key.ts'
import { nearest } from './nearest.ts'
import { quote } from './quote.ts'

/** Names of SMTP ports that every system's services(5) has. */
export const mailServices = ['smtp', 'submission', 'submissions', 'smtps', 'lmtp'] as const

/** A table of type regexp or pcre has such keys; ours has none. */
export const pattern: DeadKeyFinder = text =>
  /^\/.*[\\^$*+|()].*\/\w*$/.test(text)
    ? [
        'destination-transport',
        'a regular expression is no next-hop',
        'write the recipient domain, and ".example.com" for all below example.com',
      ]
    : undefined

/** A URL, of the web or of another kind. */
export const url: DeadKeyFinder = text => {
  const host = /^[a-z][a-z\d+.-]*:\/\/([^/:?#]*)/i.exec(text)?.[1]
  return host === undefined ? undefined : ['destination-url', 'it is a URL', `write ${quote(host)}`]
}

/** The address of a mailbox. */
export const address: DeadKeyFinder = text =>
  text.includes('@')
    ? [
        'destination-address',
        'Postfix looks up the domain of a recipient, not the address',
        `write ${quote(text.slice(text.lastIndexOf('@') + 1))}`,
      ]
    : undefined

/** A network, and whatever else holds a slash. */
export const network: DeadKeyFinder = text => {
  if (!text.includes('/')) return undefined
  if (/^\[?[\d.:a-f]+\/\d+\]?$/i.test(text))
    return [
      'destination-network',
      'a network is no next-hop',
      'write the recipient domain, or each server as "[192.0.2.1]"',
    ]
  const withoutProtocol = text.replace(/(:\w+)\/(?:tcp|udp)$/i, '$1')
  return withoutProtocol === text
    ? [
        'destination-transport',
        'a path is no next-hop of the SMTP client',
        'write the recipient domain, or the host of the transport as "[host]:port"',
      ]
    : ['destination-port', 'a port stands without its protocol', `write ${quote(withoutProtocol)}`]
}

/** The transport before a next-hop, as transport(5) and relayhost have it. */
export const transport: DeadKeyFinder = text => {
  const [, prefix, rest] = /^([a-z][a-z\d_-]*):(\[.*|[^\d:].*)$/i.exec(text) ?? []
  if (prefix === undefined || rest === undefined || isIPv6(text)) return undefined
  const isHost = !/^(smtp|relay|lmtp|inet|unix)$/i.test(prefix) && !/[[.]/.test(rest)
  return isHost
    ? undefined
    : [
        'destination-transport',
        `the transport ${quote(prefix)} is no part of what Postfix looks up`,
        `write ${quote(rest.replace(/^inet:/i, ''))}`,
      ]
}

/** Brackets that are missing, or in the wrong places. */
export const brackets: DeadKeyFinder = text => {
  if (isIPv6(text))
    return [
      'destination-brackets',
      'an IPv6 address without brackets is no next-hop',
      `write "[ipv6:${text}]" for user@[IPv6:…], or "[${text}]" for a relay`,
    ]
  const inside = /^\[([^[\]]+)\](?::.*)?$/.exec(text)?.[1]
  if (!/[[\]]/.test(text)) return undefined
  if (inside !== undefined && !/^\.|^[^:]+\.[^:]*:\w+$/.test(inside)) return undefined
  return [
    'destination-brackets',
    'the brackets are not around one host',
    /^\[\./.test(text)
      ? `write ${quote(text.replace(/[[\]]/g, ''))} for subdomains; in brackets stands one host`
      : `write ${inBrackets(text)}`,
  ]
}

/** The host and the port of a text whose brackets are somewhere else. */
function inBrackets(text: string): string {
  const bare = text.replace(/\](?=\w)/g, ':').replace(/^\.|[[\]]/g, '')
  const [, host = bare, port] = (isIPv6(bare) ? null : /^([^:]+):(\w+)$/.exec(bare)) ?? []
  if (host === '') return '"[host]" or "[host]:port"'
  return quote(port === undefined ? `[${host}]` : `[${host}]:${port}`)
}

/** A port outside the range of TCP. */
export const port: DeadKeyFinder = text => {
  const written = /^(?:\[[^\]]*\]|[^:[\]]*):(.*)$/.exec(text)?.[1]
  if (written === undefined) return undefined
  const number = /^\d+$/.test(written) ? Number(written) : undefined
  // Names of services have up to 15 characters (RFC 6335); an index takes no key of any length.
  const isShort = written.length <= 15
  const isPort =
    number === undefined ? /^[a-z][a-z\d-]*$/i.test(written) : number > 0 && number < 65536
  if (isShort && isPort) return undefined
  const meant = nearest(written, mailServices)
  return [
    'destination-port',
    `${quote(written)} is no port`,
    meant
      ? `did you mean ${quote(meant)}? a port is a number from 1 to 65535`
      : 'write a number from 1 to 65535',
  ]
}
