import type { Kind } from '../language/kind.ts'
import type { Effect, Settings } from '../language/settings.ts'
import type { Decision } from './acting.ts'
import { actingPolicy, baselineOutcomes, outcomesOf } from './acting.ts'
import { combineEffects, effectOfRise } from './effect.ts'
import type { Outcome, Outcomes } from './outcomes.ts'
import { kindsIn, outcomeOf } from './outcomes.ts'
import type { ParameterEffects } from './strength.ts'
import { compareParameters } from './strength.ts'

/** How well an outcome keeps a mail from others; of what is not delivered, nothing leaves. */
export const exposure = {
  plaintext: 0,
  encrypted: 1,
  'verified-mx': 2,
  verified: 3,
  deferred: 3,
} as const satisfies Record<Outcome, number>

/** What moves from one side to the other; the lists hold kinds of recipient. */
export interface Comparison {
  readonly verdict: Effect
  /** Kinds for which others may read more than before. */
  readonly exposes: readonly Kind[]
  /** Kinds for which others may read less than before. */
  readonly raises: readonly Kind[]
  /** Delivered before, not any more. */
  readonly stops: readonly Kind[]
  /** Not delivered before, delivered now. */
  readonly releases: readonly Kind[]
  /** The lowest outcome that one of the exposed kinds reaches. */
  readonly lowest: Outcome | null
}

export interface DecisionComparison extends Comparison {
  /** How each parameter's protection moves; only parameters that move are listed. */
  readonly parameters: ParameterEffects
}

interface Move {
  readonly kind: Kind
  readonly was: Outcome
  readonly will: Outcome
  readonly rise: number
}

/** Compares two sides kind by kind. */
export function compareOutcomes(before: Outcomes, after: Outcomes): Comparison {
  const moves = kindsIn(before, after).map((kind): Move => {
    const [was, will] = [outcomeOf(before, kind), outcomeOf(after, kind)]
    return { kind, was, will, rise: exposure[will] - exposure[was] }
  })
  const kindsWhere = (test: (move: Move) => boolean) => moves.filter(test).map(move => move.kind)
  const falling = moves
    .filter(move => move.rise < 0)
    .toSorted((a, b) => exposure[a.will] - exposure[b.will])
  return {
    verdict: combineEffects(moves.map(effectOf)),
    exposes: kindsWhere(move => move.rise < 0),
    raises: kindsWhere(move => move.rise > 0),
    stops: kindsWhere(({ was, will }) => was !== 'deferred' && will === 'deferred'),
    releases: kindsWhere(({ was, will }) => was === 'deferred' && will !== 'deferred'),
    lowest: falling[0]?.will ?? null,
  }
}

/**
 * Compares two decisions for one destination, each under its own settings; `null` is the baseline.
 * Parameters count where both sides use TLS at all.
 */
export function compareDecisions(
  before: Decision | null,
  after: Decision | null,
  settingsBefore: Settings,
  settingsAfter: Settings,
): DecisionComparison {
  const host = (before ?? after)?.host
  const outcomesBefore = before
    ? outcomesOf(before, settingsBefore)
    : baselineOutcomes(settingsBefore, host)
  const outcomesAfter = after
    ? outcomesOf(after, settingsAfter)
    : baselineOutcomes(settingsAfter, host)
  const comparison = compareOutcomes(outcomesBefore, outcomesAfter)
  const moved =
    usesTls(outcomesBefore) && usesTls(outcomesAfter)
      ? compareParameters(acting(before, settingsBefore), acting(after, settingsAfter))
      : {}
  const parameters = withoutGuesses(moved, comparison.verdict, before, after)
  const verdict = combineEffects([comparison.verdict, ...Object.values(parameters)])
  return { ...comparison, verdict, parameters }
}

/**
 * What main.cf says of a parameter is unknown. Against the baseline, where the outcomes differ in
 * strength anyway, only what is weaker than Postfix's own default counts: an override that exposes
 * mail is not "mixed" because it asks for TLS 1.2.
 */
function withoutGuesses(
  moved: ParameterEffects,
  verdict: Effect,
  before: Decision | null,
  after: Decision | null,
): ParameterEffects {
  if ((before !== null && after !== null) || verdict === 'same' || verdict === 'other') return moved
  const weakening: Effect = before === null ? 'weaker' : 'stronger'
  return Object.fromEntries(Object.entries(moved).filter(([, effect]) => effect === weakening))
}

/** Two outcomes of equal exposure protect alike, by another proof or by not leaving at all. */
function effectOf({ was, will, rise }: Move): Effect {
  return rise === 0 && was !== will ? 'other' : effectOfRise(rise)
}

function acting(decision: Decision | null, settings: Settings): Decision {
  const side = decision ?? { policy: settings.postfix.defaultPolicy, parameters: {} }
  return { ...side, policy: actingPolicy(side.policy, settings) }
}

/** Nothing encrypted and nothing proven: all goes out in plaintext, or all waits. */
function usesTls(outcomes: Outcomes): boolean {
  const all = Object.values(outcomes)
  return all.some(outcome => outcome !== 'plaintext' && outcome !== 'deferred')
}
