import type { Effect } from '../../language/settings.ts'
import type { DecisionComparison } from '../../outcomes/compare.ts'
import type { Change } from '../changes.ts'
import type { Field } from '../fields.ts'

/** What a verdict means for mail, as the beginning of a sentence. */
const verdictWords = {
  weaker: 'Mail is protected less than before',
  mixed: 'Mail is protected in another way than before, and neither clearly more nor clearly less',
  other: 'Mail is protected as well as before, in another way',
  stronger: 'Mail is protected more than before',
  same: 'Mail is treated as before',
} as const satisfies Record<Effect, string>

/** The verdicts in the order in which they are counted. */
const worstFirst = ['weaker', 'mixed', 'other', 'stronger', 'same'] as const

const fieldWords = {
  policy: 'policy',
  parameters: 'parameters',
  active: 'switch',
  emergency: 'mark of an emergency',
  justification: 'justification',
  review_date: 'review date',
  problem: 'problem',
  owner: 'owner',
  ticket: 'ticket',
  contacted: 'list of who was told',
  renewals: 'list of renewals',
} as const satisfies Record<Field, string>

/** What a comparison comes to, as one sentence. */
export function gistOf(comparison: DecisionComparison): string {
  const { verdict, stops, releases } = comparison
  const parts = [
    isBoth(comparison)
      ? 'Mail is protected less than before in one way, and more in another'
      : verdictWords[verdict],
    ...(releases.length > 0 ? ['some mail that was refused will be delivered'] : []),
    ...(stops.length > 0 ? ['some mail that was delivered will not be delivered any more'] : []),
  ]
  return `${parts.join('; ')}.`
}

function isBoth({ exposes, raises, parameters }: DecisionComparison): boolean {
  const moved: readonly Effect[] = Object.values(parameters)
  const isLess = exposes.length > 0 || moved.includes('weaker')
  return isLess && (raises.length > 0 || moved.includes('stronger'))
}

/** What is done to an override, with the destination in its place. */
export function actionOf(change: Change): readonly [string, string] {
  const { old, new: next, fields } = change
  const isSwitched = old !== null && next !== null
  if (change.change === 'added')
    return isSwitched ? ['override for ', ' switched on'] : ['new override for ', '']
  if (change.change === 'removed')
    return ['override for ', isSwitched ? ' switched off' : ' removed']
  if (change.change === 'moved') return ['override for ', ' moved to another file']
  return ['override for ', fields.length === 0 ? ' as before, under other settings' : ' changed']
}

/** The fields that change, in a sentence; none where the override comes or goes. */
export function fieldSentences({ change, fields }: Change): readonly string[] {
  if (change !== 'changed' || fields.length === 0) return []
  const words = fields.map(field => fieldWords[field])
  const last = words.pop() ?? ''
  const list = words.length === 0 ? last : `${words.join(', ')} and ${last}`
  return [`What changes in the file: ${list}.`]
}

/** `1 weaker, 2 same`, the worst first. */
export function countVerdicts(changes: readonly Change[]): string {
  return worstFirst
    .map(verdict => [changes.filter(({ comparison }) => comparison.verdict === verdict), verdict])
    .flatMap(([found, verdict]) => (found?.length ? [`${found.length} ${verdict}`] : []))
    .join(', ')
}

/** `1 override`, `2 overrides`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** With a capital, to begin a sentence. */
export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
