import type { Day } from '../../language/day.ts'
import type { Contact, Override } from '../../language/override.ts'
import type { Edit } from './fields.ts'
import { appendEntry, applyEdits, dropField, putField } from './fields.ts'
import { ifMeant } from './same.ts'

/** A later review date, and what makes an emergency an ordinary override. */
export interface Renewing {
  /** The day of the renewal. */
  readonly date: Day
  readonly until: Day
  readonly because: string
  readonly justification?: string
  readonly owner?: string
  readonly problem?: string
  readonly ticket?: string
  readonly contacted?: readonly Contact[]
}

const fields = ['justification', 'owner', 'problem', 'ticket'] as const

/** The text of an override with a renewal; undefined where it cannot be edited without touching more. */
export function renewOverride(
  text: string,
  override: Override,
  renewing: Renewing,
): string | undefined {
  const { date, until, because, contacted = [] } = renewing
  const given = fields.filter(name => renewing[name] !== undefined)
  const edits: readonly Edit[] = [
    putField('review_date', until),
    ...given.map(name => putField(name, renewing[name])),
    ...(override.emergency ? [dropField('emergency')] : []),
    ...contacted.map(contact => appendEntry('contacted', contact)),
    appendEntry('renewals', { date, until, because }),
  ]
  const meant: Override = {
    ...override,
    ...Object.fromEntries(given.map(name => [name, renewing[name]])),
    emergency: false,
    reviewDate: until,
    contacted: [...override.contacted, ...contacted],
    renewals: [...override.renewals, { date, until, because }],
  }
  const edited = applyEdits(text, edits)
  return edited === undefined ? undefined : ifMeant(text, edited, meant)
}
