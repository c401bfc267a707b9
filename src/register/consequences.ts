import type { Override } from '../language/override.ts'
import { compareDecisions } from '../outcomes/compare.ts'
import type { Outcomes } from '../outcomes/outcomes.ts'
import { changeSentences, outcomeSentences, parameterSentences } from '../outcomes/sentences.ts'
import type { IndexedSide, Treatment } from '../review/side.ts'
import { treatmentOf, treatmentWithout } from '../review/side.ts'

/** What an override does to mail for some of its destinations. */
export interface Consequence {
  readonly destinations: readonly string[]
  /** What happens to mail while the override stands. */
  readonly outcomes: Outcomes
  readonly standing: readonly string[]
  /** What would happen without it: a parent's override holds, or the servers' default. */
  readonly outcomesWithout: Outcomes
  readonly without: readonly string[]
  /** What would change if it were retired. */
  readonly retired: readonly string[]
}

type Told = Omit<Consequence, 'destinations'>

/** What overrides of a side do. Decisions repeat from override to override, and each is told once. */
export function consequencesIn(side: IndexedSide): (override: Override) => readonly Consequence[] {
  const known = new Map<string, Told>()
  return override => {
    const groups = new Map<Told, string[]>()
    for (const destination of override.destinations) {
      const [standing, without] = [
        treatmentOf(destination, side),
        treatmentWithout(destination, side),
      ]
      const key = JSON.stringify([standing, without].map(keyOf))
      const told = known.get(key) ?? tell(standing, without)
      known.set(key, told)
      const alike = groups.get(told)
      if (alike) alike.push(destination.text)
      else groups.set(told, [destination.text])
    }
    return [...groups].map(([told, destinations]) => ({ destinations, ...told }))
  }
}

function keyOf({ decision, outcomes }: Treatment): unknown {
  return [decision && { ...decision, host: undefined }, outcomes]
}

function tell(standing: Treatment, without: Treatment): Told {
  const { settings } = standing
  const { parameters } = compareDecisions(standing.decision, without.decision, settings, settings)
  return {
    outcomes: standing.outcomes,
    standing: outcomeSentences(standing.outcomes),
    outcomesWithout: without.outcomes,
    without: outcomeSentences(without.outcomes),
    retired: [
      ...changeSentences(standing.outcomes, without.outcomes),
      ...parameterSentences(parameters, without.outcomes),
    ],
  }
}
