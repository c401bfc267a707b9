import { pointer } from '../language/fault.ts'
import type { Override } from '../language/override.ts'
import { quote } from '../language/quote.ts'
import type { Check, Finding } from './rule.ts'

export type RenewalRule = 'same-words' | 'renewal-date' | 'emergency-renewed'

type Found = Finding<RenewalRule>

/** Renewals that nobody can tell from the earlier ones, dates that two fields give in two ways, and marks that stayed. */
export const checkRenewals: Check<RenewalRule> = function* ({ overrides }) {
  for (const override of overrides) {
    yield* findSameWords(override)
    yield* findOtherDate(override)
    if (override.emergency && override.renewals.length > 0) yield renewedEmergency(override)
  }
}

function* findSameWords({ path, renewals, justification }: Override): Iterable<Found> {
  const said = new Map([[inWords(justification), 'the justification']])
  for (const [index, { because }] of renewals.entries()) {
    const earlier = said.get(inWords(because))
    if (earlier !== undefined || inWords(because) === '')
      yield {
        rule: 'same-words',
        path,
        message: earlier
          ? `${quote(because)} repeats ${earlier}`
          : `${quote(because)} says nothing`,
        help: 'say what has happened since, and why the override is still needed',
        at: { pointer: pointer('renewals', index, 'because') },
      }
    said.set(inWords(because), `renewal ${index + 1}`)
  }
}

function* findOtherDate({ path, renewals, reviewDate }: Override): Iterable<Found> {
  const until = renewals.at(-1)?.until
  if (until !== undefined && until !== reviewDate)
    yield {
      rule: 'renewal-date',
      path,
      message: `the last renewal is until ${until}, and the review date is ${reviewDate}`,
      help: 'write the same day in both',
      at: { pointer: '/review_date' },
    }
}

function renewedEmergency({ path }: Override): Found {
  return {
    rule: 'emergency-renewed',
    path,
    message: 'an emergency was renewed, and is still marked as one',
    help: 'take out "emergency", and say in the justification what is broken, how you know, and who was told',
    at: { pointer: '/emergency' },
  }
}

/** A text without case, signs and blanks. */
function inWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
