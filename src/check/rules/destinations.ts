import type { DestinationRule } from '../../language/dead-key.ts'
import type { DestinationWarning } from '../destinations.ts'
import { checkDestinations } from '../destinations.ts'
import type { DuplicateRule } from '../duplicates.ts'
import { checkDuplicates } from '../duplicates.ts'
import type { Rule } from '../rule.ts'

type Ids = DestinationRule | DestinationWarning | DuplicateRule | 'lost-brackets'

/** Keys that never match, that match something else than was meant, and that come twice. */
export const destinationRules = {
  'destination-name': {
    severity: 'error',
    summary: 'a destination that is neither a host name nor an address',
    why: 'Postfix never asks for it: the override would silently do nothing.',
    example: 'destination: -partner-.example',
    check: 'reading',
  },
  'destination-wildcard': {
    severity: 'error',
    summary: 'a destination with *',
    why: 'A table of policies has no wildcards; .example.com covers the subdomains.',
    example: 'destination: "*.example.com"',
    check: 'reading',
  },
  'destination-url': {
    severity: 'error',
    summary: 'a URL as destination',
    why: 'Postfix looks up the recipient domain alone.',
    example: 'destination: https://example.com/',
    check: 'reading',
  },
  'destination-address': {
    severity: 'error',
    summary: 'an e-mail address as destination',
    why: 'Postfix looks up the recipient domain: a policy cannot differ by mailbox.',
    example: 'destination: postmaster@example.com',
    check: 'reading',
  },
  'destination-network': {
    severity: 'error',
    summary: 'a network as destination',
    why: 'Postfix compares texts, and asks for no network.',
    example: 'destination: 192.0.2.0/24',
    check: 'reading',
  },
  'destination-character': {
    severity: 'error',
    summary: 'a blank, quote, comma or invisible character in a destination',
    why: 'Postfix keeps it in the key, and then never finds the key.',
    example: 'destination: example.com, example.net',
    check: 'reading',
  },
  'destination-transport': {
    severity: 'error',
    summary: 'a transport name, socket or pattern as destination',
    why: 'Of smtp:[relay.example]:587 Postfix looks up [relay.example]:587.',
    example: 'destination: "smtp:[relay.example]:587"',
    check: 'reading',
  },
  'destination-trailing-dot': {
    severity: 'error',
    summary: 'a destination that ends with a dot',
    why: 'Postfix removes the dot of a recipient domain before it looks it up.',
    example: 'destination: example.com.',
    check: 'reading',
  },
  'destination-brackets': {
    severity: 'error',
    summary: 'brackets that are not around one host',
    why: 'The key must be spelled as the next-hop is: [host] or [host]:port.',
    example: 'destination: "[relay.example:587"',
    check: 'reading',
  },
  'destination-port': {
    severity: 'error',
    summary: 'a port that does not exist',
    why: 'The SMTP client stops when a next-hop names such a port.',
    example: 'destination: "[relay.example]:99999"',
    check: 'reading',
  },
  'lost-brackets': {
    severity: 'warning',
    summary: 'a host in brackets without quotes, which YAML reads as a list',
    why: '[relay.example] without quotes becomes relay.example, another destination for Postfix.',
    example: 'destination: [relay.example]',
    check: 'reading',
  },
  'bare-address': {
    severity: 'warning',
    summary: 'an address without brackets',
    why: 'Mail to user@[192.0.2.1] and through a relay asks for [192.0.2.1]; nothing asks for 192.0.2.1.',
    example: 'destination: 192.0.2.1',
    check: checkDestinations,
  },
  'address-spelling': {
    severity: 'warning',
    summary: 'an IPv6 address that is not in its usual spelling',
    why: 'Postfix compares the text: another spelling of the same address does not match.',
    example: 'destination: "[ipv6:2001:db8:0:0:0:0:0:1]"',
    check: checkDestinations,
  },
  'unbracketed-port': {
    severity: 'warning',
    summary: 'host:port without brackets',
    why: 'It matches only a next-hop that is spelled so, for which Postfix then looks up MX records.',
    example: 'destination: relay.example:587',
    check: checkDestinations,
  },
  'port-spelling': {
    severity: 'warning',
    summary: 'a port with leading zeros, or a service that few systems know',
    why: 'Postfix compares the text of the port: 0587, 587 and submission are three different keys.',
    example: 'destination: "[relay.example]:0587"',
    check: checkDestinations,
  },
  'port-465': {
    severity: 'warning',
    summary: 'port 465, which no policy can help',
    why: 'That port expects TLS from the first byte; no policy brings that about, but smtp_tls_wrappermode does.',
    example: 'destination: "[relay.example]:465"',
    check: checkDestinations,
  },
  'public-suffix': {
    severity: 'warning',
    summary: 'a domain under which strangers have their names',
    why: '.com or .co.uk sets the policy for mail to everybody there.',
    example: 'destination: .com',
    check: checkDestinations,
  },
  'folded-name': {
    severity: 'warning',
    summary: 'an internationalised name that Postfix folds into another name',
    why: 'Postfix looks straße.example up as strasse.example, which belongs to somebody else: only the A-label is compiled.',
    example: 'destination: straße.example',
    check: checkDestinations,
  },
  'duplicate-destination': {
    severity: 'error',
    summary: 'two overrides for one destination',
    why: 'postmap takes the first line, warns, and reports success; some table types fail altogether.',
    check: checkDuplicates,
  },
} as const satisfies Record<Ids, Rule>
