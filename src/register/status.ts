import type { Day } from '../language/day.ts'
import { daysBetween } from '../language/day.ts'
import type { Settings } from '../language/settings.ts'

/** Where an override stands against its review date, the most urgent first. */
export const reviewStatuses = ['overdue', 'due', 'current'] as const

export type ReviewStatus = (typeof reviewStatuses)[number]

export interface Standing {
  readonly status: ReviewStatus
  /** Until the review date; negative once it has passed. */
  readonly daysLeft: number
  /** Overdue for longer than the team allows. */
  readonly beyondGrace: boolean
}

/** The review status on a day. The review date itself is the last day on which it is due. */
export function standingOf(reviewDate: Day, asOf: Day, review: Settings['review']): Standing {
  const daysLeft = daysBetween(asOf, reviewDate)
  return {
    status: daysLeft < 0 ? 'overdue' : daysLeft <= firstReminder(review) ? 'due' : 'current',
    daysLeft,
    beyondGrace: daysLeft < -review.graceDays,
  }
}

/** How many days before its review date an override becomes due. */
export function firstReminder({ remindDays }: Settings['review']): number {
  return Math.max(0, ...remindDays)
}
