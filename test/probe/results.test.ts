import { expect, test } from 'vitest'
import { readDestination } from '../../src/language/destination.ts'
import { defaultSettings } from '../../src/language/settings.ts'
import { askingsFor, followUps, keyOf } from '../../src/probe/interview.ts'
import { summarize } from '../../src/probe/pass.ts'
import type { Sender } from '../../src/probe/question.ts'
import { senderParameters } from '../../src/probe/question.ts'
import { hostsOf } from '../../src/probe/results.ts'
import { targetOf } from '../../src/probe/targets.ts'
import { readValue } from '../../src/table/read-value.ts'
import type { Saying } from './sayings.ts'
import { sayings } from './sayings.ts'

const sender: Sender = {
  ...(Object.fromEntries(senderParameters.map(name => [name, ''])) as Sender),
  inet_protocols: 'ipv4',
  smtp_tls_dane_insecure_mx_policy: 'dane',
}

function targetFor(destination: string, value: string) {
  const read = readDestination(destination, '')
  const proposed = readValue(value)
  if ('rule' in read || 'fault' in proposed) throw new Error('no such target')
  return targetOf(read, proposed, defaultSettings)
}

/** What a domain with these servers is found to be, where each says so. */
function seen(says: Readonly<Record<string, Saying>>, value = 'may') {
  const target = targetFor('partner.example', value)
  const askings = askingsFor(target, { hosts: Object.keys(says) }, () => false, sender)
  const answers = new Map(
    askings.map(({ question }) => [keyOf(question), sayings[says[question.mx] ?? 'nothing']]),
  )
  return hostsOf(askings, answers, true, sender)
}

test('a server whose name has no address is passed over where another has one', () => {
  const hosts = seen({ 'mx1.example': 'untrusted', 'dead.example': 'no-address' })
  expect(hosts.map(({ mx }) => mx)).toEqual(['mx1.example'])
  expect(summarize(hosts)).toMatchObject({ state: 'fixed', clean: true })
})

test('servers none of which has an address are told, each once', () => {
  const hosts = seen({ 'dead1.example': 'no-address', 'dead2.example': 'no-address' })
  expect(hosts.map(({ mx, state }) => [mx, state])).toEqual([
    ['dead1.example', 'broken'],
    ['dead2.example', 'broken'],
  ])
})

test('a server that was not reached is no server without an address', () => {
  const hosts = seen({ 'mx1.example': 'untrusted', 'mx2.example': 'refused' })
  expect(summarize(hosts)).toMatchObject({ state: 'fixed', clean: false })
})

test.each([
  ['may servername=hostname', '', 'mx.hosting.example'],
  ['may servername=nexthop', '', 'partner.example'],
  ['may servername=HOSTNAME.example', '', 'HOSTNAME.example'],
  ['may', 'hostname', 'mx.hosting.example'],
  ['may servername=other.example', 'hostname', 'other.example'],
  ['may', '', undefined],
])('at %j with smtp_tls_servername %j the name %j is sent', (value, setting, name) => {
  const target = targetFor('partner.example', value)
  const set = { ...sender, smtp_tls_servername: setting }
  const [asking] = askingsFor(target, { hosts: ['mx.hosting.example'] }, () => false, set)
  const args = asking?.question.args ?? []
  expect(args.includes('-s') ? args[args.indexOf('-s') + 1] : undefined).toBe(name)
})

const handshake = sayings['no-tlsa-handshake']

test('a handshake that fails where TLS is mandatory decides nothing until it was tried at may', () => {
  const target = targetFor('[mx.example]', 'dane')
  const first = askingsFor(target, undefined, () => false, sender)
  const early = new Map(first.map(({ question }) => [keyOf(question), handshake]))
  const second = followUps(first, early, sender)
  const stateOf = (said: string | undefined) => {
    const answers = new Map([
      ...early,
      ...second.map(({ question }) => [keyOf(question), said] as const),
    ])
    return hostsOf([...first, ...second], answers, true, sender).map(({ state }) => state)
  }
  expect(stateOf(sayings.untrusted)).toEqual(['fixed'])
  expect(stateOf(handshake)).toEqual(['broken'])
  expect(stateOf(undefined)).toEqual(['unknown'])
})

test.each<[string | undefined, string]>([
  [undefined, 'unknown'],
  [sayings['zone-failed'], 'unknown'],
  [sayings.fatal, 'unknown'],
  [sayings['tlsa-matched'], 'fixed'],
  [sayings['tlsa-matched-mx-insecure'], 'broken'],
])('where delivery needs a signed MX record, the look for it decides (%#)', (said, expected) => {
  const target = targetFor('partner.example', 'dane-only')
  const servers = { hosts: ['mx1.example', 'mx2.example'] }
  const askings = askingsFor(target, servers, () => false, sender)
  const answers = new Map(
    askings.map(({ question, only }) => [
      keyOf(question),
      only ? said : sayings['tlsa-matched'].replaceAll('mx.example', question.mx),
    ]),
  )
  const { state } = summarize(hostsOf(askings, answers, true, sender))
  expect(state).toBe(expected)
})
