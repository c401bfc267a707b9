import { pointer } from '../language/fault.ts'
import type { Override } from '../language/override.ts'
import { quote } from '../language/quote.ts'
import type { Check, Finding } from './rule.ts'

export type RenewalRule = 'same-words' | 'renewal-date'

type Found = Finding<RenewalRule>

/** Renewals that nobody can tell from the earlier ones, and dates that two fields give in two ways. */
export const checkRenewals: Check<RenewalRule> = function* ({ overrides }) {
  for (const override of overrides) {
    yield* findSameWords(override)
    yield* findOtherDate(override)
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

/** A text without case, signs and blanks. */
function inWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
