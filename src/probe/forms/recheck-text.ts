import type { Paint } from '../../check/forms/paint.ts'
import { harmless } from '../../language/harmless.ts'
import { wrap } from '../../language/wrap.ts'
import type { Group, Rechecked } from '../rechecked.ts'
import { groupOf, groups, inOrder } from '../rechecked.ts'
import { deliverySentence } from './delivery.ts'
import { toldServers } from './servers.ts'

const heads = {
  removable: ['bold', 'can go'],
  'newly-broken': ['error', 'newly broken without the override'],
  fixed: ['notice', 'works without the override'],
  broken: ['warning', 'still needed'],
  unknown: ['dim', 'unknown'],
} as const satisfies Record<Group, readonly [Parameters<Paint>[0], string]>

/** The results for people: what can go stands first, with the command that removes it. */
export function recheckText(
  results: readonly Rechecked[],
  connections: number,
  paint: Paint,
): string {
  if (results.length === 0) return 'no override waits for a recipient to be repaired\n'
  const sections = groups.map(group => {
    const members = inOrder(results).filter(one => groupOf(one) === group)
    const [style, head] = heads[group]
    return members.length === 0
      ? []
      : [paint(style, `${head}:`), ...members.flatMap(one => linesOf(one, group))]
  })
  const notices = results.flatMap(({ notices: found }) => found)
  const warnings = notices.map(
    ({ destination, text }) => `  ${harmless(`${destination}: ${text}`)}`,
  )
  const shown = [
    [countLine(results, connections)],
    ...sections,
    warnings.length === 0 ? [] : [paint('warning', 'see to this:'), ...new Set(warnings)],
  ]
  return `${shown
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`
}

/** How many of each, most urgent first; "unknown" has its count even where all else is well. */
function countLine(results: readonly Rechecked[], connections: number): string {
  const counts = groups
    .map(group => [results.filter(one => groupOf(one) === group).length, heads[group][1]] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
  const asked = counted(results.length, 'destination', 'destinations')
  return `${asked}, ${counted(connections, 'connection', 'connections')}: ${counts.join(', ')}`
}

function linesOf(one: Rechecked, group: Group): readonly string[] {
  const { target, summary, passed, days, retire, latest } = one
  const sentence = deliverySentence(summary)
  const count = `${counted(passed, 'clean pass', 'clean passes')} over ${counted(days, 'day', 'days')}`
  const told = {
    removable: `${sentence}; ${count}`,
    'newly-broken': sentence,
    fixed: `${sentence}; ${target.keeps ?? `${count}, not enough yet`}`,
    broken: sentence,
    unknown: sentence,
  } as const satisfies Record<Group, string>
  const failing = toldServers(latest.hosts.filter(({ state }) => state !== 'fixed'))
  return [
    ...wrap(`  ${harmless(target.destination.text)}: `, harmless(told[group])),
    ...failing.map(({ name, words }) => `    ${harmless(`${name}: ${words}`)}`),
    ...(retire === null ? [] : [`    ${harmless(retire)}`]),
  ]
}

function counted(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`
}
