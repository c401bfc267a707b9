import { daysBetween } from '../../language/day.ts'
import type { Override } from '../../language/override.ts'
import { oneLine } from '../../language/wrap.ts'
import { formatValue } from '../../table/value.ts'
import type { Change } from '../changes.ts'
import type { Treatment } from '../side.ts'
import type { Piece } from './pieces.ts'
import { foreign } from './pieces.ts'
import { counted } from './words.ts'

/** One line of what there is to know of a change: a name for it, and what it says. */
export type Row = readonly [string, readonly Piece[]]

/** The file, and where it was. */
export function fileRow({ old, new: next }: Change, display: (path: string) => string): Row {
  const path = display((next ?? old)?.path ?? '')
  const was = display(old?.path ?? '')
  const moved = old && next && was !== path ? [', before ', foreign(was)] : []
  return ['file', [foreign(path), ...moved]]
}

/** What applies on one side: the line of the table, and whose decision it is. */
export function treatmentPieces({ by, entry, decision, settings }: Treatment): readonly Piece[] {
  const { defaultPolicy, dynamicPolicy } = settings.postfix
  if (!decision) {
    const resolver = dynamicPolicy === 'none' ? '' : ' after the resolver of MTA-STS policies'
    return [foreign(defaultPolicy), `, the servers' default${resolver}`]
  }
  const value = foreign(formatValue(decision.policy, decision.parameters))
  return by === 'parent' && entry
    ? [value, ', from the override for ', foreign(entry.key)]
    : [value]
}

/** Whether both sides say the same, so that it is told once. */
export function isSamePolicy({ before, after }: Change): boolean {
  const told = [before, after].map(side => JSON.stringify(treatmentPieces(side)))
  return told[0] === told[1]
}

/** Why the override is there; both reasons where they differ. */
export function reasonRows({ old, new: next, fields }: Change): readonly Row[] {
  const now = next ?? old
  if (!now) return []
  const isOther = fields.includes('justification') && old !== null
  const known = new Set(
    next && old ? old.renewals.map(({ date, until }) => `${date} ${until}`) : [],
  )
  const renewals = now.renewals.filter(({ date, until }) => !known.has(`${date} ${until}`))
  return [
    ...(now.emergency ? [['emergency', ['decided in an emergency']] as const] : []),
    [next ? 'why' : 'why it was', [foreign(oneLine(now.justification))]],
    ...(isOther ? [['why before', [foreign(oneLine(old.justification))]] as const] : []),
    ...renewals.map(
      ({ date, until, because }): Row => [
        'renewed',
        [`on ${date} until ${until}: `, foreign(oneLine(because))],
      ],
    ),
  ]
}

/** Who keeps the override, until when, and where it is tracked. */
export function keepingRows(change: Change): readonly Row[] {
  const { old, new: next } = change
  const rows: readonly (Row | undefined)[] = [
    textRow('problem', old, next, ({ problem }) => problem),
    reviewRow(change),
    textRow('owner', old, next, ({ owner }) => owner),
    textRow('ticket', old, next, ({ ticket }) => ticket),
    ...toldRows(old, next),
  ]
  return rows.filter(row => row !== undefined)
}

function reviewRow({ reviewDate: { before, after } }: Change): Row | undefined {
  if (!after) return before ? ['review', [`it was to be on ${before}`]] : undefined
  const days = before ? daysBetween(before, after) : 0
  if (days === 0) return ['review', [after]]
  const moved = `${counted(Math.abs(days), 'day')} ${days > 0 ? 'later' : 'earlier'} than before`
  return ['review', [`${after}, ${moved} (${before})`]]
}

function textRow(
  name: string,
  old: Override | null,
  next: Override | null,
  read: (override: Override) => string | undefined,
): Row | undefined {
  const [was, is] = [old && read(old), next && read(next)]
  if (!old || !next || was === is) return is || was ? [name, [foreign(is || was || '')]] : undefined
  if (!is) return [name, ['none; before ', foreign(was ?? '')]]
  return [name, [foreign(is), ...(was ? ['; before ', foreign(was)] : [', new'])]]
}

function toldRows(old: Override | null, next: Override | null): readonly Row[] {
  const known = new Set(next && old ? old.contacted.map(({ date, to }) => `${date} ${to}`) : [])
  return ((next ?? old)?.contacted ?? [])
    .filter(({ date, to }) => !known.has(`${date} ${to}`))
    .map(({ date, to }) => ['told', [foreign(to), ` on ${date}`]])
}
