import { findFaults } from '../../check/check.ts'
import { rules } from '../../check/rules.ts'
import { comparable } from '../../language/destination.ts'
import type { Override } from '../../language/override.ts'
import type { Policies } from '../../language/policies.ts'
import type { Decided } from './decide.ts'
import { decideRow } from './decide.ts'
import type { Distinct } from './distinct.ts'
import { keepDistinct } from './distinct.ts'
import type { LeftOut, Row, Rows } from './row.ts'
import type { Sorted } from './torn-names.ts'
import { leaveTornNames } from './torn-names.ts'

/** What an import comes to, before anything is written. */
export type ImportPlan = Distinct

/** Decides about all rows of a source, beside the overrides that are there. `display` says where those are. */
export function planImport(
  { rows, leftOut }: Rows,
  policies: Policies,
  display: (path: string) => string,
): ImportPlan {
  const read = decideRows(rows)
  const distinct = keepDistinct(read.decided, policies.overrides, display)
  const judged = refuse(distinct.decided, policies)
  return {
    decided: judged.decided,
    leftOut: withComments(
      inOrder([...leftOut, ...read.leftOut, ...distinct.leftOut, ...judged.leftOut]),
      rows,
    ),
    same: distinct.same,
  }
}

/** The same plan without some of its entries, for one reason. */
export function leaveOut(
  plan: ImportPlan,
  entries: readonly Decided[],
  reason: Pick<LeftOut, 'why' | 'help'>,
): ImportPlan {
  if (entries.length === 0) return plan
  const gone = entries.map(({ place, text }) => ({ place, text, ...reason }))
  return {
    ...plan,
    decided: plan.decided.filter(entry => !entries.includes(entry)),
    leftOut: inOrder([...plan.leftOut, ...gone]),
  }
}

/** The reason for an entry is worth as much where the entry is left out. */
function withComments(leftOut: readonly LeftOut[], rows: readonly Row[]): readonly LeftOut[] {
  const said = new Map(rows.map(({ place, comments }) => [place, comments]))
  return leftOut.map(entry => ({ ...entry, comments: said.get(entry.place) ?? [] }))
}

function inOrder(leftOut: readonly LeftOut[]): readonly LeftOut[] {
  return leftOut.toSorted((a, b) => numberOf(a) - numberOf(b))
}

/** Where it stands in its source. */
function numberOf({ place }: LeftOut): number {
  return Number(/\d+/.exec(place)?.[0] ?? 0)
}

/** After an entry that is left out, another for its key would answer where Postfix never used it. */
function decideRows(rows: readonly Row[]): Sorted {
  const decided: Decided[] = []
  const leftOut: LeftOut[] = []
  const first = new Map<string, LeftOut>()
  for (const row of rows) {
    const key = comparable(row.destination)
    const found = decideRow(row)
    const before = first.get(key)
    if ('why' in found) {
      leftOut.push(found)
      if (row.active) first.set(key, before ?? found)
    } else if (before && row.active)
      leftOut.push({
        place: found.place,
        text: found.text,
        why: `Postfix uses ${before.place}, which stands before it and is left out`,
      })
    else decided.push(found)
  }
  const sorted = leaveTornNames(decided, first)
  return { decided: sorted.decided, leftOut: [...leftOut, ...sorted.leftOut] }
}

/** What `check` would refuse, but for what a person has yet to say. */
function refuse(candidates: readonly Decided[], policies: Policies): Sorted {
  const overrides = candidates.map((decided, index) => overrideOf([decided], `new ${index}`))
  const faults = findFaults({ ...policies, overrides: [...policies.overrides, ...overrides] })
  const refused = new Map<string, (typeof faults)[number]>()
  for (const fault of faults)
    if (rules[fault.rule].severity === 'error' && fault.rule !== 'missing-field')
      refused.set(fault.path, refused.get(fault.path) ?? fault)
  const leftOut: LeftOut[] = []
  const decided = candidates.filter(({ place, text }, index) => {
    const fault = refused.get(`new ${index}`)
    if (fault)
      leftOut.push({ place, text, why: fault.message, ...(fault.help && { help: fault.help }) })
    return !fault
  })
  return { decided, leftOut }
}

/** Entries with one decision as an override that says no more than they do. */
export function overrideOf(group: readonly [Decided, ...Decided[]], path: string): Override {
  const [{ policy, parameters, active, comments }] = group
  return {
    path,
    destinations: group.map(({ destination }) => destination),
    policy,
    parameters,
    active,
    emergency: false,
    justification: comments.join('\n'),
    reviewDate: '9999-12-31',
    contacted: [],
    renewals: [],
  }
}
