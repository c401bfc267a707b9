import type { Paint } from '../../check/forms/paint.ts'
import type { Effect } from '../../language/settings.ts'

/** How a terminal shows what a change does: as loudly as a fault that would be as bad. */
export const effectStyles = {
  weaker: 'error',
  mixed: 'warning',
  other: 'notice',
  stronger: 'help',
  same: 'dim',
} as const satisfies Record<Effect, Parameters<Paint>[0]>
