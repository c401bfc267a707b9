import { oneLine } from '../../language/wrap.ts'
import { effectWords } from '../../outcomes/words.ts'
import type { Piece } from '../../review/forms/pieces.ts'
import { foreign } from '../../review/forms/pieces.ts'
import type { Row } from '../../review/forms/rows.ts'
import { counted } from '../../review/forms/words.ts'
import { formatValue } from '../../table/value.ts'
import type { Past } from '../past.ts'
import type { RegisteredOverride } from '../register.ts'
import type { Trial } from '../trial.ts'
import { extensionWords, stateWords } from './words.ts'

export interface Shown {
  /** A path inside the folder as the user would write it. */
  readonly display: (path: string) => string
  /** Without a word that another day would change. */
  readonly steady?: boolean
}

/** What an override says, why it is there, and who keeps it; one line each. */
export function rowsOf(one: RegisteredOverride, shown: Shown): readonly Row[] {
  return [
    ...trialRows(one.trial),
    ...reasonRows(one),
    ...pastRows(one.past, shown),
    ...keepingRows(one, shown),
  ]
}

/** Git and the clock do not know it: the recipients were asked. */
function trialRows(trial: Trial | null): readonly Row[] {
  if (!trial) return []
  const { state, checkedAt, why } = trial
  return [['recheck', [`${stateWords[state]} (${checkedAt.slice(0, 10)}: `, foreign(why), ')']]]
}

/** What it does, in a line. */
function policyPieces({ override, effect }: RegisteredOverride): readonly Piece[] {
  const { policy, parameters } = override
  return [foreign(formatValue(policy, parameters)), `; ${effectWords[effect]}`]
}

function reasonRows(one: RegisteredOverride): readonly Row[] {
  const { justification, renewals, problem, contacted } = one.override
  return [
    ['policy', policyPieces(one)],
    ['why', [foreign(oneLine(justification))]],
    ...renewals.map(
      ({ date, until, because }): Row => [
        'renewed',
        [`on ${date} until ${until}: `, foreign(oneLine(because))],
      ],
    ),
    ...(problem === undefined ? [] : [['problem', [foreign(problem)]] as const]),
    ...contacted.map(({ date, to }): Row => ['told', [foreign(to), ` on ${date}`]]),
  ]
}

function keepingRows({ override }: RegisteredOverride, { display }: Shown): readonly Row[] {
  const { owner, ticket, path } = override
  return [
    ['owner', owner === undefined ? ['nobody is named'] : [foreign(owner)]],
    ...(ticket === undefined ? [] : [['ticket', [foreign(ticket)]] as const]),
    ['file', [foreign(display(path))]],
  ]
}

/** Where the clone cannot tell, the report says so once. */
function pastRows(
  { known, written, since, age, extensions }: Past,
  { steady = false }: Shown,
): readonly Row[] {
  if (known === 'shallow') return []
  const times = extensionWords(extensions ?? 0)
  if (!written || since === null || age === null)
    return [
      ['since', [`${known === 'uncommitted' ? 'not committed yet' : 'not in Git'}, ${times}`]],
    ]
  const days = steady || age < 0 ? '' : ` (${counted(age, 'day')})`
  const by: readonly Piece[] = [`${since}${days} by `, foreign(written.author)]
  const where: readonly Piece[] =
    written.pullRequest === undefined ? [] : [' in ', foreign(written.pullRequest)]
  return [['since', [...by, ...where, `, ${times}`]]]
}
