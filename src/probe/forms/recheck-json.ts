import { comparable } from '../../language/destination.ts'
import { jsonText } from '../../language/json-text.ts'
import type { Rechecked } from '../rechecked.ts'
import { inOrder } from '../rechecked.ts'

/** The results for programs; `display` is how the path of an override is shown. */
export function recheckJson(
  results: readonly Rechecked[],
  display: (path: string) => string,
): string {
  return jsonText({
    version: 1,
    results: inOrder(results).map(({ target, summary, latest, ...standing }) => ({
      destination: target.destination.text,
      key: comparable(target.destination.keys[0]),
      file: target.override ? display(target.override.path) : null,
      policy: target.value,
      state: summary.state,
      removable: standing.removable,
      newlyBroken: standing.newlyBroken,
      outcome: summary.outcome,
      problem: summary.problem,
      why: summary.why,
      passes: standing.passed,
      days: standing.days,
      keeps: target.keeps ?? null,
      retire: standing.retire,
      checkedAt: latest.time,
      notices: standing.notices.map(({ what, mx, ends, text }) => ({ what, mx, ends, text })),
      hosts: latest.hosts,
    })),
  })
}
