import { isIPv6 } from 'node:net'
import type { Fault } from './fault.ts'
import { nearest } from './nearest.ts'
import { quote, visible } from './quote.ts'

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

type DeadKey = Omit<Fault<DestinationRule>, 'at'>

/** Names of SMTP ports that every system's services(5) has. */
export const mailServices = ['smtp', 'submission', 'submissions', 'smtps', 'lmtp'] as const

/** The first reason why Postfix never asks for this key, and what to write instead. */
export function explainDeadKey(text: string): DeadKey | undefined {
  for (const find of [
    unseenOrBlank,
    url,
    mailAddress,
    wildcard,
    slash,
    trailingDot,
    transportPrefix,
    brackets,
    port,
  ]) {
    const found = find(text)
    if (found) return found
  }
  return undefined
}

type Finder = (text: string) => DeadKey | undefined

const dead = (rule: DestinationRule, text: string, why: string, help: string): DeadKey => ({
  rule,
  message: `${quote(text)} never matches: ${why}`,
  help,
})

const unseenOrBlank: Finder = text => {
  const odd = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\s"'`\\,;|<>(){}]/u.exec(text)?.[0]
  if (text === '')
    return dead('destination-name', text, 'it is empty', 'write the recipient domain')
  if (odd === undefined) return undefined
  const parts = text.split(/[\s,;|]+/).filter(part => part !== '')
  return dead(
    'destination-character',
    text,
    `Postfix asks for no next-hop with the character ${quote(odd)}`,
    parts.length > 1
      ? `several destinations are a list: [${parts.map(part => visible(part)).join(', ')}]`
      : 'remove it',
  )
}

const url: Finder = text => {
  const host = /^[a-z][a-z\d+.-]*:\/\/([^/:?#]*)/i.exec(text)?.[1]
  return host === undefined
    ? undefined
    : dead('destination-url', text, 'it is an address on the web', `write ${quote(host)}`)
}

const mailAddress: Finder = text =>
  text.includes('@')
    ? dead(
        'destination-address',
        text,
        'Postfix looks up the domain of a recipient, not the address',
        `write ${quote(text.slice(text.lastIndexOf('@') + 1))}`,
      )
    : undefined

const wildcard: Finder = text => {
  if (!text.includes('*')) return undefined
  const rest = text.replace(/^\*?\.?/, '')
  return dead(
    'destination-wildcard',
    text,
    'a table of policies has no wildcards',
    rest === '' || rest.includes('*')
      ? 'write the destinations one by one; for all of them change smtp_tls_security_level in main.cf'
      : `write ${quote(`.${rest}`)} for the subdomains, and ${quote(rest)} for the domain itself`,
  )
}

const slash: Finder = text => {
  if (!text.includes('/')) return undefined
  return /^[\d.:a-f]+\/\d+$/i.test(text)
    ? dead(
        'destination-network',
        text,
        'a network is no next-hop',
        'write the recipient domain, or each server as "[192.0.2.1]"',
      )
    : dead(
        'destination-transport',
        text,
        'a path or a pattern is no next-hop of the SMTP client',
        'write the recipient domain, or the host of the transport as "[host]:port"',
      )
}

const trailingDot: Finder = text =>
  /[^.]\.+(?=$|\]|:)/.test(text)
    ? dead(
        'destination-trailing-dot',
        text,
        'Postfix removes the dot at the end before it asks',
        `write ${quote(text.replace(/\.+(?=$|\]|:)/, ''))}`,
      )
    : undefined

const transportPrefix: Finder = text => {
  const [, prefix, rest] = /^([a-z][a-z\d_-]*):(\[.*|[^\d:].*)$/i.exec(text) ?? []
  if (prefix === undefined || rest === undefined || isIPv6(text)) return undefined
  const isHost = !/^(smtp|relay|lmtp|inet|unix)$/i.test(prefix) && !/[[.]/.test(rest)
  return isHost
    ? undefined
    : dead(
        'destination-transport',
        text,
        `the transport ${quote(prefix)} is no part of what Postfix looks up`,
        `write ${quote(rest)}`,
      )
}

const brackets: Finder = text => {
  const name = text.replace(/[[\]]/g, '')
  if (isIPv6(text))
    return dead(
      'destination-brackets',
      text,
      'an IPv6 address without brackets is no next-hop',
      `write "[ipv6:${text}]" for user@[IPv6:…], or "[${text}]" for a relay`,
    )
  if (!/[[\]]/.test(text) || /^\[[^[\].][^[\]]*\](:.*)?$/.test(text)) return undefined
  return dead(
    'destination-brackets',
    text,
    'the brackets are not around one host',
    `write "[${name.replace(/^\.|:[^:]*$/g, '')}]", or "[host]:port"`,
  )
}

const port: Finder = text => {
  const written = /^(?:\[[^\]]*\]|[^:[\]]*):(.*)$/.exec(text)?.[1]
  if (written === undefined) return undefined
  const number = /^\d+$/.test(written) ? Number(written) : undefined
  if (number === undefined ? /^[a-z][a-z\d-]*$/i.test(written) : number > 0 && number < 65536)
    return undefined
  const meant = nearest(written, mailServices)
  return dead(
    'destination-port',
    text,
    `${quote(written)} is no port`,
    meant
      ? `did you mean ${quote(meant)}? a port is a number from 1 to 65535`
      : 'write a number from 1 to 65535',
  )
}
